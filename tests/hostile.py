"""A record that means harm, in every text that staff may type, and the eyes that find the harm done.

Its texts begin as formulas do, try to leave tags, attributes, scripts, lines and headers, turn the direction of
reading, and are as long as their fields take. Harm is done where a tag or an attribute comes to life, a cell would be
run, or a line was added. `Evil` in a name marks what none of our own surfaces ever has.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
from django.core.exceptions import ValidationError
from django.db import models
from icalendar import Calendar

from nouns.history import one_history_row
from nouns.noun import Declared
from nouns.partial_dates import PartialDateField

WORD = "evilbird"
"""A word of every hostile text that is long enough, to search for."""
MARKUP = (
    f"=1+1 {WORD} \"' onevil=1 ></script></style></title></textarea><evil-bird onevil=1 "
    "style='x'>&lt;{{ 1 }}{% now %}%s\u202e\u2067\u200f"
)
LINES = "\r\nX-EVIL:1\r\n\r\n<evil-bird>\u2028"
LETTERS = "ü" * 10_000
SHORT = "=\"'><evil-bird>"
ADDRESS = "https://evil.example/\"'></script><evil-bird/onevil=1>"

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def hostile_text(field: models.Field[Any, Any]) -> str:
    """The worst text that a field has room for."""
    if isinstance(field, models.URLField):
        return ADDRESS
    if isinstance(field, models.TextField):
        return f"{MARKUP}{LINES}{LETTERS}"
    room = field.max_length or 0
    return MARKUP if room >= len(MARKUP) else SHORT[:room]


def make_hostile(row: Declared) -> None:
    """Write the worst into every public text of a stored row that a form would take there, and save it."""
    harmless = {}
    for name in row.PUBLIC_FIELDS:
        field: Any = row._meta.get_field(name)
        if isinstance(field, models.CharField | models.TextField) and not field.choices and field.editable:
            if isinstance(field, PartialDateField) or name == "field":  # Of a citation: the name of a column.
                continue
            harmless[name] = getattr(row, name)
            setattr(row, name, hostile_text(field))
    try:
        row.full_clean()
    except ValidationError as refusal:
        for name in refusal.message_dict:
            setattr(row, name, harmless[name])
    row.full_clean()
    with one_history_row(row, by=None):
        row.save()
    row.refresh_from_db()


class _Tags(HTMLParser):
    """What of a page came to life."""

    def __init__(self) -> None:
        super().__init__()
        self.harm: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        addresses = [value or "" for name, value in attrs if name in {"href", "src", "action", "formaction"}]
        if (
            tag.startswith("evil")
            or any(name.startswith("onevil") for name, _ in attrs)
            or any(address.strip().lower().startswith(("javascript:", "data:text")) for address in addresses)
        ):
            self.harm.append(self.get_starttag_text() or tag)


def harm_in_page(text: str) -> list[str]:
    """Tags and attributes of a page that only a hostile text can have made."""
    tags = _Tags()
    tags.feed(text)
    tags.close()
    return tags.harm


def harm_in_table(text: str) -> list[str]:
    """Cells of a CSV file that a spreadsheet would run."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    return [cell[:80] for row in rows for cell in row if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell)]


def harm_in_workbook(body: bytes) -> list[str]:
    """Cells of a workbook that are formulas or would become some when they are edited."""
    cells = (cell for row in openpyxl.load_workbook(io.BytesIO(body)).active.iter_rows() for cell in row)
    return [
        str(cell.value)[:80]
        for cell in cells
        if cell.data_type == "f" or (isinstance(cell.value, str) and harm_in_table(f'"{cell.value[:1]}"'))
    ]


def harm_in_calendar(body: bytes) -> list[str]:
    """Properties of a calendar that only a hostile text can have made."""
    return [name for part in Calendar.from_ical(body).walk() for name, _ in part.property_items() if "EVIL" in name]


def harm_in_xml(body: bytes) -> list[str]:
    """Elements of a feed or a sitemap that only a hostile text can have made, and markup that its reader would obey."""
    elements = list(ET.fromstring(body).iter())  # noqa: S314  # It is our own.
    marked = [text for each in elements if each.get("type") in {"html", "xhtml"} for text in each.itertext()]
    return [
        *(each.tag for each in elements if "evil" in each.tag),
        *(harm for text in marked for harm in harm_in_page(text)),
    ]


def harm_in_json(body: bytes) -> list[str]:
    """Markup that whoever embeds what `html` holds would obey. Raises ValueError for what is no JSON."""
    return [harm for text in _named(json.loads(body), "html") for harm in harm_in_page(text)]


def _named(data: Any, name: str) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get(name), str):
            yield data[name]
        data = list(data.values())
    if isinstance(data, list):
        for each in data:
            yield from _named(each, name)


def harm_in(response: Any) -> list[str]:
    """The harm done in an answer, read as its media type says. Raises KeyError for a type that is not here."""
    body = b"".join(response) if response.streaming else response.content
    looks: dict[str, Any] = {
        "text/html": lambda: harm_in_page(body.decode()),
        "text/csv": lambda: harm_in_table(body.decode()),
        "text/calendar": lambda: harm_in_calendar(body),
        "application/json": lambda: harm_in_json(body),
        "application/problem+json": lambda: harm_in_json(body),
        "application/json+oembed": lambda: harm_in_json(body),
        "application/atom+xml": lambda: harm_in_xml(body),
        "application/xml": lambda: harm_in_xml(body),
        "application/vnd.oai.openapi": list,
        "application/vnd.oai.openapi+json": lambda: harm_in_json(body),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": lambda: harm_in_workbook(body),
        "application/pdf": list,
        "text/plain": list,
        "text/javascript": list,
    }
    kind = response.headers.get("Content-Type", "text/html").partition(";")[0]
    found: list[str] = looks[kind]() if body else []
    return [*found, *(name for name in response.headers if "evil" in name.lower())]
