"""The deadlines of the letters that a list shows, for calendar programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from dashboard.calendars import called_off, deadline
from dashboard.hrefs import origin
from dashboard.views.feeds import filtered, title_of_selection
from dashboard.views.frame import Edition, page
from public.calendar_letters import MOST_DUE, due_nearest, taken_back
from public.calendars import calendar
from public.nouns import NOUNS

HOLDS = (
    f"Days on which replies are due: {MOST_DUE:,} letters at most, those due from today on first, then those "
    "due last. Filters of the list narrow it. Letters withdrawn from the record are called off."
)


@page
def letters_calendar(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The deadlines of the letters that the filters select, and the end of those whose record was withdrawn."""
    why = "A calendar is ordered by its days and has no pages."
    selection = filtered(NOUNS["letters"], request.GET, edition, why)
    letters = due_nearest(selection.queryset, edition.today)
    home = origin(request)
    days = [*(deadline(letter, home) for letter in letters), *(called_off(letter, home) for letter in taken_back())]
    response = HttpResponse(
        calendar(title_of_selection(selection), days, of="Deadlines of letters", holds=HOLDS),
        content_type="text/calendar; charset=utf-8",
    )
    response.headers["Content-Disposition"] = 'inline; filename="letters.ics"'
    return response
