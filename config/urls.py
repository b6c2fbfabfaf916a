"""Two doors: the staff's (`/admin/`, `/accounts/`) and the public's (everything else)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from tracker.admin import site


def healthz(request: HttpRequest) -> HttpResponse:
    """Answers while the process serves; asks no database."""
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [path("healthz", healthz)]

if not settings.PUBLIC_ONLY:
    urlpatterns += [path("admin/", site.urls), path("accounts/", include("allauth.urls"))]
