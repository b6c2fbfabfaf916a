"""Every noun of the staff's site, in reading order."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from django.db.models import Model

from desk.models import BackgroundWork, Follow
from inbox.models import Report
from jurisdictions.models import Agency, Jurisdiction
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
    Source,
    Statement,
    TableImport,
)

APP_LIST: dict[str, tuple[tuple[type[Model], str], ...]] = {
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
"""Every noun of the site, grouped as staff think of them, each with the symbol that stands beside it."""
