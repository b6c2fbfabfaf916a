"""The list of a noun: its filters as a form and as chips, the rows as a table, and the same rows as data."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from dashboard import layout
from dashboard.charts.of_lists import panel_of
from dashboard.dates import ON
from dashboard.filterform import control_groups, refused_groups
from dashboard.hrefs import changed, data_url, origin, with_query
from dashboard.tables import Column, Table, rows_of_nouns
from dashboard.typed import explained, tidied
from dashboard.values import is_number
from dashboard.views.frame import Edition, framed, page
from public.engine.errors import BadQuery, ParameterError
from public.engine.facets import facets
from public.engine.fields import PublicField
from public.engine.noun import Noun
from public.engine.options import RESERVED
from public.engine.pages import page as page_of
from public.engine.select import Selection, select
from public.filters import ActiveFilter
from public.nouns import NOUNS

OF_DATA = frozenset({"fields", "format"})
"""Parameters that shape data and mean nothing on a page."""


@page
def listing(request: HttpRequest, edition: Edition, noun: str) -> HttpResponse:
    """The rows that the parameters select; status 400, and the form as it was filled in, when they cannot be obeyed."""
    asked = NOUNS[noun]
    tidy = tidied(asked, request.GET)
    if tidy != dict(request.GET.lists()):
        # A form sends every box, filled in or not, and names as people write them; the address to keep has neither.
        return HttpResponseRedirect(with_query(request.path, tidy))
    try:
        refuse_parameters_of_data(asked, request)
        selection = select(asked, request.GET, today=edition.today)
        context = _answered(request, edition, selection)
    except BadQuery as refusal:
        form = asked.filterset(request.GET, asked.rows, today=edition.today, beside=RESERVED).form
        errors = explained(asked, refusal.errors, request.GET)
        context = {"errors": errors, "groups": refused_groups(form, errors)}
    status = 400 if "errors" in context else 200
    return framed(
        request,
        "list.html",
        {"noun": asked, "ordering": request.GET.get("ordering", ""), "current": "page", **context},
        section=noun,
        edition=edition,
        status=status,
    )


def refuse_parameters_of_data(noun: Noun, request: HttpRequest) -> None:
    """Raise BadQuery for parameters that mean nothing on a page, since ignoring them would mislead."""
    message = f"This parameter shapes data. Use it with /api/v1/{noun.name}/."
    if errors := [ParameterError(name, request.GET[name], message) for name in request.GET if name in OF_DATA]:
        raise BadQuery(errors)


def _answered(request: HttpRequest, edition: Edition, selection: Selection) -> dict[str, Any]:
    noun, params = selection.noun, request.GET
    found = page_of(selection, edition.version)
    fields = layout.columns(noun)
    columns = [_column(request, selection, field) for field in fields]
    groups = control_groups(selection.form, facets(selection, edition.version), selection.filterset.suggestions())
    return {
        "groups": groups,
        "swapped": [control.name for group in groups for control in group.controls if control.is_swapped],
        "chips": [_chip(request, used) for used in selection.active if used.name != ON],  # The banner has that one.
        "count_text": f"{found.count:,} {noun.label if found.count == 1 else noun.label_plural}",
        "panel": panel_of(selection, edition.version),
        "table": Table(noun.heading, columns, rows_of_nouns(found.rows, fields)),
        "on": selection.on,
        "computed": bool(noun.computed),
        "next_url": with_query(request.path, changed(params, cursor=found.next)) if found.next else "",
        "previous_url": with_query(request.path, changed(params, cursor=found.previous)) if found.previous else "",
        "csv_url": data_url(noun.name, params, format="csv"),
        "json_url": data_url(noun.name, params),
        "page_url": f"{origin(request)}{with_query(request.path, changed(params, 'cursor'))}",
        "api_address": f"{origin(request)}{data_url(noun.name, params)}",
        "feed_url": with_query(f"/{noun.name}/feed.atom", selection.parameters),
        "calendar_url": with_query("/letters/calendar.ics", selection.parameters) if noun.name == "letters" else "",
    }


def _chip(request: HttpRequest, used: ActiveFilter) -> dict[str, str]:
    """A filter in use, and the same list without it."""
    url = with_query(request.path, changed(request.GET, used.name, "cursor"))
    return {"label": used.label, "display": used.display, "url": url}


def _column(request: HttpRequest, selection: Selection, field: PublicField) -> Column:
    """A column; one that the list can be sorted by links to that order, and in use to its reverse."""
    column = Column(field.label, is_number(field))
    if field.name in selection.noun.orderings:
        first = selection.order[0]
        column.sorted = ("descending" if first.descending else "ascending") if first.name == field.name else ""
        ordering = f"-{field.name}" if column.sorted == "ascending" else field.name
        column.sort_url = with_query(request.path, changed(request.GET, "cursor", ordering=ordering))
    return column
