"""Days as American letters write them."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_WEEKDAY = r"(?:(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday),? +)?"

DAY = (
    rf"{_WEEKDAY}(?:{_MONTH.format('month')}\.? +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:, ?| +)(?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH.format('month2')}\.?,? (?P<year2>\d{{4}}))(?![\d-])"
)
"""A day with its year, in words."""

DAY_WITHOUT_YEAR = rf"{_WEEKDAY}{_MONTH.format('month')}\.? +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,? ?\d)"

_NUMERIC = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})")
_ALONE = re.compile(rf"(?:Date[d:]? *:? *)?(?:Washington, D\.?C\.?,? +)?{DAY}\.?", re.IGNORECASE)


def day_of(match: re.Match[str], year: int | None = None) -> date | None:
    """The day that a match of DAY names, or of DAY_WITHOUT_YEAR in a year; None if the calendar has no such day."""
    found = match.groupdict()
    month = str(found.get("month") or found.get("month2"))[:3].lower()
    number = next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(month))
    try:
        day = date(
            year or int(found.get("year") or found["year2"]), number, int(found.get("day") or found.get("day2") or 0)
        )
    except ValueError:
        return None
    weekday = found.get("weekday")
    if weekday and _WEEKDAYS[day.weekday()] != weekday[:3].lower():
        return None  # The letter contradicts itself, or the scan is wrong.
    return day


_ONE = re.compile(r"(?<=[\d ])[lI|](?=[\d ,])")
_ZERO = re.compile(r"(?<= )O(?=\d)|(?<=\d)O")
_PARTED = re.compile(r"(?<= )(\d) '?(?=\d,? ?\d{4}$)|(?<= \d\d) (?=\d\d$)")


def day_alone(line: str) -> date | None:
    """The day that a line consists of: "April 21, 2017", "Date: 21 April 2017", "4/21/2017", stamped "AUG 0 3 2017"."""
    line = _PARTED.sub(r"\1", _ZERO.sub("0", _ONE.sub("1", line)))
    if match := _ALONE.fullmatch(line):
        return day_of(match)
    if match := _NUMERIC.fullmatch(line.removeprefix("Date: ")):
        try:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            return None
    return None
