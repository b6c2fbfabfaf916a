"""Answers that are kept for as long as the edition stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches

from public.engine.dataset import DatasetVersion
from public.engine.select import Selection

LONGEST_KEPT = 24 * 60 * 60
"""Seconds for which an answer is kept; it is never wrong, only no longer asked for."""

AnswerT = TypeVar("AnswerT")


def kept(what: str, selection: Selection, version: DatasetVersion, make: Callable[[], AnswerT]) -> AnswerT:
    """What `make` says of a selection, made once for each question and each state of the edition.

    `what` names the answer among others about the same selection. The answer has to be picklable, and is never None.
    """
    if not version.number:
        return make()
    day = selection.on.isoformat() if selection.depends_on_day else ""
    asked = repr([version.hash, selection.noun.name, sorted(selection.parameters.items()), day])
    key = f"{what}:{hashlib.sha256(asked.encode()).hexdigest()}"
    known: AnswerT | None = caches["edition"].get(key)
    if known is None:
        known = make()
        caches["edition"].set(key, known, timeout=LONGEST_KEPT)
    return known
