"""How grant money is counted and written, the same on every surface. The sums are made in `tracker.dollars`."""

from __future__ import annotations

from decimal import Decimal

RULE = (
    "No dollar counts twice. A joint award is divided by its shares that have an amount; what no share claims stays "
    "with the recipient. A subgrant pool is never part of a total, because it is part of another award. An allocation "
    "is part of a total only where the record holds no award with an amount, joint or not, for the same jurisdiction, "
    "programme and fiscal year. The sums by kind hold every amount of that kind, counted in the total or not."
)
"""How dollars are counted, as every surface says it."""


def dollars(cents: int) -> Decimal:
    """Cents as dollars."""
    return Decimal(cents).scaleb(-2)
