"""The page of one record, from its declarations: facts, what happened, related records, numbered sources."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dashboard import layout
from dashboard.addresses import with_query
from dashboard.facts import children, facts
from dashboard.related import related
from dashboard.sources import Sources, numbered_sources
from dashboard.values import date_in_words, is_number, plain, shown
from dashboard.views import errors
from dashboard.views.frame import Edition, NoParameters, framed, page
from tracker.public.errors import NotPublished, Withdrawn
from tracker.public.filters.fields import DayField
from tracker.public.kept_documents import kept_document
from tracker.public.nouns import NOUNS, Noun
from tracker.public.select import find
from tracker.public.strict import StrictForm


class DayAsked(StrictForm):
    """The one parameter of a record's page: the day that it is shown as of."""

    on = DayField(required=False)


@page
def detail(request: HttpRequest, edition: Edition, noun: str, slug: str) -> HttpResponse:
    """The published record at this address; 410 with the reason when it was withdrawn, 404 when there is none."""
    asked = NOUNS[noun]
    as_of = _day(asked, request.GET)
    on = as_of or edition.today
    try:
        record = find(asked, slug, on=on)
    except NotPublished:
        return errors.not_found(request)
    except Withdrawn as gone:
        return errors.withdrawn(request, gone.reason, gone.at)
    sources = numbered_sources(asked, record.citations.all()) if asked.cited else Sources()
    known, unknown = facts(record, sources, without=asked.computed)
    first, *_ = layout.columns(asked)
    context = {
        "noun": asked,
        "record": record,
        "title": plain(record, first),
        "above": _above(asked, record),
        "computed": _computed(asked, record),
        "facts": known,
        "unknown": unknown,
        "children": children(record, sources, on),
        "related": related(record, version=edition.version, on=on, as_of=as_of),
        "sources": sources,
        "of_all": sources.by_field.get("", []),
        "document_url": f"{request.path}document.pdf" if noun == "sources" and kept_document(slug) else "",
        "on": on,
        "as_of": as_of,
        "today_url": request.path,
        "json_url": with_query(
            f"/api/v1/{noun}/{slug}/", {"on": as_of.isoformat()} if as_of and asked.computed else {}
        ),
    }
    return framed(request, "detail.html", context, section=noun, edition=edition)


def _day(noun: Noun, params: QueryDict) -> date | None:
    """The day that the reader asked about, where the noun can be asked so. Raises BadQuery for any other parameter."""
    day: date | None = (DayAsked if noun.dated else NoParameters)(params).accepted().get("on")
    return day


def _above(noun: Noun, record: Any) -> list[SafeString]:
    """The words above the name; a number says what it is of."""
    written = [(field, shown(record, field)) for field in layout.above(noun)]
    return [
        format_html("{} {}", field.label, value) if is_number(field) else value for field, value in written if value
    ]


def _computed(noun: Noun, record: Any) -> dict[str, Any]:
    """Where a letter stands, and until when it was to be answered; nothing for other nouns."""
    if "standing" not in noun.computed:
        return {}
    standing, *_ = layout.fields(noun, ["standing"])
    return {"standing": shown(record, standing), "due_on": date_in_words(record.due_on)}
