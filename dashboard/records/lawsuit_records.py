"""What a lawsuit has on its page: where it stood, the sides, and the orders with their reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from dashboard.facts import child_fields
from dashboard.panels import Excerpt
from dashboard.records.own_parts import Asked, Own, Part
from dashboard.records.sentences import dated, sentence
from dashboard.tables import Table, columns, rows_of_children


@dataclass(frozen=True)
class Side:
    """The parties of one role, as the sources name them; those that are jurisdictions of the record are links."""

    role: str
    parties: list[SafeString]


def lawsuit(asked: Asked) -> Own:
    """When and where it was filed and where it stood, the parties by side, and the orders that say whom they bind."""
    case = asked.record
    filed = [dated("filed", case.filed_on, f" in {case.court}" if case.court else "")]
    posture = [format_html("When last looked at: {}.", case.posture.rstrip("."))] if case.posture else []
    parties = [Part("sides.html", sides(case.parties.all()))] if case.parties.all() else []
    orders = _orders(asked)
    return Own([sentence(filed), *posture], before_facts=parties, excerpts=[orders] if orders.count else [])


def sides(parties: Any) -> list[Side]:
    """The parties by role, in the order in which the roles first appear."""
    roles: dict[str, list[SafeString]] = {}
    for party in parties:
        named = format_html("{}", party.name)
        if party.jurisdiction is not None:
            named = format_html('<a href="{}">{}</a>', party.jurisdiction.get_absolute_url(), party.name)
        roles.setdefault(party.get_role_display(), []).append(named)
    return [Side(role if len(named) == 1 else f"{role}s", named) for role, named in roles.items()]


def _orders(asked: Asked) -> Excerpt:
    """The decisions by the day shown that say whom they bind."""
    events = [event for event in asked.record.events.all() if event.scope and event.on <= asked.on.isoformat()]
    fields = child_fields("lawsuits", "events", ("kind", "scope", "on", "court", "citation"))
    rows = rows_of_children(events, fields)
    return Excerpt(name="orders", table=Table("Orders and their reach", columns(fields), rows), count=len(rows))
