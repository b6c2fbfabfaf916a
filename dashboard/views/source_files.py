"""The kept document of a source, as a download."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from dashboard.views import errors
from public.engine.caching import mark, without_making_it
from public.engine.dataset import dataset_version
from public.kept_documents import kept_document

SEALED = "default-src 'none'; sandbox"
"""The policy of a document: a browser that shows it all the same runs nothing of it and takes it for nobody's page."""


@require_safe
def document(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The PDF kept with a published source, never shown as a page of ours; 404 when none is kept or public."""
    path = kept_document(slug)
    if path is None:
        return errors.not_found(request)
    tag = f'"{path.stem}"'
    response = without_making_it(request, tag)
    if response is None:
        response = FileResponse(path.open("rb"), as_attachment=True, filename=f"{slug}.pdf")
    response.headers["Content-Security-Policy"] = SEALED
    mark(response, dataset_version(), tag)
    return response
