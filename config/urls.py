"""Two doors: the staff's (`/admin/`, `/accounts/`) and the public's (everything else)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from api import problems
from config.accounts import too_many_attempts
from dashboard.views import errors


def healthz(request: HttpRequest) -> HttpResponse:
    """Answers while the process serves; asks no database."""
    return HttpResponse("ok\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere, as the door that it belongs to says it."""
    return problems.not_found(request) if problems.is_api_path(request) else errors.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours, as the door where it happened says it."""
    return problems.server_error(request) if problems.is_api_path(request) else errors.server_error(request)


urlpatterns: list[URLPattern | URLResolver] = [path("healthz", healthz), path("api/v1/", include("api.urls"))]

if not settings.PUBLIC_ONLY:
    urlpatterns += [path("", include("desk.urls"))]

urlpatterns += [path("", include("dashboard.urls"))]

handler404 = not_found
handler429 = too_many_attempts
handler500 = server_error
