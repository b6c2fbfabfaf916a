"""Parameters of several values: codes of a fixed list, slugs of published nouns, years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from nouns.noun import PublicNoun
from public.engine.errors import nearest
from public.engine.parameters import WHEN, Parameter, Schema, refusal

MOST_CANDIDATES = 5000
"""Slugs compared when looking for the nearest one."""


class ListInput(forms.TextInput):
    """One text box for several values, comma-separated; a repeated parameter adds to the list."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        return ",".join(value for value in data.getlist(name) if value.strip())


class ListSelect(forms.SelectMultiple):
    """A choice of several; `state=CA,IL` and `state=CA&state=IL` both select the two."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [part for value in data.getlist(name) if value.strip() for part in value.split(",")]


class ListField(Parameter):
    """Comma-separated values, each once, in the order given. Subclasses say what a value may be."""

    several = True
    item: Schema = {"type": "string"}
    widget: type[forms.Widget] = ListInput

    def to_python(self, value: Any) -> list[Any]:
        parts = value.split(",") if isinstance(value, str) else list(value or ())
        if not any(parts):
            return []
        words = list(dict.fromkeys(part.strip() for part in parts))
        if "" in words:
            raise refusal("A value of the list is empty.", ",".join(parts))
        if wrong := [word for word in words if "\x00" in word]:
            raise refusal("A value holds a null character.", wrong[0])
        return self.values(words)

    @property
    def schema(self) -> Schema:
        return {"type": "array", "items": self.item}

    def values(self, words: list[str]) -> list[Any]:
        """The values that these words stand for. Raises ValidationError, for all wrong words at once."""
        raise NotImplementedError


class ChoiceListField(ListField):
    """Codes out of a fixed list; `typed` where they are too many for check boxes, but everybody knows their names."""

    widget = ListSelect

    def __init__(self, *, choices: Sequence[tuple[str, str]], typed: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = list(choices)
        self.control = "typed" if typed else "choices"
        self.item = {"type": "string", "enum": [code for code, _ in self.choices]}
        self.widget.choices = self.choices

    def values(self, words: list[str]) -> list[str]:
        labels = dict(self.choices)
        if wrong := [word for word in words if word not in labels]:
            raise ValidationError([self._refusal(word, labels) for word in wrong])
        return words

    def _refusal(self, word: str, labels: dict[str, str]) -> ValidationError:
        codes = {**{label: code for code, label in labels.items()}, **{code: code for code in labels}}
        near = nearest(word, codes)
        listed = f" It is one of {', '.join(labels)}." if len(labels) <= 20 else ""
        return refusal(f"{word!r} is not a value of this parameter.{listed}", word, codes[near] if near else None)


class SlugListField(ListField):
    """Slugs of published nouns, or values of the unique field `also`; what the edition does not hold is refused.

    `typed` as for codes. Places are: they show no numbers, since those that share a territory count together.
    """

    shows_counts = False

    def __init__(
        self, *, models: Iterable[type[PublicNoun]], also: str = "", typed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.control = "typed" if typed else "choices"
        self.models = tuple(models)
        self.also = also

    def values(self, words: list[str]) -> list[PublicNoun]:
        found: dict[str, PublicNoun] = {}
        for model in self.models:
            condition = Q(slug__in=words) | (Q(**{f"{self.also}__in": words}) if self.also else Q())
            for noun in model.edition.filter(condition):
                found[noun.slug] = noun
                if self.also:
                    found.setdefault(getattr(noun, self.also), noun)
        if wrong := [word for word in words if word not in found]:
            raise ValidationError([self._refusal(word) for word in wrong])
        return list({(found[word].NOUN, found[word].pk): found[word] for word in words}.values())

    def _refusal(self, word: str) -> ValidationError:
        names = " or ".join(str(model._meta.verbose_name) for model in self.models)
        candidates: list[str] = []
        for model in self.models:
            for name in filter(None, ("slug", self.also)):
                alike = model.edition.filter(**{f"{name}__startswith": word[:1].lower()}).order_by()
                candidates.extend(alike.values_list(name, flat=True)[:MOST_CANDIDATES])
        return refusal(f"No {names} is published as {word!r}.", word, nearest(word, filter(None, candidates)))


class YearListField(ListField):
    """Years of four digits."""

    legend = WHEN
    item = {"type": "string", "pattern": r"^[0-9]{4}$"}

    def values(self, words: list[str]) -> list[int]:
        if wrong := [word for word in words if not (word.isascii() and word.isdigit() and len(word) == 4)]:
            raise ValidationError([refusal(f"{word!r} is not a year such as 2016.", word) for word in wrong])
        return [int(word) for word in words]
