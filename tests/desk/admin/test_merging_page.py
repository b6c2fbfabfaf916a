"""The page on which a reviewer merges two records."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.conftest import Publish
from tests.desk.admin.desk import address, change_url, said
from tracker.models import Letter, Publication


@pytest.fixture
def twins(publish: Publish) -> tuple[Letter, Letter]:
    loser = factories.letter(slug="loser", recipient_as_written="Illinois", demand="Reply.")
    winner = factories.letter(slug="winner", recipient_as_written="State of Illinois")
    publish(loser, winner)
    return loser, winner


def merge_url(letter: Letter) -> str:
    return address(Letter, "merge", letter.pk)


def hidden(page: Any) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.content.decode()))


def test_both_are_shown_side_by_side_and_merged_on_confirmation(
    reviewer: Client, twins: tuple[Letter, Letter], django_capture_on_commit_callbacks: Any
) -> None:
    loser, winner = twins
    assert 'href="../merge/"' in reviewer.get(change_url(loser)).content.decode()
    assert "The record that stays" in reviewer.get(merge_url(loser)).content.decode()
    page = reviewer.get(merge_url(loser), {"winner": winner.pk})
    text = page.content.decode()
    assert re.search(r"Demand.*Reply\..*\(empty\)", text, re.DOTALL)
    assert "It has these already" in text
    with django_capture_on_commit_callbacks(using="default", execute=True):
        done: Any = reviewer.post(merge_url(loser), {**hidden(page), "reason": "Logged twice."}, follow=True)
    assert "is merged into State of Illinois" in said(done)
    assert done.redirect_chain == [(change_url(winner), 302)]
    assert "Merged into winner: its public address leads there." in reviewer.get(change_url(loser)).content.decode()
    assert Client().get("/letters/loser/")["Location"] == "/letters/winner/"


def test_refusals_are_told_and_nothing_is_merged(reviewer: Client, twins: tuple[Letter, Letter]) -> None:
    loser, winner = twins
    page = reviewer.get(merge_url(loser), {"winner": winner.pk})
    winner.demand = "An edit meanwhile."
    winner.save()
    refused = reviewer.post(merge_url(loser), {**hidden(page), "reason": "Twice."}).content.decode()
    assert "was saved by somebody else since you opened it" in refused
    again = reviewer.get(merge_url(loser), {"winner": winner.pk}).content.decode()
    assert "has edits that are not published" in again
    assert "Merge them" not in again
    assert not Publication.objects.filter(action="merge").exists()


@pytest.mark.parametrize("winner", ["", "nothing", "999", "itself"])
def test_what_is_no_other_published_record_is_refused(
    reviewer: Client, twins: tuple[Letter, Letter], winner: str
) -> None:
    page = reviewer.get(merge_url(twins[0]), {"winner": str(twins[0].pk) if winner == "itself" else winner})
    assert page.status_code == 200
    assert "Merge them" not in page.content.decode()


def test_a_contributor_merges_nothing(contributor: Client, twins: tuple[Letter, Letter]) -> None:
    assert contributor.get(merge_url(twins[0])).status_code == 403
    assert 'href="../merge/"' not in contributor.get(change_url(twins[0])).content.decode()
