"""Sums of grant money in cents, in which no dollar counts twice, whatever they are grouped by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, Count, Exists, F, Model, OuterRef, QuerySet, Sum
from django.db.models.functions import Cast, Round

from tracker.models import AwardShare, AwardTotal, GrantAward

Kind = GrantAward.AmountKind
Key = tuple[object, ...]

CERTAIN = (Kind.AWARD, Kind.APPROXIMATE)
"""Kinds that always belong to a total. An allocation may, and a subgrant pool never does."""

_NOTHING: dict[str, int] = dict.fromkeys(Kind.values, 0)


@dataclass
class Dollars:
    """What a group of awards comes to, in cents: in total, and by kind of amount. `shares` is the number of shares."""

    awards: int = 0
    shares: int = 0
    cents: int = 0
    cents_by_kind: dict[str, int] = field(default_factory=_NOTHING.copy)

    def add(self, kind: str, cents: int) -> None:
        """Add an amount of this kind, or take a negative one away. What it adds to the total follows from the kind."""
        self.cents_by_kind[kind] += cents
        if kind in CERTAIN:
            self.cents += cents

    def add_all(self, other: Dollars) -> None:
        """Add another group."""
        self.awards += other.awards
        self.shares += other.shares
        self.cents += other.cents
        for kind, cents in other.cents_by_kind.items():
            self.cents_by_kind[kind] += cents


@dataclass(frozen=True)
class Path:
    """Where a group's value is found: from an award, and from a share of one."""

    award: str
    share: str


def grouped(
    awards: QuerySet[Model], by: Sequence[Path], *, among: QuerySet[Model], jurisdictions: Sequence[int] = ()
) -> dict[Key, Dollars]:
    """The awards' dollars by group, where a group is the values found by these paths.

    `among` are all awards there are on the day asked about: an allocation counts where none of them is an award.

    With `jurisdictions` (keys), only what is theirs: as recipients, or as their shares of joint awards.
    """
    groups: dict[Key, Dollars] = defaultdict(Dollars)
    shares = AwardShare.edition.filter(award__in=awards.values("pk"))
    held, claimed, given_away = awards, shares, shares
    if jurisdictions:
        held = held.filter(jurisdiction__in=jurisdictions)
        claimed = claimed.filter(jurisdiction__in=jurisdictions)
        given_away = given_away.filter(award__jurisdiction__in=jurisdictions)
    for key, kind, rows, cents in _sums(held, [path.award for path in by], "amount_kind"):
        groups[key].awards += rows
        groups[key].add(kind, cents)
    for key, kind, rows, cents in _sums(claimed, [path.share for path in by], "award__amount_kind"):
        groups[key].shares += rows
        groups[key].add(kind, cents)
    # What shares claim is taken from the groups of the recipients, who keep the rest.
    for key, kind, _, cents in _sums(given_away, [f"award__{path.award}" for path in by], "award__amount_kind"):
        groups[key].add(kind, -cents)
    # An allocation is one jurisdiction's own: what counts of it is never divided.
    for key, _, _, cents in _sums(lone_allocations(held, among), [path.award for path in by], "amount_kind"):
        groups[key].cents += cents
    return groups


def of_totals(totals: QuerySet[AwardTotal], by: Sequence[str]) -> dict[Key, Dollars]:
    """The dollars of totals of awards by group, where a group is the values of these columns."""
    groups: dict[Key, Dollars] = defaultdict(Dollars)
    sums = {f"_{name}": Sum(name) for name in ("records", "shares", "cents", "counted_cents")}
    for row in totals.order_by().values(*by, _kind=F("amount_kind")).annotate(**sums):
        group = groups[tuple(row[column] for column in by)]
        group.awards += row["_records"]
        group.shares += row["_shares"]
        group.cents += row["_counted_cents"]
        group.cents_by_kind[row["_kind"]] += row["_cents"]
    return groups


def lone_allocations(awards: QuerySet[Model], among: QuerySet[Model]) -> QuerySet[Model]:
    """The allocations of these awards for which there is no award with an amount, joint or not, in `among`."""
    same = {name: OuterRef(name) for name in ("program", "fiscal_year")}
    place = {"jurisdiction": OuterRef("jurisdiction")}
    certain = among.filter(amount_kind__in=CERTAIN, amount__isnull=False)
    own = certain.filter(**same, **place)
    joint = AwardShare.edition.filter(
        award__in=certain.order_by().values("pk"),
        **{f"award__{name}": value for name, value in same.items()},
        **place,
    )
    return awards.filter(~Exists(own.order_by()), ~Exists(joint.order_by()), amount_kind=Kind.ALLOCATION)


def _sums(rows: QuerySet[Model], by: Sequence[str], kind: str) -> Iterator[tuple[Key, str, int, int]]:
    """Group, kind of amount, number of rows and their cents. `by` and `kind` are paths from a row.

    Sums are of whole cents, because SQLite keeps amounts as floating-point numbers.
    """
    cents = Cast(Round(F("amount") * 100), BigIntegerField())
    sums = rows.order_by().values(*by, _kind=F(kind)).annotate(_rows=Count("pk"), _cents=Sum(cents))
    for row in sums:
        yield tuple(row[path] for path in by), row["_kind"], row["_rows"], row["_cents"] or 0
