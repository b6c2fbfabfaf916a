"""The wall between the two doors: staff paths get sessions and the record, public paths get neither."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connections
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from nouns.databases import RECORD

GetResponse = Callable[[HttpRequest], HttpResponseBase]

ADMIN_PATH = "/admin/"
EMBED_PATH = "/embed/"
STAFF_PATHS = (ADMIN_PATH, "/accounts/")


class RecordReadOnPublicPath(RuntimeError):
    """A public page asked the record for something. It must ask the published edition."""


def _refuse(_execute: Any, sql: str, *_rest: Any) -> Any:
    raise RecordReadOnPublicPath(f"A public path may not touch the record: {sql[:80]}")


def is_staff_path(path: str) -> bool:
    """Whether the path belongs to the staff's door."""
    return path.startswith(STAFF_PATHS)


class PublicWallMiddleware:
    """First in the list. On public paths every query to the record raises."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_staff_path(request.path_info):
            return self.get_response(request)
        with connections[RECORD].execute_wrapper(_refuse):
            return self.get_response(request)


class OnStaffPaths:
    """Lets a middleware act on staff paths only, so that no public answer opens a session or varies on a cookie."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_staff_path(request.path_info):
            response: HttpResponseBase = super().__call__(request)  # type: ignore[misc]  # The mixed-in middleware's.
            return response
        answer: HttpResponseBase = self.get_response(request)
        return answer


class StaffSessionMiddleware(OnStaffPaths, SessionMiddleware):
    """Sessions behind the staff's door."""


class StaffAuthenticationMiddleware(OnStaffPaths, AuthenticationMiddleware):
    """Accounts behind the staff's door."""


class StaffMessageMiddleware(OnStaffPaths, MessageMiddleware):
    """Messages behind the staff's door."""


class StaffCsrfViewMiddleware(OnStaffPaths, CsrfViewMiddleware):
    """Forged-request protection behind the staff's door; public paths take no writes."""

    def process_view(self, request: HttpRequest, *args: Any) -> Any:
        return super().process_view(request, *args) if is_staff_path(request.path_info) else None


class ContentSecurityPolicyMiddleware:
    """Sends SECURE_CSP with every answer, others in the admin and with embeds. All are dicts as in Django 6."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = _policy_text(settings.SECURE_CSP)
        self.policies = {
            ADMIN_PATH: _policy_text(settings.SECURE_CSP_ADMIN),
            EMBED_PATH: _policy_text(settings.SECURE_CSP_EMBED),
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        own = (policy for path, policy in self.policies.items() if request.path_info.startswith(path))
        policy = next(own, self.policy)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response


def _policy_text(policy: dict[str, list[str]]) -> str:
    return "; ".join(" ".join([directive, *sources]) for directive, sources in policy.items())
