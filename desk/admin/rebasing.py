"""Somebody else saved first: what both editors wrote is brought together, field by field, before the form is read.

A field that only one of them changed merges itself. One that both changed keeps what this editor typed, and asks. The
form still refuses to be saved, so that the editor reads the merged version before it becomes a revision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst

from desk.admin.forms import OPENED_REVISION
from desk.comparison import EMPTY, Change, in_words, label_of
from nouns.databases import RECORD
from nouns.declarations import child_models
from nouns.noun import Declared, PublicNoun
from tracker.publishing import restoring
from tracker.publishing.restoring import Snapshot, Values

CHOICE = "keep-"
THEIRS = "theirs"
REMOVED = "DELETE"
"""What Django calls the box that removes a row."""
UNKNOWN = object()
"""What a field said when the form was opened, where the history does not know that revision."""
Fields = Mapping[str, forms.Field]
Inline = tuple[str, Fields]
"""The prefix of a group of rows in a form, and the fields of each row."""


@dataclass(frozen=True)
class Conflict:
    """A field that both changed: the name of the buttons that choose, and the three versions in words."""

    name: str
    label: str
    before: str
    theirs: str
    mine: str


@dataclass
class Merged:
    """What bringing two versions together came to: what is to be chosen, what was taken over, what else to know."""

    conflicts: list[Conflict] = field(default_factory=list)
    taken: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sent:
    """The values that a form, or one row of it, was sent with, by the names of its fields."""

    model: type[Declared]
    fields: Fields
    data: MultiValueDict[str, Any]
    files: MultiValueDict[str, Any]
    title: str = ""

    def value(self, name: str) -> object:
        """What was sent for a field, as its widget reads it."""
        return self.fields[name].widget.value_from_datadict(self.data, self.files, name)

    def differs(self, name: str, value: object) -> bool:
        """Whether something else was sent for a field than this value of it. Browsers end lines in their own way."""
        sent = self.value(name)
        return value is UNKNOWN or self.fields[name].has_changed(_unix(value), _unix(sent))

    def put(self, name: str, value: object) -> None:
        """Let a field be sent with this value instead."""
        asked = self.fields[name]
        self.data.pop(name, None)
        if isinstance(asked, forms.FileField):  # Sent without a file, it keeps the stored one.
            self.files.pop(name, None)
            self.data.pop(f"{name}-clear", None)
        elif not isinstance(asked, forms.BooleanField) or value:
            self.data.setlist(name, _as_sent(value))

    def words(self, name: str, value: object) -> str:
        """A value of a field, as sent or as stored, as staff read it."""
        asked = self.fields[name]
        if value is UNKNOWN:
            return "(not known)"
        if isinstance(asked, forms.FileField):
            return EMPTY if not value else "the stored document" if isinstance(value, str) else str(value)
        with suppress(ValidationError):  # It is shown as it was typed; the form says what is wrong with it.
            value = asked.clean(value)
        return in_words(self.model._meta.get_field(name), value)

    def merge(self, base: Values, theirs: Values, merged: Merged, prefix: str = "") -> None:
        """Take over what only they changed, and ask about what both did."""
        for name in self.fields:
            if name not in theirs:
                continue
            before, now, mine = base.get(name, UNKNOWN), theirs[name], self.value(name)
            if before == now or not self.differs(name, now):
                continue
            label = f"{self.title}{label_of(self.model, name)}"
            lines = (self.words(name, before), self.words(name, now))
            if self.differs(name, before):
                merged.conflicts.append(Conflict(f"{CHOICE}{prefix}{name}", label, *lines, self.words(name, mine)))
            else:
                self.put(name, now)
                merged.taken.append(Change(label, [lines[0]], [lines[1]]))


class Rebase:
    """One form that was sent after somebody else had saved, or after its editor chose between two versions."""

    def __init__(self, request: HttpRequest, noun: PublicNoun, fields: Fields, inlines: Mapping[str, Inline]) -> None:
        self.data, self.files = request.POST.copy(), request.FILES
        self.noun, self.fields, self.inlines = noun, fields, inlines
        self.opened = self.data.get(OPENED_REVISION, "")
        self.children = child_models(type(noun))

    def base(self) -> Snapshot:
        """What the noun said when the form was opened; nothing where the history does not know it."""
        known = self.noun.history.filter(revision=self.opened) if self.opened.isdigit() else self.noun.history.none()
        row = known.order_by("-history_id").first()
        if row is None:
            return Snapshot({}, {relation: {} for relation in self.children})
        [snapshot] = restoring.past(self.noun, [row])
        return Snapshot({**snapshot.fields, "slug": row.slug}, snapshot.children)

    def choose(self) -> None:
        """Obey the buttons: where theirs is kept, the form says again what they wrote, which it was opened with."""
        chosen = [name.removeprefix(CHOICE) for name in self.data if name.startswith(CHOICE)]
        chosen = [name for name in chosen if self.data[f"{CHOICE}{name}"] == THEIRS]
        if not chosen:
            return
        base, whole = self.base(), self._whole()
        for name in chosen:
            if name in self.fields and name in base.fields:
                whole.put(name, base.fields[name])
        for relation, (prefix, _) in self.inlines.items():
            rows = list(self._rows(relation))
            for index, row in enumerate(rows):
                stored = base.children[relation].get(_key(row), {})
                names = {name.removeprefix(f"{prefix}-{index}-") for name in chosen}
                if REMOVED in names:
                    row.data.pop(REMOVED, None)
                for name in names & stored.keys() & row.fields.keys():
                    row.put(name, stored[name])
            self._write(prefix, rows, sum(bool(_key(row)) for row in rows))

    def merge(self) -> Merged:
        """Bring together what was sent and what is stored now."""
        merged, base, theirs = Merged(), self.base(), restoring.current(self.noun)
        self._whole().merge(base.fields, {**theirs.fields, "slug": self.noun.slug}, merged)
        for relation in self.inlines:
            self._merge_rows(relation, base.children[relation], theirs.children[relation], merged)
        return merged

    def _whole(self) -> Sent:
        return Sent(type(self.noun), self.fields, self.data, self.files)

    def _rows(self, relation: str) -> Iterator[Sent]:
        """The rows of a relation, as they were sent."""
        prefix, fields = self.inlines[relation]
        total = self.data.get(f"{prefix}-TOTAL_FORMS", "")
        for index in range(min(int(total), forms.formsets.DEFAULT_MAX_NUM) if total.isdigit() else 0):
            start = f"{prefix}-{index}-"
            values = {name.removeprefix(start): self.data.getlist(name) for name in self.data if name.startswith(start)}
            yield Sent(self.children[relation], fields, MultiValueDict(values), MultiValueDict())

    def _write(self, prefix: str, rows: list[Sent], stored: int) -> None:
        """Let the form be sent with these rows, of which the first so many are stored ones."""
        for name in [name for name in self.data if name.removeprefix(f"{prefix}-")[:1].isdigit()]:
            if name.startswith(f"{prefix}-"):
                del self.data[name]
        for index, row in enumerate(rows):
            for name, values in row.data.lists():
                self.data.setlist(f"{prefix}-{index}-{name}", values)
        self.data[f"{prefix}-TOTAL_FORMS"], self.data[f"{prefix}-INITIAL_FORMS"] = str(len(rows)), str(stored)

    def _merge_rows(self, relation: str, base: dict[int, Values], theirs: dict[int, Values], merged: Merged) -> None:
        """Merge the rows that both have; add theirs; keep mine, also one that they removed after I had changed it."""
        (prefix, fields), model = self.inlines[relation], self.children[relation]
        stored: list[Sent] = []
        new: list[Sent] = []
        for row in self._rows(relation):
            key = _key(row)
            if key in theirs:
                titled = Sent(model, fields, row.data, row.files, f"{_title(model, theirs[key])}: ")
                _merge_row(titled, base.get(key), theirs[key], merged, f"{prefix}-{len(stored)}-")
                stored.append(titled)
            elif not key:
                new.append(row)
            elif REMOVED not in row.data and any(
                row.differs(name, base.get(key, {}).get(name, UNKNOWN)) for name in fields
            ):
                row.data["id"] = ""
                new.append(row)
                merged.notes.append(
                    f"{_title(model, base.get(key, {}))} was removed meanwhile, and you changed it: "
                    "it would be added again as you have it. Remove it to leave it out."
                )
            else:
                merged.taken.append(
                    Change(capfirst(str(model._meta.verbose_name)), [_title(model, base.get(key, {}))], [EMPTY])
                )
        present = {_key(row) for row in stored}
        for key in sorted(theirs.keys() - base.keys() - present):
            added = Sent(model, fields, MultiValueDict({"id": [str(key)]}), MultiValueDict())
            for name in fields.keys() & theirs[key].keys():
                added.put(name, theirs[key][name])
            stored.append(added)
            merged.taken.append(Change(capfirst(str(model._meta.verbose_name)), [EMPTY], [_title(model, theirs[key])]))
        self._write(prefix, [*stored, *new], len(stored))


def _merge_row(row: Sent, base: Values | None, theirs: Values, merged: Merged, prefix: str) -> None:
    if REMOVED not in row.data:
        row.merge(base or {}, theirs, merged, prefix)
    elif base != theirs:
        for name in row.fields.keys() & theirs.keys():
            row.put(name, theirs[name])
        name, title = f"{CHOICE}{prefix}{REMOVED}", _title(row.model, base or theirs)
        merged.conflicts.append(Conflict(name, title, title, _title(row.model, theirs), "removed"))


def _key(row: Sent) -> int:
    """The key of the stored row that a sent one is; 0 for a new one."""
    sent = row.data.get("id") or ""
    return int(sent) if sent.isdigit() else 0


def _title(model: type[Declared], values: Values) -> str:
    """A row in its own words."""
    if not values:
        return capfirst(str(model._meta.verbose_name))
    columns = {cast("Any", model._meta.get_field(name)).attname: value for name, value in values.items()}
    return str(model(**columns))


def _unix(value: object) -> object:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _as_sent(value: object) -> list[str]:
    """A stored value as a browser would send it."""
    values = value if isinstance(value, list) else [value]
    return ["" if each is None else str(each) for each in values]


class Rebasing(admin.ModelAdmin[PublicNoun]):
    """The change page of `NounAdmin`, which brings two versions together before Django reads the form."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        with transaction.atomic(using=RECORD):
            merged = self._merged(request, object_id) if request.method == "POST" and object_id else None
            context = {**(extra_context or {}), "merged": merged}
            response: HttpResponse = super().changeform_view(request, object_id, form_url, context)
            return response

    def _merged(self, request: HttpRequest, object_id: str) -> Merged | None:
        """Put what was chosen and merged into the request; say what that came to when somebody else saved since."""
        noun = self.get_object(request, unquote(object_id))
        if noun is None or not self.has_change_permission(request, noun):
            return None
        noun = self.model._base_manager.select_for_update().get(pk=noun.pk)
        relations = {child: relation for relation, child in child_models(type(noun)).items()}
        inlines = {
            relations[rows.model]: (rows.get_default_prefix(), rows.form.base_fields)
            for rows, _ in self.get_formsets_with_inlines(request, noun)
        }
        rebase = Rebase(request, noun, self.get_form(request, noun, change=True).base_fields, inlines)
        rebase.choose()
        merged = rebase.merge() if rebase.opened != str(noun.revision) else None
        request.POST = rebase.data  # type: ignore[assignment]  # A copy, which Django types as another class.
        return merged
