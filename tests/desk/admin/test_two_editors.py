"""Two people edit one record at once: nothing that either wrote is lost, and neither overwrites the other unawares."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.desk.admin.desk import change_url, errors, filled, open_and_save
from tracker.models import Citation, Letter, LetterEvent, Source


@pytest.fixture
def letter(draft_letter: Letter) -> Letter:
    """A letter with a deadline, and a citation of the source "A press release"."""
    source = draft_letter.citations.get().source
    source.title = "A press release"
    source.save()
    return draft_letter


def overtaken(alice: Client, bob: Client, letter: Letter, *, mine: dict[str, Any], theirs: dict[str, Any]) -> Any:
    """The page that Alice gets when she saves what she typed after Bob has saved."""
    opened = alice.get(change_url(letter))
    open_and_save(bob, change_url(letter), **theirs)
    return alice.post(change_url(letter), filled(opened, **mine))


def labels(response: Any) -> dict[str, tuple[str, str]]:
    """The fields that are to be chosen, with their version and mine."""
    return {conflict.label: (conflict.theirs, conflict.mine) for conflict in response.context["merged"].conflicts}


def taken(response: Any) -> dict[str, tuple[list[str], list[str]]]:
    return {change.label: (change.before, change.after) for change in response.context["merged"].taken}


def test_the_second_save_is_refused_with_both_versions(contributor: Client, reviewer: Client, letter: Letter) -> None:
    refused = overtaken(
        contributor, reviewer, letter, mine={"demand": "Alice's words"}, theirs={"demand": "Bob's words"}
    )
    assert "Nothing was saved: bob saved this record" in errors(refused)
    assert labels(refused) == {"Demand": ("Bob's words", "Alice's words")}
    page = refused.content.decode()
    assert "Bob&#x27;s words" in page
    assert 'name="keep-demand" value="theirs"' in page
    letter.refresh_from_db()
    assert letter.demand == "Bob's words"


def test_fields_that_only_one_of_them_changed_merge_themselves(
    contributor: Client, reviewer: Client, letter: Letter
) -> None:
    authorities = [factories.authority(), factories.authority()]
    refused = overtaken(
        contributor,
        reviewer,
        letter,
        mine={"demand": "Alice's words", "legal_authorities": [authorities[0].pk], "events-0-by": "Alice"},
        theirs={"summary": "Bob's summary", "sent_on": "2017-04", "events-0-due_on": "2017-07-31"},
    )
    assert labels(refused) == {}
    assert taken(refused) == {
        "Summary": (["(empty)"], ["Bob's summary"]),
        "Sent on": (["21 April 2017"], ["April 2017"]),
        "Deadline 2017-07-31: Due on": (["30 June 2017"], ["31 July 2017"]),
    }
    letter.refresh_from_db()
    assert letter.demand == ""
    contributor.post(change_url(letter), filled(refused))
    letter.refresh_from_db()
    assert (letter.demand, letter.summary, letter.sent_on) == ("Alice's words", "Bob's summary", "2017-04")
    assert list(letter.legal_authorities.all()) == [authorities[0]]
    assert (letter.events.get().by, letter.events.get().due_on) == ("Alice", "2017-07-31")


@pytest.mark.parametrize(("kept", "said"), [("mine", "Alice's words"), ("theirs", "Bob's words")])
def test_a_field_that_both_changed_is_what_the_editor_chooses(
    contributor: Client, reviewer: Client, letter: Letter, kept: str, said: str
) -> None:
    refused = overtaken(
        contributor,
        reviewer,
        letter,
        mine={"demand": "Alice's words", "summary": "Alice's", "events-0-due_on": "2017-08-31"},
        theirs={"demand": "Bob's words", "events-0-due_on": "2017-07-31"},
    )
    assert set(labels(refused)) == {"Demand", "Deadline 2017-07-31: Due on"}
    contributor.post(change_url(letter), filled(refused, **{"keep-demand": kept, "keep-events-0-due_on": kept}))
    letter.refresh_from_db()
    assert (letter.demand, letter.summary) == (said, "Alice's")
    assert letter.events.get().due_on == {"mine": "2017-08-31", "theirs": "2017-07-31"}[kept]


def test_a_choice_made_while_a_third_save_happened_is_merged_again(
    contributor: Client, reviewer: Client, letter: Letter
) -> None:
    refused = overtaken(contributor, reviewer, letter, mine={"demand": "Alice's"}, theirs={"demand": "Bob's"})
    open_and_save(reviewer, change_url(letter), demand="Bob's second", summary="Also Bob's")
    again = contributor.post(change_url(letter), filled(refused, **{"keep-demand": "theirs"}))
    assert "Nothing was saved" in errors(again)
    assert labels(again) == {}
    assert filled(again)["demand"] == "Bob's second"
    assert filled(again)["summary"] == "Also Bob's"


def test_rows_that_either_of_them_added_are_all_there(contributor: Client, reviewer: Client, letter: Letter) -> None:
    def a_row(by: str) -> dict[str, str]:
        return {
            "events-TOTAL_FORMS": "2",
            "events-1-kind": "response",
            "events-1-on": "2017-06-01",
            "events-1-by": by,
            "events-1-letter": str(letter.pk),
        }

    refused = overtaken(contributor, reviewer, letter, mine=a_row("Alice"), theirs=a_row("Bob"))
    assert taken(refused) == {"Letter event": (["(empty)"], ["Reply 2017-06-01"])}
    contributor.post(change_url(letter), filled(refused))
    assert sorted(event.by for event in letter.events.filter(kind="response")) == ["Alice", "Bob"]
    assert letter.events.filter(kind="deadline").count() == 1


def test_a_row_that_they_removed_is_gone_unless_it_was_changed_here(
    contributor: Client, reviewer: Client, letter: Letter
) -> None:
    removal = {"events-0-DELETE": "on", "citations-0-DELETE": "on"}
    refused = overtaken(contributor, reviewer, letter, mine={"events-0-due_on": "2017-08-31"}, theirs=removal)
    [note] = refused.context["merged"].notes
    assert "was removed meanwhile, and you changed it" in note
    assert taken(refused) == {"Citation": (["Supports: A press release"], ["(empty)"])}
    contributor.post(change_url(letter), filled(refused))
    assert letter.events.get().due_on == "2017-08-31"
    assert not letter.citations.exists()


@pytest.mark.parametrize(("kept", "left"), [("mine", 0), ("theirs", 1)])
def test_a_row_removed_here_and_changed_there_is_asked_about(
    contributor: Client, reviewer: Client, letter: Letter, kept: str, left: int
) -> None:
    refused = overtaken(
        contributor, reviewer, letter, mine={"events-0-DELETE": "on"}, theirs={"events-0-due_on": "2017-07-31"}
    )
    assert labels(refused) == {"Deadline 2017-06-30": ("Deadline 2017-07-31", "removed")}
    again = filled(refused, **{"keep-events-0-DELETE": kept})
    contributor.post(change_url(letter), again)
    assert LetterEvent.objects.filter(letter=letter, due_on="2017-07-31").count() == left


def test_a_form_from_a_revision_that_nobody_knows_asks_about_every_difference(
    contributor: Client, letter: Letter
) -> None:
    data = filled(contributor.get(change_url(letter)), demand="Typed blind", opened_revision="999")
    refused: Any = contributor.post(change_url(letter), data)
    assert labels(refused) == {"Demand": ("(empty)", "Typed blind")}
    assert filled(refused)["demand"] == "Typed blind"


def test_line_ends_that_a_browser_rewrites_are_no_change(contributor: Client, reviewer: Client, letter: Letter) -> None:
    letter.demand = "One\nTwo"
    letter.save()
    refused = overtaken(
        contributor, reviewer, letter, mine={"demand": "One\r\nTwo"}, theirs={"demand": "One\nTwo\nThree"}
    )
    assert labels(refused) == {}
    assert filled(refused)["demand"] == "One\nTwo\nThree"


def test_a_citation_changed_by_both_names_its_source(contributor: Client, reviewer: Client, letter: Letter) -> None:
    other, third = factories.source(title="A newspaper"), factories.source(title="A docket")
    refused = overtaken(
        contributor,
        reviewer,
        letter,
        mine={"citations-0-source": other.pk, "citations-0-locator": "p. 2"},
        theirs={"citations-0-source": third.pk},
    )
    assert labels(refused) == {"Supports: A docket: Source": ("A docket", "A newspaper")}
    contributor.post(change_url(letter), filled(refused, **{"keep-citations-0-source": "theirs"}))
    assert Citation.objects.get(letter=letter).source == Source.objects.get(title="A docket")
    assert Citation.objects.get(letter=letter).locator == "p. 2"
