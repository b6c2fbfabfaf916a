"""Keeps the totals of awards true: those of a programme's year are made anew when one of its awards changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import cast

from jurisdictions.models import Jurisdiction
from nouns.databases import BATCH, batches
from tracker.dollars import Dollars, Key, Path, grouped
from tracker.models import AwardShare, AwardTotal, GrantAward

ProgramYear = tuple[int, int]
"""The key of a programme and a fiscal year."""

_CELL = (
    *(Path(name, f"award__{name}") for name in ("program", "fiscal_year", "amount_kind", "state")),
    Path("state", "jurisdiction__state"),
)
"""What the rows of a total have in common, the last being where they count."""


def years_concerned(keys_of: Mapping[str, Sequence[int]]) -> Iterator[ProgramYear]:
    """The programmes' years whose totals rest on these nouns, by noun and key, as the edition has them now.

    Ask before the nouns change and after. A place counts where it has a share of a joint award.
    """
    for some in batches(keys_of.get(GrantAward.NOUN, ())):
        yield from GrantAward.edition.filter(pk__in=some).order_by().values_list("program", "fiscal_year").distinct()
    for some in batches(keys_of.get(Jurisdiction.NOUN, ())):
        shares = AwardShare.edition.filter(jurisdiction__in=some).order_by()
        yield from shares.values_list("award__program", "award__fiscal_year").distinct()


def settle(years: Collection[ProgramYear]) -> None:
    """Make the totals of these programmes' years anew from the awards that the edition holds."""
    of_program: dict[int, set[int]] = defaultdict(set)
    for program, year in years:
        of_program[program].add(year)
    for program, its_years in of_program.items():
        concerned = {"program": program, "fiscal_year__in": its_years}
        AwardTotal.edition.filter(**concerned).delete()
        awards = GrantAward.edition.filter(**concerned)
        found = grouped(awards, _CELL, among=awards)
        AwardTotal.edition.bulk_create([_total(key, sums) for key, sums in found.items()], batch_size=BATCH)


def _total(key: Key, sums: Dollars) -> AwardTotal:
    program, year, kind, state, counted_in = cast("tuple[int, int, str, str, str]", key)
    return AwardTotal(
        program_id=program,
        fiscal_year=year,
        amount_kind=kind,
        state=state,
        counted_in=counted_in,
        records=sums.awards,
        shares=sums.shares,
        cents=sums.cents_by_kind[kind],
        counted_cents=sums.cents,
    )
