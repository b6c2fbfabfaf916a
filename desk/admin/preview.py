"""What would become public, as the public page will show it: the page itself, made from an edition that is taken back.

The page is asked for as a visitor would: by its public address, with no cookie and no account.
"""

from __future__ import annotations

from io import BytesIO

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import Resolver404, URLPattern, path, resolve

from tracker.models import Record
from tracker.publishing.acts import preview
from tracker.publishing.refusals import Refused

POLICY = {**settings.SECURE_CSP, "frame-ancestors": ["'self'"]}
"""What the public page may do, and that the staff's pages may show it in a frame."""


def has_page(record: Record) -> bool:
    """Whether the public has a page for this kind of record."""
    try:
        resolve(record.get_absolute_url())
    except Resolver404:
        return False
    return True


class Previews(admin.ModelAdmin[Record]):
    """The preview of a record. For `RecordAdmin`."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        pages = [
            path("<int:key>/preview/", view(self.preview_view), name=f"{name}_preview"),
            path("<int:key>/preview/page/", view(self.preview_page), name=f"{name}_preview_page"),
        ]
        return [*pages, *super().get_urls()]

    def preview_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """The public page in a frame, under a banner that says what it is."""
        record = self._previewed(request, key)
        context = {
            **self.admin_site.each_context(request),
            "title": "Preview",
            "subtitle": str(record),
            "opts": self.opts,
            "record": record,
            "preview_url": "page/",
            "back_url": "../change/",
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "desk/preview.html", context)

    def preview_page(self, request: HttpRequest, key: int) -> HttpResponse:
        """The public page of the stored revision, or why the edition could not hold it."""
        record = self._previewed(request, key)
        try:
            with preview(record):
                shown = _as_a_visitor(record.get_absolute_url(), request)
        except Refused as refusal:
            response = render(request, "desk/preview_refused.html", {"reasons": refusal.messages})
        else:
            # A reader of the preview stays in it: what it links to opens beside it.
            page = shown.content.replace(b"<head>", b'<head><base target="_blank">', 1)
            response = HttpResponse(page, content_type=shown["Content-Type"], status=shown.status_code)
        response["Content-Security-Policy"] = "; ".join(" ".join([what, *whose]) for what, whose in POLICY.items())
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["X-Robots-Tag"] = "noindex"
        return response

    def _previewed(self, request: HttpRequest, key: int) -> Record:
        record: Record | None = self.get_object(request, str(key))
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        if record is None or not has_page(record):
            raise Http404
        return record


def _as_a_visitor(address: str, request: HttpRequest) -> HttpResponse:
    """What the public is answered at an address of this site."""
    environment: dict[str, object] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": "",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": request.scheme,
        **{name: request.META[name] for name in ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT") if name in request.META},
    }
    asked = WSGIRequest(environment)
    asked.resolver_match = match = resolve(address)
    response: HttpResponse = match.func(asked, *match.args, **match.kwargs)
    return response
