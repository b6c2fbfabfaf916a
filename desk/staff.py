"""Who is at the desk."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest


def staff(request: HttpRequest) -> User:
    """The account behind a request to the staff's site, which lets in nobody without one."""
    return cast("User", request.user)
