"""The history of a noun in sentences, with the rows below it, and the page on which edits are discarded."""

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nouns.history import one_history_row
from tests import factories
from tests.conftest import Publish
from tests.desk.admin.desk import address, change_url, open_and_save, said
from tracker.models import Letter, LetterEvent, Status


def told(client: Client, letter: Letter) -> list[tuple[str, str, list[str]]]:
    """Every line of the history as its page tells it: the deed, why, and what changed; newest first."""
    page = client.get(address(Letter, "history", letter.pk))
    return [(row.deed, row.why, row.told) for row in page.context["page_obj"]]


def test_a_moved_deadline_is_told_with_its_reason(contributor: Client, draft_letter: Letter) -> None:
    changes = {"events-0-due_on": "2017-07-15", "why": "The department granted it."}
    open_and_save(contributor, change_url(draft_letter), **changes)
    deed, why, lines = told(contributor, draft_letter)[0]
    assert (deed, why) == ("Saved", "The department granted it.")
    assert lines == ["Deadline: Due on: 30 June 2017 → 15 July 2017"]
    page = contributor.get(address(Letter, "history", draft_letter.pk)).content.decode()
    assert "<strong>alice</strong>" in page


def test_rows_that_came_and_went_are_told(contributor: Client, draft_letter: Letter) -> None:
    changes = {"events-0-DELETE": "on", "citations-0-quote": "No later than"}
    open_and_save(contributor, change_url(draft_letter), **changes)
    _, _, lines = told(contributor, draft_letter)[0]
    assert "Removed: Kind: Deadline; On: 21 April 2017; Due on: 30 June 2017" in lines
    assert any(line.endswith("Quote: (empty) → No later than") for line in lines)


def test_moves_are_told_with_their_notes_and_change_no_content(
    reviewer: Client, contributor: Client, publish: Publish, draft_letter: Letter
) -> None:
    publish(draft_letter)
    open_and_save(contributor, change_url(draft_letter), demand="Certify.")
    draft_letter.refresh_from_db()
    publish(draft_letter, action="correct", reason="The demand was missed.")
    assert told(reviewer, draft_letter)[:3] == [
        ("Published as a correction", "The demand was missed.", []),
        ("Submitted", "", []),
        ("Saved", "", ["Demand: (empty) → Certify."]),
    ]


def test_the_mark_of_the_seed_record_is_told_as_a_sentence_and_its_rows_belong_to_it(
    contributor: Client, alice: User
) -> None:
    letter, mark = factories.letter(due_on=""), f"seed {'0' * 64}"
    with one_history_row(letter, by=alice, reason=mark):
        letter.save()
    event = LetterEvent(letter=letter, kind="response", on="2017-06-28")
    event._change_reason = mark  # type: ignore[attr-defined]  # As the loader signs the rows that it writes afterwards.
    LetterEvent.objects.bulk_create([event])
    [newest, *_] = told(contributor, letter)
    assert newest == ("Loaded from the seed record", "", ["Added: Kind: Reply; On: 28 June 2017"])


def test_a_history_asks_as_much_for_twelve_lines_as_for_three(contributor: Client, draft_letter: Letter) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert contributor.get(address(Letter, "history", draft_letter.pk)).status_code == 200
        return len(queries)

    def edit(number: int) -> None:
        with one_history_row(draft_letter, by=None):
            draft_letter.batch, draft_letter.demand = factories.letter_batch(), f"Demand {number}"
            draft_letter.save()
            LetterEvent(letter=draft_letter, kind="response", on="2017-06-28", summary=str(number)).save()

    for number in range(3):
        edit(number)
    cost()
    few = cost()
    for number in range(9):
        edit(number)
    assert cost() == few


def test_a_reason_without_a_change_makes_no_revision(contributor: Client, draft_letter: Letter) -> None:
    open_and_save(contributor, change_url(draft_letter), why="Nothing, really.")
    before = draft_letter.revision
    draft_letter.refresh_from_db()
    assert draft_letter.revision == before


def test_the_edits_of_a_live_record_are_discarded_after_a_page_that_shows_them(
    contributor: Client, published_letter: Letter
) -> None:
    url = address(Letter, "discard", published_letter.pk)
    assert 'href="../discard/"' not in contributor.get(change_url(published_letter)).content.decode()
    open_and_save(contributor, change_url(published_letter), demand="A slip of the hand.")
    assert 'href="../discard/"' in contributor.get(change_url(published_letter)).content.decode()
    page = contributor.get(url)
    assert "A slip of the hand." in page.content.decode()
    response = contributor.post(url, page.context["hidden"], follow=True)
    assert "says again what the public sees" in said(response)
    published_letter.refresh_from_db()
    assert (published_letter.demand, published_letter.status) == ("", Status.PUBLISHED)
    assert "Public: this revision." in response.content.decode()
