"""Sums of grant money in which no dollar counts twice, whatever they are grouped by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Cast, Round

from tracker.models import AwardShare, GrantAward

Kind = GrantAward.AmountKind
Key = tuple[Any, ...]

RULE = (
    "No dollar counts twice. A joint award is divided by its shares that have an amount; what no share claims stays "
    "with the recipient. A subgrant pool is never part of a total, because it is part of another award. An allocation "
    "is part of a total only where the record holds no award with an amount, joint or not, for the same jurisdiction, "
    "programme and fiscal year. The sums by kind hold every amount of that kind, counted in the total or not."
)
"""How dollars are counted, as every surface says it."""


@dataclass
class Dollars:
    """What a group of awards comes to, in cents: in total, and by kind of amount. `shares` is the number of shares."""

    awards: int = 0
    shares: int = 0
    cents: int = 0
    cents_by_kind: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Kind.values, 0))

    def add(self, row: dict[str, Any], sign: int = 1) -> None:
        """Add a row of sums, or take it away."""
        self.cents += sign * (row["cents"] or 0)
        for kind in Kind.values:
            self.cents_by_kind[kind] += sign * (row[f"cents_{kind}"] or 0)

    def add_all(self, other: Dollars) -> None:
        """Add another group."""
        self.awards += other.awards
        self.shares += other.shares
        self.add({"cents": other.cents, **{f"cents_{kind}": cents for kind, cents in other.cents_by_kind.items()}})

    @property
    def total(self) -> Decimal:
        """The total in dollars."""
        return dollars(self.cents)

    @property
    def by_kind(self) -> dict[str, Decimal]:
        """The sums of each kind of amount in dollars."""
        return {kind: dollars(cents) for kind, cents in self.cents_by_kind.items()}


@dataclass(frozen=True)
class Path:
    """Where a group's value is found: from an award, and from a share of one."""

    award: str
    share: str


def dollars(cents: int) -> Decimal:
    """Cents as dollars."""
    return Decimal(cents).scaleb(-2)


def grouped(awards: QuerySet[Any], by: Sequence[Path], *, jurisdictions: Sequence[int] = ()) -> dict[Key, Dollars]:
    """The awards' dollars by group, where a group is the values found by these paths.

    With `jurisdictions` (keys), only what is theirs: as recipients, or as their shares of joint awards.
    """
    groups: dict[Key, Dollars] = defaultdict(Dollars)
    held, held_by, shared = Q(), Q(), Q()
    if jurisdictions:
        held, held_by, shared = (
            Q(**{f"{path}__in": jurisdictions}) for path in ("jurisdiction", "award__jurisdiction", "jurisdiction")
        )
    from_award, from_share = [path.award for path in by], [path.share for path in by]
    for key, row in _sums(awards.filter(held), from_award, "", counted(awards)):
        groups[key].awards += row["rows"]
        groups[key].add(row)
    shares = AwardShare.edition.filter(award__in=awards.values("pk"))
    for key, row in _sums(shares.filter(shared), from_share, "award__", counted(awards)):
        groups[key].shares += row["rows"]
        groups[key].add(row)
    # What shares claim is taken from the groups of the recipients, who keep the rest.
    for key, row in _sums(
        shares.filter(held_by), [f"award__{path}" for path in from_award], "award__", counted(awards)
    ):
        groups[key].add(row, sign=-1)
    return groups


def counted(awards: QuerySet[Any]) -> QuerySet[Any]:
    """The awards whose amount belongs to a total."""
    certain = Q(amount_kind__in=[Kind.AWARD, Kind.APPROXIMATE])
    same = {"program": OuterRef("program"), "fiscal_year": OuterRef("fiscal_year")}
    known = GrantAward.edition.filter(certain, amount__isnull=False, **same).order_by()
    of_its_own = known.filter(jurisdiction=OuterRef("jurisdiction"))
    shared = known.filter(shares__jurisdiction=OuterRef("jurisdiction"))
    return awards.filter(certain | Q(amount_kind=Kind.ALLOCATION) & ~Exists(of_its_own) & ~Exists(shared))


def _sums(
    rows: QuerySet[Any], by: Sequence[str], award: str, counts: QuerySet[Any]
) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Per group the number of rows, the cents that count and the cents of each kind.

    `award` is the path from a row to its award, with its underscores. Sums are of whole cents, because SQLite keeps
    amounts as floating-point numbers.
    """
    cents = Cast(Round(F("amount") * 100), BigIntegerField())
    key = f"{award}pk" if award else "pk"
    sums = {
        "rows": Count("pk"),
        "cents": Sum(cents, filter=Q(**{f"{key}__in": counts.values("pk")})),
        **{f"cents_{kind}": Sum(cents, filter=Q(**{f"{award}amount_kind": kind})) for kind in Kind.values},
    }
    for row in rows.order_by().values(*by).annotate(**sums):
        yield tuple(row[path] for path in by), row
