"""The desk's inbox: who sees reports, who answers, and what the form offers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inbox.models import Answer, Report, State
from tests.conftest import Publish, SignIn
from tracker.models import Letter, Publication


@pytest.fixture
def report(db: None) -> Report:
    """Somebody's report on the letter to Illinois."""
    return Report.objects.create(
        id="00000000-0000-0000-0000-000000000001",
        receipt_hash="a" * 64,
        noun="letters",
        slug="2017-04-21-illinois",
        dataset_version=1,
        wrong="The letter was sent a day earlier.",
        sent_at=timezone.now(),
    )


def url_of(report: Report) -> str:
    return reverse("admin:inbox_report_change", args=[report.pk])


def tile(client: Client) -> int:
    tiles = client.get("/admin/").context["tiles"]
    found = next(tile for tile in tiles if tile.name == "reports")
    assert client.get(found.url).context["cl"].result_count == found.count
    count: int = found.count
    return count


def test_contributors_read_reports_and_reviewers_answer_them(
    report: Report, alice: Any, bob: Any, dave: Any, published_letter: Letter, sign_in: SignIn
) -> None:
    contributor, reviewer = sign_in(alice), sign_in(bob)
    assert tile(contributor) == tile(reviewer) == 1
    page = contributor.get(url_of(report)).content.decode()
    assert reverse("admin:tracker_letter_change", args=[published_letter.pk]) in page
    answered = {"state": State.DECLINED, "words": "The letter bears that day.", "correction": ""}
    assert contributor.post(url_of(report), answered).status_code == 403
    assert sign_in(dave).get(url_of(report)).status_code in {302, 403}
    assert reviewer.post(url_of(report), answered).status_code == 302
    assert Answer.objects.get().words == "The letter bears that day."
    report.refresh_from_db()
    assert (report.state, report.answered_by) == (State.DECLINED, "bob")
    assert tile(reviewer) == 0


@pytest.mark.parametrize(
    ("state", "said"),
    [(State.DECLINED, "Say why it is declined"), (State.CORRECTED, "A correction belongs to"), ("new", "Select a")],
)
def test_an_answer_that_breaks_a_rule_is_refused_with_its_reason(
    state: str, said: str, report: Report, bob: Any, sign_in: SignIn
) -> None:
    page = sign_in(bob).post(url_of(report), {"state": state, "words": "", "correction": ""})
    assert said in page.content.decode()
    assert not Answer.objects.exists()


def test_only_corrections_of_the_record_since_the_report_are_offered(
    report: Report, bob: Any, published_letter: Letter, publish: Publish, sign_in: SignIn
) -> None:
    reviewer = sign_in(bob)
    Report.objects.update(sent_at=timezone.now())
    first = Publication.objects.latest("id").pk
    published_letter.demand = "Corrected"
    published_letter.save()
    publish(published_letter, action="correct", reason="It was the wrong day.")
    correction = Publication.objects.latest("id").pk
    assert "It was the wrong day." in reviewer.get(url_of(report)).content.decode()
    wrong = {"state": State.CORRECTED, "words": "", "correction": str(first)}
    assert reviewer.post(url_of(report), wrong).status_code == 200
    assert reviewer.post(url_of(report), {**wrong, "correction": str(correction)}).status_code == 302
    assert Answer.objects.get().correction == correction
