"""Every noun of the staff's site, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import Group, User
from django.db.models import Model

from desk.models import BackgroundWork, Follow
from inbox.models import Report
from jurisdictions.models import Agency, Jurisdiction
from nouns.declarations import noun_models
from tracker.models import (
    Codebook,
    Designation,
    FederalAction,
    GrantAward,
    GrantProgram,
    Lawsuit,
    LegalAuthority,
    Letter,
    LetterBatch,
    Policy,
    Publication,
    Question,
    Record,
    Source,
    Statement,
    TableImport,
)

_PLACED: dict[str, tuple[tuple[type[Model], str], ...]] = {
    "Record": (
        (Letter, "mail"),
        (LetterBatch, "stacked_email"),
        (Policy, "gavel"),
        (GrantAward, "payments"),
        (Lawsuit, "balance"),
        (FederalAction, "account_balance"),
        (Designation, "format_list_bulleted"),
        (Statement, "format_quote"),
        (Source, "description"),
    ),
    "References": (
        (Jurisdiction, "location_on"),
        (Agency, "apartment"),
        (GrantProgram, "savings"),
        (LegalAuthority, "menu_book"),
        (Codebook, "rule"),
        (Question, "help"),
    ),
    "Publication": ((Publication, "history_edu"), (TableImport, "upload_file")),
    "Accounts": ((User, "person"), (Group, "group")),
    "Desk": ((Follow, "notifications"), (Report, "inbox"), (BackgroundWork, "manufacturing")),
}


def _with_the_unplaced() -> Iterator[tuple[str, tuple[tuple[type[Model], str], ...]]]:
    placed = {model for models in _PLACED.values() for model, _ in models}
    others = [model for model in noun_models().values() if model not in placed]
    for group, models in _PLACED.items():
        own = [
            (model, "article") for model in others if group == ("Record" if issubclass(model, Record) else "References")
        ]
        yield group, (*models, *own)


APP_LIST = dict(_with_the_unplaced())
"""Every noun of the site, grouped as staff think of them, each with the symbol that stands beside it."""
