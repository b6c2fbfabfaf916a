"""Every address of the API. Each view reads parameters, asks `public`, and writes the answer down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import csv_answers
from api.caching import entity_tag, not_modified
from api.openapi import DeclaredSchema
from public.changes import change, changes, find_change
from public.dollars import dollars
from public.engine.caching import mark
from public.engine.dataset import DatasetVersion, dataset_version
from public.engine.errors import BadQuery, Merged, ParameterError
from public.engine.knowledge import today
from public.engine.noun import Noun
from public.engine.options import DetailOptions
from public.engine.pages import Page, page
from public.engine.parameters import Schema
from public.engine.select import Selection, find, select
from public.engine.serializers import Links, record
from public.engine.strict import Params, StrictForm, multi
from public.nouns import NOUNS
from public.search.searching import Hit, search
from public.search_form import SearchOptions
from public.summaries import DIMENSIONS, SummaryRow, question


class CSVRenderer(BaseRenderer):
    """Lets a request for text/csv through to the list, which streams its own answer."""

    media_type = "text/csv"
    format = "csv"


@dataclass(frozen=True)
class Answer:
    """An answer that can be made when it is needed, and what it depends on besides the edition and the address."""

    make: Callable[[], HttpResponseBase]
    day: date | None = None
    media: str = "json"


class EditionView(APIView):
    """A GET on the published edition, marked with the dataset's version. Subclasses say what the answer is."""

    http_method_names = ["get", "head", "options"]
    renderer_classes = [JSONRenderer]
    schema = DeclaredSchema()
    operation: ClassVar[Schema]

    def get(self, request: Request, **address: Any) -> HttpResponseBase:
        version = dataset_version()
        answer = self.answer(request, version, **address)
        tag = entity_tag(version, answer.day, answer.media)
        response = not_modified(request._request, tag) or answer.make()  # noqa: SLF001  # Django's own request.
        mark(response, version, tag)
        return response

    def answer(self, request: Request, version: DatasetVersion, **address: Any) -> Answer:
        """The answer to this request. Raises BadQuery, NotPublished or Withdrawn."""
        raise NotImplementedError


def links_of(request: Request) -> Links:
    """Absolute addresses on this site, or on the one that the settings name."""
    return Links(settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/"))


def paged(request: Request, turned: Page, results: list[dict[str, Any]]) -> Response:
    """One page of results with the addresses of its neighbours."""

    def address(cursor: str) -> str | None:
        if not cursor:
            return None
        query = request.query_params.copy()
        query["cursor"] = cursor
        return f"{links_of(request).origin}{request.path}?{query.urlencode(safe=',:')}"

    return Response(
        {"count": turned.count, "next": address(turned.next), "previous": address(turned.previous), "results": results}
    )


class ListView(EditionView):
    """The records of one noun that the parameters select, as pages or as one table."""

    renderer_classes = [JSONRenderer, CSVRenderer]
    noun: ClassVar[Noun]
    table: ClassVar[bool] = False

    def answer(self, request: Request, version: DatasetVersion, **address: Any) -> Answer:
        selection = select(self.noun, self._params(request), today=today())
        if self.table and selection.format != "csv":
            raise BadQuery([ParameterError("format", selection.format, "This address has one format, csv.", "csv")])
        day = selection.on if selection.depends_on_day else None
        if selection.format == "csv":
            return Answer(lambda: self._table(request, selection, version), day, "csv")
        return Answer(lambda: self._page(request, selection, version), day)

    def _params(self, request: Request) -> Params:
        """The parameters; the format is the address's, or the one that the request accepts, where none is named."""
        given = multi(request.query_params).copy()
        if self.table or request.accepted_renderer.format == "csv":
            given.setdefault("format", "csv")
        return given

    def _page(self, request: Request, selection: Selection, version: DatasetVersion) -> Response:
        # A format that the parameters name counts for more than what the request accepts.
        request.accepted_renderer, request.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
        links, turned = links_of(request), page(selection, version)
        results = [record(self.noun, row, links, fields=selection.fields) for row in turned.rows]
        return paged(request, turned, results)

    def _table(self, request: Request, selection: Selection, version: DatasetVersion) -> HttpResponseBase:
        if request.method == "HEAD":
            return HttpResponse(headers=csv_answers.headers(selection, version))
        return csv_answers.download(selection, links_of(request), version)


class DetailView(EditionView):
    """One record with its children and its sources; 301 when it was merged into another one."""

    noun: ClassVar[Noun]

    def answer(self, request: Request, version: DatasetVersion, **address: Any) -> Answer:
        options = DetailOptions(self.noun, request.query_params).accepted()
        day = options.get("on")
        on: date = day or today()

        def make() -> HttpResponseBase:
            try:
                row = find(self.noun, address["slug"], on=on, as_of=day)
            except Merged as merged:
                query = request.META.get("QUERY_STRING", "")
                moved = links_of(request).both(self.noun.name, merged.into)["api_url"]
                return HttpResponsePermanentRedirect(f"{moved}{'?' if query else ''}{query}")
            return Response(record(self.noun, row, links_of(request), detail=True, fields=options["fields"]))

        return Answer(make, on if self.noun.computed and not day else None)


class SearchView(EditionView):
    """The records of any kind that hold some words, best first."""

    def answer(self, request: Request, version: DatasetVersion, **address: Any) -> Answer:
        options = SearchOptions(request.query_params).accepted()

        def make() -> Response:
            found = search(
                options["q"],
                noun=options["noun"],
                state=options["state"],
                on=options["on"],
                limit=options["page_size"],
            )
            links = links_of(request)
            return Response(
                {
                    "count": found.count,
                    "count_is_capped": bool(found.uncounted),
                    "misspelt": found.misspelt,
                    "nouns": found.counts,
                    "capped_nouns": sorted(found.uncounted),
                    "results": [self._hit(hit, links) for hit in found.hits],
                }
            )

        return Answer(make)

    def _hit(self, hit: Hit, links: Links) -> dict[str, Any]:
        return {
            "noun": hit.noun,
            "slug": hit.slug,
            "title": hit.title,
            **links.both(hit.noun, hit.slug),
            "state": hit.state or None,
            "snippet": hit.snippet.text,
            "matches": hit.snippet.marks,
        }


class SummaryView(EditionView):
    """Counts, and for grants dollars, of what the parameters select, by one thing or several."""

    noun: ClassVar[Noun]

    def answer(self, request: Request, version: DatasetVersion, **address: Any) -> Answer:
        asked = question(self.noun.name, request.query_params, today=today())

        def make() -> Response:
            summary = asked.summary()
            content = {
                "by": [dimension.name for dimension in summary.by],
                "total": self._row(summary.total),
                "results": [self._row(row) for row in summary.rows],
            }
            return Response(content)

        return Answer(make, today() if asked.depends_on_day else None)

    def _row(self, row: SummaryRow) -> dict[str, Any]:
        written: dict[str, Any] = {}
        for name, group in row.groups.items():
            written |= {name: group.code, f"{name}_label": group.label}
        written["count"] = row.count
        if row.dollars is not None:
            written["shares"] = row.dollars.shares
            written["amount"] = str(dollars(row.dollars.cents))
            written["amount_by_kind"] = {kind: str(dollars(cents)) for kind, cents in row.dollars.cents_by_kind.items()}
        return written


class ChangesView(EditionView):
    """The ledger: what was published, corrected, changed and withdrawn, newest first."""

    def answer(self, request: Request, version: DatasetVersion, **address: Any) -> Answer:
        turned, links = changes(request.query_params), links_of(request)
        return Answer(lambda: paged(request, turned, [change(row, links) for row in turned.rows]))


class ChangeView(EditionView):
    """One change with the whole public document as it was then."""

    def answer(self, request: Request, version: DatasetVersion, **address: Any) -> Answer:
        StrictForm(request.query_params).accepted()
        return Answer(lambda: Response(change(find_change(address["id"]), links_of(request), detail=True)))


class IndexView(EditionView):
    """The addresses of the API."""

    def answer(self, request: Request, version: DatasetVersion, **address: Any) -> Answer:
        StrictForm(request.query_params).accepted()
        links = links_of(request)
        content = {
            "documentation": links.api("docs"),
            "schema": links.api("schema"),
            "dataset_version": version.number,
            "records": {name: links.api(name) for name in NOUNS},
            "search": links.api("search"),
            "summaries": {name: links.api("summaries", name) for name in DIMENSIONS},
            "changes": links.api("changes"),
        }
        return Answer(lambda: Response(content))
