"""The form of a new letter that was opened from its document: what stands beside each field, and what is kept of it.

Each fact that the document proposes has a box beside the field that it fills. Ticked, the field holds it, and saving
cites the document for it; unticked, the field is emptied. The page's script does so at once; whatever it left undone,
because there is none, is done here when the form is sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.forms.formsets import DEFAULT_MAX_NUM
from django.http import QueryDict

from desk.admin.letter_form import LEAVE_OPEN
from desk.admin.openings import Opening, deadline, in_json, opening_of
from desk.intake.readings import AS_WRITTEN, Fact, facts
from tracker.models import Citation, LetterEvent, Source

ACCEPT, FILLED, EMPTIED = "accept", "filled", "emptied"
"""What a form says of each fact by its key: that its box is ticked now; that it was, or was not, when last obeyed."""


@dataclass(frozen=True)
class Box:
    """What stands beside a field for one fact. `fills` are the values by the names of the boxes that it fills, as JSON.

    `about` is the one of these that says the fact; the others only go with it. A fact that is ticked and not `said` was
    changed by hand.
    """

    fact: Fact
    is_ticked: bool
    is_said: bool
    about: str
    fills: str

    @property
    def is_named(self) -> bool:
        """Whether it is one of several for its field, so that its box has to name it."""
        return self.fact.in_doubt or self.fact.field == "events" or _holds_several(self.fact.field)


class Proposed:
    """What a document proposes for a letter, and what the form that was sent, if any, keeps of it."""

    def __init__(self, source: Source, sent: QueryDict | None) -> None:
        self.source = source
        self.is_sent = sent is not None
        self.sent = QueryDict(mutable=True) if sent is None else sent.copy()

    @cached_property
    def facts(self) -> list[Fact]:
        """What the document proposes, and what else the letters of its mailing have."""
        found = facts(self.source)
        batch = next((fact.value for fact in found if fact.field == "batch"), None)
        said = {fact.field for fact in found if fact.value}
        return [*found, *(fact for fact in _wording(opening_of(batch)) if fact.field not in said)] if batch else found

    @cached_property
    def usable(self) -> list[Fact]:
        """The facts that the record has a value for."""
        return [fact for fact in self.facts if fact.value]

    def opening(self) -> Opening:
        """What the form opens with. Where nothing is proposed the document is cited as a whole."""
        opening = Opening()
        for fact in self.usable:
            if fact.in_doubt or fact.field == "events":
                continue
            held = opening.fields.get(fact.field, [])
            opening.fields[fact.field] = [*held, fact.value] if _holds_several(fact.field) else fact.value
        if due_on := next((fact.value for fact in self.usable if fact.field == "events"), ""):
            opening.rows[LetterEvent] = deadline(opening.fields.get("sent_on", ""), due_on)
        if not self.usable:
            opening.rows[Citation] = [{"source": self.source}]
        return opening

    def obey(self) -> QueryDict:
        """What was sent, with each field emptied whose fact was dropped, and filled whose fact was taken back.

        What was typed instead of a fact stays.
        """
        dropped = [fact for fact in self._shown if not self._is_ticked(fact)]
        words_stand = any(fact.field == AS_WRITTEN and self._is_said(fact) for fact in self.usable)
        if words_stand and not self.sent.get("which_place") and any(fact.field == "jurisdiction" for fact in dropped):
            self.sent["which_place"] = LEAVE_OPEN  # Else the very words would name the place again.
        filled, emptied = self.sent.getlist(FILLED), self.sent.getlist(EMPTIED)
        for fact in dropped:
            if fact.key in filled and self._is_said(fact):
                self._empty(fact)
        for fact in self._shown:
            if fact.key in emptied and self._is_ticked(fact) and not self._is_said(fact):
                self._fill(fact)
        return self.sent

    def boxes(self, field: str) -> list[Box]:
        """What stands beside a field of the letter; beside its events, what the document says of its deadline."""
        return [
            Box(fact, self._is_ticked(fact), self._is_said(fact), about, json.dumps(fills))
            for fact in self.facts
            if fact.field == field
            for about, fills in [self._fills(fact)]
        ]

    def citations(self) -> Iterator[Citation]:
        """A citation for each fact that was kept as the document has it; of the whole document when none was."""
        if not self._shown:
            return
        cited = [fact for fact in self.usable if fact.quote and self._is_ticked(fact) and self._is_said(fact)]
        if any(fact.field == AS_WRITTEN for fact in cited):  # The place was read from the same words.
            cited = [fact for fact in cited if fact.field != "jurisdiction"]
        for fact in cited:
            yield Citation(source=self.source, field=fact.field, locator=f"p. {fact.page}", quote=fact.quote)
        if not cited:
            yield Citation(source=self.source)

    @cached_property
    def _shown(self) -> list[Fact]:
        """The facts whose box was in the form that was sent; the worker may have found others since."""
        shown = {*self.sent.getlist(FILLED), *self.sent.getlist(EMPTIED)}
        return [fact for fact in self.usable if fact.key in shown]

    def _is_ticked(self, fact: Fact) -> bool:
        return fact.key in self.sent.getlist(ACCEPT) if self.is_sent else not fact.in_doubt

    def _is_said(self, fact: Fact) -> bool:
        """Whether the form holds this fact."""
        if not (self.is_sent and fact.value):
            return bool(fact.value) and not fact.in_doubt
        if fact.field == "events":
            return any(self._says(row, fact.value) for row in self._rows())
        return _as_sent(fact.value) in map(_plain, self.sent.getlist(fact.field))

    def _fills(self, fact: Fact) -> tuple[str, dict[str, Any]]:
        """The name of the box that says the fact, and the values by the names of all that it fills."""
        if fact.field != "events":
            return fact.field, {fact.field: in_json(fact.value)} if fact.value else {}
        sent_on = next((each.value for each in self.usable if each.field == "sent_on"), "")
        start = f"events-{self._row_for(fact.value)}-"
        return f"{start}due_on", {
            f"{start}{name}": v for row in deadline(sent_on, fact.value) for name, v in row.items()
        }

    def _rows(self) -> range:
        """The numbers of the events that were sent."""
        total = self.sent.get("events-TOTAL_FORMS", "")
        return range(int(total) if total.isdecimal() and len(total) <= len(str(DEFAULT_MAX_NUM)) else 0)

    def _row(self, number: int) -> dict[str, str]:
        names = (*LetterEvent.PUBLIC_FIELDS, "DELETE")
        return {name: self.sent.get(f"events-{number}-{name}", "").strip() for name in names}

    def _says(self, number: int, due_on: str) -> bool:
        row = self._row(number)
        return (row["kind"], row["due_on"], row["DELETE"]) == (LetterEvent.Kind.DEADLINE, due_on, "")

    def _row_for(self, due_on: str) -> int:
        """The event that sets this deadline; while there is none, the first empty one."""
        holding = (row for row in self._rows() if self._says(row, due_on))
        empty = (row for row in self._rows() if not any(self._row(row).values()))
        return next(holding, next(empty, len(self._rows())))

    def _empty(self, fact: Fact) -> None:
        _, fills = self._fills(fact)
        for name in fills:
            if _holds_several(name):
                kept = [value for value in self.sent.getlist(name) if value != _as_sent(fact.value)]
                self.sent.setlist(name, kept)
            else:
                self.sent[name] = ""

    def _fill(self, fact: Fact) -> None:
        """Put a fact back, unless something was typed instead."""
        about, fills = self._fills(fact)
        if _holds_several(fact.field):
            self.sent.appendlist(about, _as_sent(fact.value))
        elif not self.sent.get(about):
            for name in fills:
                self.sent[name] = fills[name] if isinstance(fills[name], str) else _as_sent(fact.value)
            if fact.field == "events":
                self.sent["events-TOTAL_FORMS"] = str(max(len(self._rows()), self._row_for(fact.value) + 1))


def _holds_several(field: str) -> bool:
    return field in {"legal_authorities", "cited_awards"}


def _as_sent(value: Any) -> str:
    """A fact's value as a browser sends it, apart from how it ends lines."""
    return str(value.pk) if isinstance(value, Model) else _plain(value)


def _plain(text: str) -> str:
    return text.strip().replace("\r\n", "\n")


def _wording(of_mailing: Opening) -> Iterator[Fact]:
    """What the letters of a mailing say alike, as facts that have no words of their own."""
    values = {**of_mailing.fields, "events": [row["due_on"] for row in of_mailing.rows.get(LetterEvent, [])]}
    for field, value in values.items():
        for each in value if isinstance(value, list | tuple) else [value]:
            if each and field != "batch":
                key = f"mailing:{field}:{each.pk if isinstance(each, Model) else ''}"
                yield Fact(key, field, each, str(each), why="As the other letters of the mailing have it.")
