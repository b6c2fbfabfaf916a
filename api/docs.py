"""The OpenAPI description and the page that shows it, under the strict content policy of the public pages."""

from __future__ import annotations

from typing import Any

from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2, OpenApiYamlRenderer
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from public.engine.strict import StrictForm

CACHE_CONTROL = "public, max-age=3600"
"""The description changes with the software, not with the data."""


class SchemaView(SpectacularAPIView):
    """The OpenAPI description of this API."""

    schema = None

    http_method_names = ["get", "head", "options"]
    renderer_classes = [
        OpenApiJsonRenderer2,
        OpenApiJsonRenderer,
        OpenApiYamlRenderer,
    ]

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        StrictForm(request.query_params).accepted()
        response: Response = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]  # drf-spectacular has no types here.
        response.headers["Cache-Control"] = CACHE_CONTROL
        return response


class DocsView(SpectacularSwaggerSplitView):
    """The description as a page to read and to try."""

    schema = None

    http_method_names = ["get", "head", "options"]
    url_name = "api:schema"
    template_name = "api/docs.html"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        StrictForm(request.query_params, beside=["script"]).accepted()
        response: Response = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]  # drf-spectacular has no types here.
        response.headers["Cache-Control"] = CACHE_CONTROL
        return response
