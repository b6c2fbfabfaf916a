"""Feeds of every list and query, of what changed, and of what was corrected."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from dashboard import layout
from dashboard.acts_in_words import named, title_of
from dashboard.dates import in_use
from dashboard.feeds import BEFORE_EVERYTHING, MOST_ENTRIES, Entry, Feed, atom
from dashboard.hrefs import origin, with_query
from dashboard.values import plain
from dashboard.views.frame import Edition, page
from public.changes import ChangeFilters, newest_changes, titles
from public.corrections import newest_corrections
from public.engine.errors import BadQuery, ParameterError
from public.engine.knowledge import KNOWN_AT
from public.engine.noun import Noun
from public.engine.options import RESERVED
from public.engine.references import with_references
from public.engine.select import Selection, select
from public.engine.strict import Params, StrictForm
from public.nouns import NOUNS


@page
def noun_feed(request: HttpRequest, edition: Edition, noun: str) -> HttpResponse:
    """The records that the list's own filters select, newest publication first."""
    selection = filtered(
        NOUNS[noun], request.GET, edition, "A feed has its own order: what was published last is first."
    )
    rows = with_references(selection.noun, selection.queryset.order_by("-updated_at", "-pk")[:MOST_ENTRIES])
    params = {**selection.parameters, **in_use(None)}
    path = with_query(f"/{noun}/", params)
    feed = Feed(
        path=path,
        title=title_of_selection(selection),
        url=f"{origin(request)}{path}",
        self_url=f"{origin(request)}{with_query(request.path, params)}",
        updated=rows[0].updated_at if rows else edition.version.at or BEFORE_EVERYTHING,
        entries=[_entry(selection.noun, row, origin(request)) for row in rows],
    )
    return _answer(feed, request)


@page
def changes_feed(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Every act of the ledger, or those that the filters select."""
    rows = newest_changes(request.GET, most=MOST_ENTRIES)
    known = titles(rows)
    entries = [_act(row, title_of(row, known), row.reason, origin(request)) for row in rows]
    names = (*ChangeFilters.base_fields, KNOWN_AT)
    used = {name: request.GET.getlist(name) for name in names if any(request.GET.getlist(name))}
    return _answer(_of_ledger(request, edition, "Changes", with_query("/changes/", used), entries), request)


@page
def corrections_feed(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Every correction: what was wrong, what is right, and why."""
    StrictForm(request.GET).accepted()
    found = newest_corrections(most=MOST_ENTRIES)
    known = titles(each.publication for each in found)
    entries = [
        _act(
            each.publication,
            title_of(each.publication, known),
            " ".join([each.publication.reason, *(named(difference) for difference in each.differences or ())]),
            origin(request),
        )
        for each in found
    ]
    return _answer(
        _of_ledger(request, edition, "Corrections", with_query("/corrections/", in_use(None)), entries), request
    )


def filtered(noun: Noun, params: Params, edition: Edition, why_no_shape: str) -> Selection:
    """What the list's filters select. Parameters that shape a page or a table are refused, with this reason."""
    selection = select(noun, params, today=edition.today)
    if errors := [ParameterError(name, str(params[name]), why_no_shape) for name in params if name in RESERVED]:
        raise BadQuery(errors)
    return selection


def title_of_selection(selection: Selection) -> str:
    """The list and the filters in use, as the name of a subscription."""
    used = [f"{used.label}: {used.display}" for used in selection.active]
    return ", ".join([f"Policy Tracker: {selection.noun.label_plural}", *used])


def _entry(noun: Noun, row: Any, site: str) -> Entry:
    first, *rest = layout.columns(noun)
    path = f"/{noun.name}/{row.slug}/"
    said = ((field.label, plain(row, field)) for field in rest)
    return Entry(
        path=path,
        title=plain(row, first),
        url=f"{site}{path}",
        updated=row.updated_at,
        published=row.published_at,
        summary=". ".join(f"{label}: {words}" for label, words in said if words),
    )


def _act(row: Any, title: str, summary: str, site: str) -> Entry:
    return Entry(
        path=f"/changes/{row.id}",
        title=f"{title} ({row.get_action_display()})",
        url=f"{site}/{row.noun}/{row.slug}/",
        updated=row.at,
        summary=summary,
    )


def _of_ledger(request: HttpRequest, edition: Edition, name: str, path: str, entries: list[Entry]) -> Feed:
    return Feed(
        path=path,
        title=f"Policy Tracker: {name.lower()}",
        url=f"{origin(request)}{path}",
        self_url=f"{origin(request)}{request.get_full_path()}",
        updated=entries[0].updated if entries else edition.version.at or BEFORE_EVERYTHING,
        entries=entries,
    )


def _answer(feed: Feed, request: HttpRequest) -> HttpResponse:
    return HttpResponse(atom(feed, origin(request)), content_type="application/atom+xml; charset=utf-8")
