"""The whole record to take away: what is on offer, the files themselves, and the entry for catalogues of data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from dashboard.hrefs import origin
from dashboard.structured import dataset
from dashboard.views import errors
from dashboard.views.frame import Edition, NoParameters, framed, page_also_of
from public.engine.caching import CACHE_CONTROL, without_making_it
from public.nouns import NOUNS
from snapshots import store
from snapshots.store import File, Snapshot

FOR_GOOD = "public, max-age=31536000, immutable"
"""A file of a snapshot never changes under its address."""
FORMS: Mapping[str, tuple[str, str]] = {
    "csv": ("CSV tables with a Frictionless data package, zipped", "application/zip"),
    "sqlite": ("One SQLite file", "application/vnd.sqlite3"),
    "json": ("JSON lines, zipped", "application/zip"),
}
"""What each form of a snapshot is called, and its media type."""


def _on_offer() -> str:
    snapshot = store.current()
    return snapshot.name if snapshot else ""


@page_also_of(_on_offer)
def data(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The whole record as files, every list as data, the API, and how to cite a state of the record."""
    NoParameters(request.GET).accepted()
    snapshot = store.current()
    files = (
        [{"title": FORMS[file.form][0], "url": _url(snapshot, file), "file": file} for file in snapshot.files]
        if snapshot
        else []
    )
    context = {"nouns": list(NOUNS.values()), "origin": origin(request), "snapshot": snapshot, "files": files}
    if edition.version.at:
        context["known_at"] = edition.version.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    context["structured"] = dataset(origin(request), edition.version, snapshot)
    return framed(request, "data.html", {**context, "edition": edition}, section="data", edition=edition)


@require_safe
def snapshot_file(request: HttpRequest, name: str, file: str) -> HttpResponseBase:
    """A file of a snapshot, as a download that any cache may keep for good."""
    snapshot = store.snapshot(name)
    found = snapshot.file(file) if snapshot else None
    if snapshot is None or found is None:
        return errors.not_found(request)
    tag = f'"{found.sha256}"'
    response = without_making_it(request, tag)
    if response is None:
        content = snapshot.path(found).open("rb")
        response = FileResponse(content, as_attachment=True, filename=found.name, content_type=FORMS[found.form][1])
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = FOR_GOOD
    return response


@require_safe
def latest_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The way to the newest file of this form, under an address that stays."""
    snapshot = store.current()
    found = next((file for file in snapshot.files if file.form == form), None) if snapshot else None
    if snapshot is None or found is None:
        return errors.not_found(request)
    response = HttpResponseRedirect(_url(snapshot, found))
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def _url(snapshot: Snapshot | None, file: File) -> str:
    return reverse("snapshot-file", args=[snapshot.name, file.name]) if snapshot else ""


@page_also_of(_on_offer)
def catalogue(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The record as an entry for catalogues (DCAT-US 1.1, resources.data.gov/resources/dcat-us)."""
    NoParameters(request.GET).accepted()
    schema = "https://project-open-data.cio.gov/v1.1/schema"
    catalog = {
        "@context": f"{schema}/catalog.jsonld",
        "@id": f"{origin(request)}/data.json",
        "@type": "dcat:Catalog",
        "conformsTo": schema,
        "describedBy": f"{schema}/catalog.json",
        "dataset": [_dataset(origin(request), edition)],
    }
    return JsonResponse(catalog, json_dumps_params={"indent": 2})


def _dataset(home: str, edition: Edition) -> dict[str, Any]:
    api = {"@type": "dcat:Distribution", "title": "API", "accessURL": f"{home}/api/v1/"}
    return {
        "@type": "dcat:Dataset",
        "identifier": f"{home}/data/",
        "title": "Policy Tracker",
        "description": (
            "Letters of the Department of Justice to states, counties and cities about immigration enforcement, and "
            "the policies, grants, lawsuits and federal actions around them. Every fact names its source."
        ),
        "keyword": ["immigration enforcement", "detainers", "Department of Justice", "grants", "local policy"],
        "modified": (localdate(edition.version.at) if edition.version.at else edition.today).isoformat(),
        "publisher": {"@type": "org:Organization", "name": "Policy Tracker"},
        "contactPoint": {
            "@type": "vcard:Contact",
            "fn": "Policy Tracker",
            "hasEmail": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
        },
        "accessLevel": "public",
        "license": settings.RELEASE.data.url,
        "rights": str(settings.RELEASE.data),
        "landingPage": f"{home}/data/",
        "distribution": [*_downloads(home), api],
    }


def _downloads(home: str) -> list[dict[str, str]]:
    snapshot = store.current()
    return [
        {
            "@type": "dcat:Distribution",
            "title": FORMS[file.form][0],
            "downloadURL": f"{home}{reverse('snapshot-latest', args=[file.form])}",
            "mediaType": FORMS[file.form][1],
        }
        for file in (snapshot.files if snapshot else ())
    ]
