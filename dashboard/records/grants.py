"""What a grant programme has on its page: its money by fiscal year."""

from __future__ import annotations

from dashboard.money import money_by_year
from dashboard.records.own import Asked, Own, Part


def program(asked: Asked) -> Own:
    """The money of its awards by fiscal year."""
    money = money_by_year({"program": asked.record.slug}, today=asked.on)
    return Own(after=[Part("money.html", money)] if money.years else [])
