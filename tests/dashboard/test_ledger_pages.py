"""The ledger as pages: every act, by kind and page by page; and corrections, with what was wrong and what is right."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User

from nouns.databases import RECORD
from tests.conftest import BOTH_DATABASES, Publish
from tests.dashboard.conftest import Read
from tracker.models import Letter, Publication
from tracker.publishing import workflow

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


@pytest.fixture
def corrected_letter(published_letter: Letter, publish: Publish) -> Letter:
    """The published letter with its addressee put right."""
    published_letter.addressee = "Bruce Rauner"
    published_letter.save()
    publish(published_letter, action="correct", reason="The addressee had been left out.")
    return published_letter


def test_changes_are_all_acts_newest_first_with_their_numbers_by_kind(corrected_letter: Letter, read: Read) -> None:
    page = read("/changes/")
    acts = Publication.edition.count()
    assert len(page.rows) == acts
    assert page.rows[0] == "State of Illinois, 2017-04-21"
    assert f"Everything {acts} " in page.words
    assert "Corrected: our mistake. The addressee had been left out." in page.words
    for link in [link for link in page.links if link.startswith("/changes/?noun=")]:
        assert len(read(link).rows) == Publication.edition.filter(noun=link.split("=")[1]).count()


def test_changes_are_turned_page_by_page(corrected_letter: Letter, read: Read) -> None:
    found, address = [], ["/changes/?page_size=2"]
    while address:
        page = read(unescape(address[0]))
        found += page.rows
        address = re.findall(r'class="next" href="([^"]+)"', page.html)
    whole = read("/changes/").rows
    assert found == whole


def test_a_correction_says_what_was_wrong_what_is_right_and_why(corrected_letter: Letter, read: Read) -> None:
    words = read("/corrections/").words
    assert "1 correction State of Illinois, 2017-04-21 Letter corrected" in words
    assert "The addressee had been left out. What It said It says Addressee Nothing on record Bruce Rauner" in words


def test_what_changed_in_the_world_is_no_correction(published_letter: Letter, publish: Publish, read: Read) -> None:
    published_letter.addressee = "J. B. Pritzker"
    published_letter.save()
    publish(published_letter, action="change", reason="A new governor.")
    assert "Nothing has been corrected so far." in read("/corrections/").words


def test_what_a_withdrawn_record_said_is_not_repeated(
    corrected_letter: Letter, bob: User, read: Read, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(using=RECORD, execute=True):
        workflow.withdraw(corrected_letter, by=bob, reason="It was never sent.")
    page = read("/corrections/")
    assert "letter 2017-04-21-illinois" in page.words
    assert "The record was taken back since, and what it said with it." in page.words
    assert "Rauner" not in page.html
    assert "It was never sent." in read("/changes/").words


@pytest.mark.parametrize("address", ["/changes/", "/corrections/"])
def test_they_refuse_what_they_do_not_know(address: str, read: Read) -> None:
    assert "There is no such parameter." in read(address, 400, nuon="letters").words


@pytest.mark.parametrize("address", ["/changes/", "/corrections/"])
def test_an_empty_record_has_the_pages_too(address: str, read: Read) -> None:
    assert "so far" in read(address).words or "Nothing of the kind" in read(address).words
