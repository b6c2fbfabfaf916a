"""Accounts are made by administrators; nobody signs up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # django-allauth ships no types.
    """Closes the sign-up page of django-allauth."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
