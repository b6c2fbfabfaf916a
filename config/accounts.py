"""Accounts are made by administrators, and nobody signs up; who works on the record has a second factor."""

from __future__ import annotations

import logging
from collections.abc import Callable
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import MiddlewareNotUsed, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from config.middleware import ADMIN_PATH
from public.visitors import visitor_address

logger = logging.getLogger(__name__)

SLOWED_DOWN_FOR = 15 * 60
"""Seconds after which whoever was slowed down may surely try again; see ACCOUNT_RATE_LIMITS."""


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # django-allauth ships no types.
    """Closes the sign-up page of django-allauth, and lets no mail server or proxy turn an answer into a fault."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return visitor_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, and answer alike when the mail server fails: else the answer would tell which accounts exist."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("A mail to an account could not be sent: %s", template_prefix)

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """The error of a form; too many wrong passwords or codes are answered by a page of their own instead."""
        if code in {"too_many_login_attempts", "rate_limited"}:
            raise ImmediateHttpResponse(too_many_attempts(self.request))
        error: ValidationError = super().validation_error(code, *args)
        return error


def too_many_attempts(request: HttpRequest) -> HttpResponse:
    """The page for an account or address that is slowed down; also `handler429`, for the accounts' other limits."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(SLOWED_DOWN_FOR)
    return response


class SecondFactorMiddleware:
    """Leads an account without an authenticator app to the page where it sets one up, before any page of the admin.

    Signing in asks for the second factor of those who have one; see the login stages of django-allauth.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if settings.PUBLIC_ONLY or not settings.REQUIRE_SECOND_FACTOR:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(ADMIN_PATH) or not request.user.is_authenticated:
            return self.get_response(request)
        if Authenticator.objects.filter(user=request.user.pk, type=Authenticator.Type.TOTP).exists():
            return self.get_response(request)
        messages.warning(request, "Set up an authenticator app first: work on the record asks for a second factor.")
        return redirect("mfa_activate_totp")
