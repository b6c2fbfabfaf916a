"""The two dates that a page can be seen from, `on` and `known_at`: in its banner, and on every link of the page.

`on` is a day of the world, `known_at` a moment of this record's own history. Both stay with the reader from page to
page: links and forms are written without them, and get them when the page is done, so that none can be forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.utils import dateformat
from django.utils.timezone import localdate

from dashboard.hrefs import changed, with_query
from public.engine.knowledge import KNOWN_AT, Knowledge, knowledge
from public.key_days import KeyDay

ON = "on"
DATES = (ON, KNOWN_AT)

_WITHOUT_DATES = re.compile(
    r"/(static|admin|accounts|reports|data/(latest|snapshots)|api/v1/(docs|schema))(/|$)"
    r"|.*(/report/|\.(?!atom$|ics$|csv$)\w+)$"
)
"""Addresses that are no pages or data of the record."""
_WITHOUT_DAY = re.compile(r"/(api/v1/)?(changes|corrections)(/|$)|/api/v1/$")
"""Addresses that tell of the record's own history, where a day of the world means nothing."""
_LINK = re.compile(r'(<(?:a|link|area)\b(?![^>]*\bdata-leaves-dates)[^>]*?\shref=")(/(?!/)[^"]*)"')
_FORM = re.compile(r"<form\b(?![^>]*method=\"post\").*?</form>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Banner:
    """The dates in use, the other parameters of the page, and the same page without one of the dates or both.

    `latest` is the latest day that can be looked from.
    """

    path: str
    latest: date
    on: date | None
    known: Knowledge | None
    others: list[tuple[str, str]]
    without_on: str
    without_known_at: str
    without_both: str


def banner(request: HttpRequest, as_of: date | None) -> Banner:
    """The banner of this page, which looks back as far as the parameters say."""
    params, kept = request.GET, changed(request.GET, *DATES, "cursor")

    def without(*names: str) -> str:
        return with_query(request.path, changed(params, *names, "cursor"))

    return Banner(
        path=request.path,
        latest=localdate(),
        on=as_of,
        known=knowledge(),
        others=[(name, value) for name, values in kept.items() for value in values],
        without_on=without(ON),
        without_known_at=without(KNOWN_AT),
        without_both=without(*DATES),
    )


@dataclass(frozen=True)
class Stop:
    """A key day as a link to the same page on that day, with its words; `current` says that this is the day shown."""

    day: date
    label: str
    what: str
    url: str
    current: bool


def stops(request: HttpRequest, days: Iterable[KeyDay], as_of: date | None, today: date) -> list[Stop]:
    """The key days, the day shown and today as links to this page; none when there is no key day."""

    def stop(day: date, label: str, what: str, on: str) -> Stop:
        url = with_query(request.path, changed(request.GET, "cursor", on=on))
        return Stop(day, label, what, url, current=on == (as_of.isoformat() if as_of else ""))

    found = [stop(key.day, dateformat.format(key.day, "j M Y"), key.what, key.day.isoformat()) for key in days]
    if not found:
        return []
    if as_of and not any(each.current for each in found):
        found.append(stop(as_of, dateformat.format(as_of, "j M Y"), "The day shown", as_of.isoformat()))
        found.sort(key=lambda each: each.day)
    latest = "As known then" if knowledge() else "Today"
    return [*found, stop(today, latest, "Everything on record", "")]


def in_use(as_of: date | None) -> dict[str, str]:
    """The dates that this page is seen from, as parameters."""
    known = knowledge()
    return {**({ON: as_of.isoformat()} if as_of else {}), **({KNOWN_AT: known.given} if known else {})}


def carried(html: str, dates: Mapping[str, str]) -> str:
    """The page with these dates on each of its links and forms that lead to pages or data of the record.

    A date that a link has already is left to it; a link marked `data-leaves-dates` keeps none.
    """
    if not dates:
        return html
    html = _LINK.sub(lambda link: f'{link[1]}{escape(_dated(unescape(link[2]), dates))}"', html)
    return _FORM.sub(lambda form: _with_inputs(form[0], dates), html)


def _dated(address: str, dates: Mapping[str, str]) -> str:
    parts = urlsplit(address)
    if _WITHOUT_DATES.match(parts.path):
        return address
    params: Any = QueryDict(parts.query, mutable=True)
    for name, value in dates.items():
        if not (name in params or (name == ON and _WITHOUT_DAY.match(parts.path))):
            params[name] = value
    anchor = f"#{parts.fragment}" if parts.fragment else ""
    return f"{with_query(parts.path, dict(params.lists()))}{anchor}"


def _with_inputs(form: str, dates: Mapping[str, str]) -> str:
    missing = {name: value for name, value in dates.items() if f'name="{name}"' not in form}
    inputs = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in missing.items())
    start, rest = form.split(">", 1)
    return f"{start}>{inputs}{rest}"
