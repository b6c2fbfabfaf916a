"""The page of one record, from its declarations: facts, what happened, related records, numbered sources."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dashboard import layout
from dashboard.dates import stops
from dashboard.facts import chapters, children, disputes
from dashboard.hrefs import origin
from dashboard.records import own
from dashboard.records.own_parts import Asked
from dashboard.related import related
from dashboard.sources import Sources, numbered_sources
from dashboard.structured import breadcrumbs
from dashboard.values import is_number, plain, shown_at_length, standing
from dashboard.views import errors
from dashboard.views.frame import Edition, NoParameters, framed, page
from public.corrections import history_of
from public.engine.errors import Merged, NotPublished, NotYet, Withdrawn
from public.engine.noun import Noun
from public.engine.select import find
from public.kept_documents import kept_document
from public.key_days import of_mailing
from public.nouns import NOUNS


@page
def detail(request: HttpRequest, edition: Edition, noun: str, slug: str) -> HttpResponse:
    """The published record at this address; 301 to what it was merged into, 410 when withdrawn, 404 for none."""
    NoParameters(request.GET).accepted()
    asked, on, as_of = NOUNS[noun], edition.on, edition.as_of
    try:
        record = find(asked, slug, on=on, as_of=as_of)
    except NotPublished:
        return errors.not_found(request)
    except NotYet as later:
        return errors.not_yet(request, edition, later.on)
    except Merged as merged:
        return errors.moved(request, f"/{noun}/{merged.into}/", merged.reason)
    except Withdrawn as gone:
        return errors.withdrawn(request, gone.reason, gone.at)
    sources = numbered_sources(asked, record.citations.all()) if asked.cited else Sources()
    found, unknown = chapters(record, sources)
    first, *_ = layout.columns(asked)
    context = {
        "noun": asked,
        "record": record,
        "title": plain(record, first),
        "structured": breadcrumbs(origin(request), asked, plain(record, first), request.path),
        "above": _above(asked, record),
        "standing": _standing(asked, record),
        "own": own(Asked(record, sources, edition.version, on, as_of)),
        "chapters": found,
        "facts_last": layout.layout_of(noun).facts_last,
        "disputes": disputes(record, sources),
        "unknown": unknown,
        "children": children(record, sources, on),
        "related": related(record, version=edition.version, on=on, as_of=as_of),
        "acts": history_of(noun, slug),
        "sources": sources,
        "key_days": stops(request, of_mailing(record, edition.today), as_of, edition.today)
        if noun == "letter-batches"
        else [],
        "of_all": sources.by_field.get("", []),
        "document_url": f"{request.path}document.pdf" if noun == "sources" and kept_document(slug) else "",
        "on": on,
        "json_url": f"/api/v1/{noun}/{slug}/",
    }
    return framed(request, "detail.html", context, section=noun, edition=edition)


def _above(noun: Noun, record: Any) -> list[SafeString]:
    """The words above the name; a number says what it is of."""
    written = [(field, shown_at_length(record, field)) for field in layout.above(noun)]
    return [
        format_html("{} {}", field.label, value) if is_number(field) else value for field, value in written if value
    ]


def _standing(noun: Noun, record: Any) -> SafeString:
    """Where a letter stands; nothing for other nouns."""
    return standing(record) if "standing" in noun.computed else SafeString("")
