"""What the published awards come to, so that sums of a million of them read a few thousand rows."""

from __future__ import annotations

from django.db import models

from jurisdictions.models import StateField
from nouns.noun import EditionManager, Totals
from tracker.models.grant import GrantAward, GrantProgram


class AwardTotalQuerySet(models.QuerySet["AwardTotal"]):
    """Totals, narrowed as awards are."""

    def in_state(self, *codes: str) -> AwardTotalQuerySet:
        """The totals of awards to recipients in these states."""
        return self.filter(state__in=codes)


class AwardTotal(Totals):
    """The awards of one programme, year, kind and state of the recipient, as far as they count in one state.

    That is the recipient's own, and for shares of joint awards the state of whom they belong to. `records` are awards,
    `shares` shares; `cents` are theirs after what others claim, and `counted_cents` what of them is part of a total
    (see `tracker.dollars`). The edition makes them whenever awards change; the record has none.
    """

    OF = GrantAward
    COLUMNS = frozenset({"state", "program", "fiscal_year", "amount_kind"})

    program = models.ForeignKey(GrantProgram, on_delete=models.CASCADE, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    amount_kind = models.CharField(max_length=13, choices=GrantAward.AmountKind)
    state = StateField()
    counted_in = StateField()
    records = models.PositiveIntegerField(default=0)
    shares = models.PositiveIntegerField(default=0)
    cents = models.BigIntegerField(default=0)
    counted_cents = models.BigIntegerField(default=0)

    objects = models.Manager.from_queryset(AwardTotalQuerySet)()
    edition = EditionManager.from_queryset(AwardTotalQuerySet)()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["program", "fiscal_year", "amount_kind", "state", "counted_in"],
                name="awardtotal_is_one_per_cell",
            ),
        )

    def __str__(self) -> str:
        return f"{self.program_id}, FY{self.fiscal_year}, {self.state}: {self.records}"
