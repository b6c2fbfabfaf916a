"""What pages show rows in: figures as a picture and as a table, and a list in short with what leads to all of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.charts.chart import Chart
from dashboard.standings import LettersInStanding
from dashboard.tables import Table


@dataclass(frozen=True, kw_only=True)
class Panel:
    """The same figures as a picture and as a table, under one title. `{% include panel.chart.template %}` shows both.

    `note` is what a reader should know to read them right.
    """

    title: str
    chart: Chart
    table: Table
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """The first rows of `count` in all, and where all of them are, empty where no list holds exactly those.

    `name` is its anchor on the page, and `note` is read before it. Letters are also counted by standing; `panel` is
    about all of the rows.
    """

    name: str
    table: Table
    count: int
    all_url: str = ""
    note: str = ""
    standings: list[LettersInStanding] = field(default_factory=list)
    panel: Panel | None = None
