"""The one sentence under a record's name: where a letter stands, whether a policy is in force and since when."""

from __future__ import annotations

import pytest
import time_machine

from nouns.history import one_history_row
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.dashboard.conftest import Read
from tracker.models import Letter, LetterEvent, PolicyEvent

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

DUE = {"kind": "deadline", "on": "2017-04-21", "due_on": "2017-06-30"}
EXTENDED = {"kind": "extension", "on": "2017-06-20", "due_on": "2017-07-15"}
REPLY = {"kind": "response", "on": "2017-06-28"}
CLEARED = {"kind": "assessment", "on": "2017-10-12", "outcome": "cleared"}
ADVERSE = {"kind": "assessment", "on": "2017-10-11", "outcome": "adverse"}
LATER = "2018-01-01"


@pytest.mark.parametrize(
    ("events", "on", "standing", "sentence"),
    [
        ([], LATER, "Awaiting a reply", "Sent 21 April 2017; no deadline on record; no reply on record."),
        ([DUE], "2017-06-30", "Reply due", "Due 30 June 2017; no reply on record."),
        ([DUE], "2017-07-01", "Overdue: no reply on record", "Due 30 June 2017; no reply on record."),
        ([DUE, EXTENDED], "2017-07-15", "Reply due", "Due 30 June 2017; extended to 15 July 2017; no reply on record."),
        ([DUE, EXTENDED], "2017-06-19", "Reply due", "Due 30 June 2017; no reply on record."),
        ([DUE, REPLY], LATER, "Answered", "Due 30 June 2017; answered 28 June 2017."),
        (
            [DUE, {**REPLY, "on": "2017-07-05"}],
            LATER,
            "Answered",
            "Due 30 June 2017; answered 5 July 2017, after the deadline.",
        ),
        ([DUE, {**REPLY, "on": "2017-06"}], LATER, "Answered", "Due 30 June 2017; answered in June 2017."),
        (
            [{**REPLY, "on": ""}],
            LATER,
            "Answered",
            "Sent 21 April 2017; no deadline on record; answered on a day not found.",
        ),
        ([DUE, REPLY, CLEARED], LATER, "Cleared", "Due 30 June 2017; answered 28 June; cleared 12 October 2017."),
        ([DUE, ADVERSE], LATER, "Adverse assessment", "Due 30 June 2017; adverse assessment 11 October 2017."),
        (
            [DUE, REPLY, {"kind": "escalation", "on": "2018-01-24", "due_on": "2018-02-23"}],
            "2018-03-01",
            "Overdue: no reply on record",
            (
                "Due 30 June 2017; answered 28 June; escalated 24 January 2018; reply due 23 February 2018; "
                "no further reply on record."
            ),
        ),
        (
            [DUE, {"kind": "withdrawal", "on": "2017-05-02"}],
            LATER,
            "Withdrawn",
            "Due 30 June 2017; withdrawn 2 May 2017.",
        ),
    ],
)
def test_a_letter_says_where_it_stands_and_how_it_came_to_that(
    events: list[dict[str, str]], on: str, standing: str, sentence: str, publish: Publish, read: Read
) -> None:
    letter = factories.letter(slug="letter", due_on="")
    with one_history_row(letter, by=None):
        for event in events:
            LetterEvent(letter=letter, **event).save()
    letter.refresh_from_db()
    publish(letter)
    words = read("/letters/letter/", on=on).words.replace(" ;", ";").replace(" .", ".").replace(" ,", ",")
    assert f" {standing} on " in words
    assert f" {sentence} " in words


def test_a_letter_of_a_day_to_come_says_so(published_letter: Letter, read: Read) -> None:
    with time_machine.travel("2017-04-01T12:00:00-04:00", tick=False):
        words = read(published_letter.get_absolute_url()).words
    assert "Not yet sent on 1 April 2017" in words
    assert "Not sent before 21 April 2017" in words


@pytest.mark.parametrize(
    ("fields", "events", "on", "sentence"),
    [
        ({}, [], "2017-01-01", "Adopted 4 January 2016; in force since then as far as is on record."),
        (
            {"effective_on": "2016-03-01"},
            [("amended", "2017-02")],
            "2017-07-01",
            "Adopted 4 January 2016; in force since 1 March; amended in February 2017.",
        ),
        ({"effective_on": "2016-03-01"}, [], "2016-02-01", "Adopted 4 January 2016; not in force before 1 March 2016."),
        (
            {"ended_on": "2017-02-17", "end_reason": "Repealed"},
            [],
            "2017-02-17",
            "In force from 4 January 2016 until 17 February 2017 (Repealed).",
        ),
        (
            {"ended_on": "2017-02-17"},
            [],
            "2017-02-16",
            "Adopted 4 January 2016; in force since then as far as is on record.",
        ),
        (
            {"adopted_on": ""},
            [("reported", "2014-07-03")],
            "2017-01-01",
            "In force by 3 July 2014; since when was not found.",
        ),
        ({"adopted_on": ""}, [], "2017-01-01", "Adopted, but no day on which it was in force is on record."),
        ({"adopted_on": "", "ended_on": "2017"}, [], "2018-01-01", "In force until 2017."),
        (
            {"adopted_on": "", "outcome": "failed"},
            [("proposed", "2017-01"), ("vetoed", "2017-03-04")],
            "2018-01-01",
            "Proposed in January 2017; vetoed 4 March 2017; never adopted.",
        ),
        (
            {"adopted_on": "", "outcome": "proposed"},
            [("proposed", "2025-06-02")],
            "2025-07-01",
            "Proposed 2 June 2025; not adopted as far as is on record.",
        ),
        (
            {},
            [("enjoined", "2016-05-02"), ("upheld", "2016-09-01")],
            "2016-06-01",
            "Adopted 4 January 2016; in force since then as far as is on record; enjoined 2 May 2016.",
        ),
    ],
)
def test_a_policy_says_whether_it_is_in_force_and_agrees_with_the_list(
    fields: dict[str, str], events: list[tuple[str, str]], on: str, sentence: str, publish: Publish, read: Read
) -> None:
    policy = factories.policy(slug="policy", **fields)
    with one_history_row(policy, by=None):
        for kind, day in events:
            PolicyEvent(policy=policy, kind=kind, on=day).save()
    policy.refresh_from_db()
    publish(policy)
    words = read("/policies/policy/", on=on).words.replace(" ;", ";").replace(" .", ".").replace(" (", " (")
    assert f" {sentence} " in words
    listed = bool(read("/policies/", in_force_on=on).rows)
    assert listed == any(said in sentence for said in ("in force since", "In force by"))
