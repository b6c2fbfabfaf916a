"""What the staff's front page shows: the nouns in reading order, and how much of each waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.db.models import Count, Model, Q
from django.http import HttpRequest
from django.urls import reverse

from jurisdictions.models import Agency, Jurisdiction
from tracker.admin.filters import cites_no_source
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
    Status,
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
    "Publication": ((Publication, "history_edu"),),
    "Accounts": ((User, "person"), (Group, "group")),
}
"""Every noun of the site, grouped as staff think of them, each with the symbol that stands beside it."""


@dataclass(frozen=True)
class Waiting:
    """How many records of one noun wait, and the list that shows exactly those."""

    noun: str
    in_review: int
    drafts: int
    without_source: int
    list_url: str


def waiting_work(request: HttpRequest, site_name: str) -> list[Waiting]:
    """The nouns of which something waits for this account, with one query for each noun that it may see."""
    work = []
    for model, _icon in APP_LIST["Record"]:
        if issubclass(model, Record) and request.user.has_perm(f"tracker.view_{model._meta.model_name}"):
            counts = model._base_manager.aggregate(
                in_review=Count("pk", filter=Q(status=Status.IN_REVIEW)),
                drafts=Count("pk", filter=Q(status=Status.DRAFT)),
                without_source=Count("pk", filter=Q(status=Status.DRAFT) & cites_no_source(model)),
            )
            if any(counts.values()):
                list_url = reverse(f"{site_name}:tracker_{model._meta.model_name}_changelist")
                work.append(Waiting(noun=str(model._meta.verbose_name_plural), list_url=list_url, **counts))
    return work
