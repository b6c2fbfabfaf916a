"""Report a mistake: the form, what is refused, and what comes of a report."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from inbox import INBOX
from inbox.answers import answer, credits_of
from inbox.models import Answer, Place, Report, State
from inbox.reports import forget_reporters, forget_senders
from nouns.databases import PUBLISHED
from tests.conftest import ALL_DATABASES, Publish
from tracker.models import Letter, Publication

pytestmark = [pytest.mark.django_db(databases=ALL_DATABASES), pytest.mark.usefixtures("kept_letter")]

FORM = "/letters/2017-04-21-illinois/report/"
NOON = datetime(2017, 7, 1, 16, tzinfo=UTC)
TOLD = {
    "wrong": "The letter was sent a day earlier.",
    "right": "20 April 2017",
    "source_url": "https://example.org/letter.pdf",
    "name": "Rita Reader",
    "email": "rita@example.org",
    "may_name": "on",
}

Send = Callable[..., Any]


@pytest.fixture
def send(published_letter: Letter, client: Client) -> Send:
    """Open the form at a time and send it after a while, with these changes; the answer."""

    def sent(*, at: datetime = NOON, after: float = 60, sender: str = "198.51.100.7", **changes: str) -> Any:
        with time_machine.travel(at, tick=False) as clock:
            html = client.get(FORM).content.decode()
            stamp = unescape(re.findall(r'name="stamp" value="([^"]+)"', html)[0])
            clock.shift(timedelta(seconds=after))
            return client.post(FORM, {**TOLD, "stamp": stamp, **changes}, REMOTE_ADDR=sender)

    return sent


def test_a_report_reaches_the_inbox_and_its_sender_can_come_back(send: Send, client: Client) -> None:
    answered = send()
    assert (answered.status_code, answered.headers["Cache-Control"]) == (303, "no-store")
    report = Report.objects.get()
    assert (report.noun, report.slug, report.state) == ("letters", "2017-04-21-illinois", State.NEW)
    assert {name: getattr(report, name) for name in TOLD} == {**TOLD, "may_name": True}
    assert report.dataset_version == Publication.edition.count()
    page = client.get(answered["Location"])
    assert "Nobody has answered it yet" in page.content.decode()
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert not client.cookies
    assert client.get(answered["Location"][:-3] + "xx/").status_code == 404


def test_a_report_that_is_sent_twice_is_kept_once(send: Send) -> None:
    receipts = {send()["Location"] for _ in range(3)}
    assert len(receipts) == Report.objects.count() == Place.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"wrong": " "}, "This field is required."),
        ({"source_url": "nowhere"}, "Enter a valid URL."),
        ({"name": ""}, "Give the name that may stand beside the correction"),
        ({"website": "https://spam.example"}, "This field catches robots."),
        ({"stamp": "letters/2017-04-21-illinois"}, "This form was not complete."),
        ({"after": 2}, "That was quick"),
        ({"after": 90_000}, "open for more than a day"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_written_is_lost(
    changes: dict[str, Any], said: str, send: Send
) -> None:
    answered = send(**changes)
    html = unescape(answered.content.decode())
    assert answered.status_code == 400
    assert said in html
    assert "20 April 2017" in html
    assert not Report.objects.exists()


def test_a_form_of_another_record_is_not_taken(send: Send, other_state_letter: Letter) -> None:
    with time_machine.travel(NOON - timedelta(minutes=1), tick=False):
        other = Client().get(f"{other_state_letter.get_absolute_url()}report/").content.decode()
    assert send(stamp=unescape(re.findall(r'name="stamp" value="([^"]+)"', other)[0])).status_code == 400


def test_one_address_sends_five_an_hour_and_is_told_when_to_come_back(send: Send) -> None:
    assert [send(wrong=f"Mistake {number}").status_code for number in range(6)] == [303] * 5 + [429]
    refused = send(wrong="Mistake 7")
    assert refused["Retry-After"] == "3600"
    assert "Mistake 7" in refused.content.decode()
    assert send(wrong="Mistake 8", sender="198.51.100.8").status_code == 303
    assert send(wrong="Mistake 9", at=NOON + timedelta(hours=1)).status_code == 303
    assert Report.objects.count() == 7
    assert "198.51.100" not in str(list(Place.objects.values_list()))
    forget_senders(NOON + timedelta(days=2))
    assert not Place.objects.exists()


def test_behind_proxies_the_sender_is_whom_the_outermost_one_saw(send: Send, client: Client, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(5):
        client.defaults["HTTP_X_FORWARDED_FOR"] = f"203.0.113.{number}, 2001:db8::{number}"
        assert send(wrong=f"Mistake {number}").status_code == 303
    assert send(wrong="From the same household").status_code == 429
    client.defaults["HTTP_X_FORWARDED_FOR"] = "not an address"
    assert send(wrong="From elsewhere").status_code == 303


def test_only_what_is_public_can_be_reported(draft_letter: Letter, client: Client) -> None:
    for slug in (draft_letter.slug, "never-was"):
        assert client.get(f"/letters/{slug}/report/").status_code == 404
        assert client.post(f"/letters/{slug}/report/", TOLD).status_code == 404


def test_the_sender_reads_the_answer_and_is_named_beside_the_correction(
    send: Send, client: Client, published_letter: Letter, publish: Publish
) -> None:
    receipt = send()["Location"]
    published_letter.demand = "Corrected"
    published_letter.save()
    publish(published_letter, action="correct", reason="It was the wrong day.")
    correction = Publication.objects.latest("id").pk
    report = Report.objects.get()
    answer(report, state=State.TAKEN_UP, words="", correction=None, by="bob", now=NOON)
    assert "Taken up" in client.get(receipt).content.decode()
    assert credits_of([correction]) == {}
    before = {"If-None-Match": client.get("/corrections/")["ETag"]}
    answer(report, state=State.CORRECTED, words="You are right.", correction=correction, by="bob", now=NOON)
    assert "You are right." in client.get(receipt).content.decode()
    assert credits_of([correction]) == {correction: ["Rita Reader"]}
    assert "Reported by Rita Reader." in client.get("/corrections/", headers=before).content.decode()
    answer(report, state=State.DECLINED, words="The letter bears that day.", correction=None, by="bob", now=NOON)
    assert "The letter bears that day." in client.get(receipt).content.decode()
    assert credits_of([correction]) == {}


def test_who_sent_a_report_is_forgotten_half_a_year_after_the_answer_unless_named(
    send: Send, published_letter: Letter, publish: Publish
) -> None:
    published_letter.demand = "Corrected"
    published_letter.save()
    publish(published_letter, action="correct", reason="It was the wrong day.")
    correction = Publication.objects.latest("id").pk
    for wrong in ("corrected", "declined", "taken up", "new"):
        send(wrong=wrong)
    sent = {report.wrong: report for report in Report.objects.all()}
    answer(sent["corrected"], state=State.CORRECTED, words="", correction=correction, by="bob", now=NOON)
    answer(sent["declined"], state=State.DECLINED, words="No.", correction=None, by="bob", now=NOON)
    answer(sent["taken up"], state=State.TAKEN_UP, words="", correction=None, by="bob", now=NOON)
    assert forget_reporters(NOON + timedelta(days=180)) == 0
    assert forget_reporters(NOON + timedelta(days=181)) == 2
    assert forget_reporters(NOON + timedelta(days=181)) == 0
    assert set(Report.objects.values_list("wrong", "name", "email")) == {
        ("corrected", "Rita Reader", ""),
        ("declined", "", ""),
        ("taken up", "Rita Reader", "rita@example.org"),
        ("new", "Rita Reader", "rita@example.org"),
    }
    assert credits_of([correction]) == {correction: ["Rita Reader"]}


REPORT = {
    "receipt_hash": "a",
    "noun": "letters",
    "slug": "a",
    "dataset_version": 1,
    "wrong": "All of it",
    "sent_at": NOON,
}
ANSWERED = {"answered_by": "bob", "answered_at": NOON}


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"wrong": ""}, "report_says_what_is_wrong"),
        ({"may_name": True}, "report_to_be_named_has_a_name"),
        ({"state": "lost", **ANSWERED}, "report_state_is_known"),
        ({"state": State.TAKEN_UP}, "report_answer_has_an_author_and_a_time"),
        ({"words": "Thank you."}, "report_answer_has_an_author_and_a_time"),
        ({"state": State.DECLINED, **ANSWERED}, "report_declined_has_a_reason"),
        ({"state": State.CORRECTED, **ANSWERED}, "report_corrected_names_its_correction"),
        ({"state": State.TAKEN_UP, "correction": 3, **ANSWERED}, "report_corrected_names_its_correction"),
    ],
)
def test_the_inbox_holds_the_rules_of_reports(fields: dict[str, Any], rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic(using=INBOX):
        Report.objects.create(id="00000000-0000-0000-0000-000000000001", **{**REPORT, **fields})


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"state": State.NEW}, "answer_state_is_known"),
        ({"state": State.DECLINED}, "answer_declines_with_why"),
        ({"state": State.TAKEN_UP, "credit": "Rita"}, "answer_credits_with_a_correction"),
    ],
)
def test_the_edition_holds_the_rules_of_answers(fields: dict[str, Any], rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic(using=PUBLISHED):
        Answer.objects.create(receipt_hash="a", noun="letters", slug="a", at=NOON, **fields)
