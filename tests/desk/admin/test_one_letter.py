"""Logging one letter: what its mailing fills in, which place its recipient's words name, and likely duplicates."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests import factories
from tests.desk.admin.desk import address, errors, filled, open_and_save, said
from tracker.models import Letter, LetterBatch

ADD = address(Letter, "add")


@pytest.fixture
def mailing() -> LetterBatch:
    """A mailing with one letter logged, signed by an official and due on 30 June 2017."""
    batch: LetterBatch = factories.letter_batch(slug="2017-04-21", demand="Documents of a kind")
    batch.legal_authorities.add(factories.authority(citation="8 U.S.C. 1373"))
    signed = {"signatory": "Alan Hanson", "signatory_title": "Acting Assistant Attorney General"}
    factories.letter(batch=batch, recipient_as_written="State of Illinois", **signed)
    return batch


@pytest.fixture
def places() -> dict[str, Any]:
    """Two places in New Jersey that one name fits, and one in Nevada that is known by another name too."""
    new_jersey = factories.state("NJ")
    new_jersey.geoid = "34"
    new_jersey.save()
    found = {}
    for kind, geoid, full_name in (("county", "34023", "Middlesex County"), ("place", "3445690", "Middlesex borough")):
        found[kind] = factories.jurisdiction(
            kind=kind, geoid=geoid, full_name=full_name, name="Middlesex", state="NJ", slug=f"middlesex-{kind}-nj"
        )
    vegas = factories.jurisdiction(kind="county", full_name="Clark County", name="Clark", state="NV", slug="clark")
    vegas.names.create(name="Las Vegas area")
    return found


def log(client: Client, **given: Any) -> Any:
    """Send the form of a new letter."""
    asked = {"sender_agency": factories.justice_department().pk, "sent_on": "2017-11-15", **given}
    page: HttpResponse = open_and_save(client, ADD, **asked)
    return page


@pytest.mark.parametrize("name", ["2017-04-21", "key"])
def test_a_letter_of_a_mailing_opens_with_what_its_letters_say_alike(
    contributor: Client, mailing: LetterBatch, name: str
) -> None:
    page = contributor.get(f"{ADD}?batch={mailing.pk if name == 'key' else name}")
    data = filled(page)
    assert (data["batch"], data["sender_agency"]) == (mailing.pk, mailing.sender_agency_id)
    assert (data["sent_on"], data["signatory"]) == ("2017-04-21", "Alan Hanson")
    assert (data["demand"], data["legal_authorities"]) == (
        "Documents of a kind", [mailing.legal_authorities.get().pk],
    )  # fmt: skip
    contributor.post(f"{ADD}?batch={mailing.pk}", {**data, "recipient_as_written": "Cook County, Illinois"})
    letter = Letter.objects.get(recipient_as_written="Cook County, Illinois")
    assert [(event.kind, event.due_on) for event in letter.events.all()] == [("deadline", "2017-06-30")]


def test_signatory_and_deadline_on_which_the_letters_differ_are_left_empty(
    contributor: Client, mailing: LetterBatch
) -> None:
    factories.letter(batch=mailing, signatory="Somebody else", due_on="2017-07-31")
    data = filled(contributor.get(f"{ADD}?batch=2017-04-21"))
    assert "signatory" not in data
    assert "events-0-due_on" not in data


def test_a_mailing_that_is_not_there_is_said_and_the_form_opens_empty(contributor: Client) -> None:
    page = contributor.get(f"{ADD}?batch=2099-01-01")
    assert "No mailing in the record has the address “2099-01-01”." in said(page)
    assert "batch" not in filled(page)


def test_the_wording_of_a_mailing_is_for_those_who_log_letters(
    contributor: Client, mailing: LetterBatch, alice: Any
) -> None:
    url = address(LetterBatch, "wording", mailing.pk)
    wording = contributor.get(url).json()
    assert wording["signatory"] == "Alan Hanson"
    assert wording["events-0-due_on"] == "2017-06-30"
    assert [choice["text"] for choice in wording["legal_authorities"]] == ["8 U.S.C. 1373"]
    assert contributor.get(address(LetterBatch, "wording", 10**6)).status_code == 404
    alice.groups.clear()
    assert contributor.get(url).status_code in {302, 403}


@pytest.mark.parametrize("words", ["Las Vegas area", "Clark County, Nevada", "clark nv"])
def test_a_recipient_is_found_by_any_known_name_and_shown_with_its_kind(
    contributor: Client, places: Any, words: str
) -> None:
    asked = {"term": words, "app_label": "tracker", "model_name": "letter", "field_name": "jurisdiction"}
    found = contributor.get("/admin/autocomplete/", asked).json()["results"]
    assert [choice["text"] for choice in found] == ["Clark County, NV (county or equivalent)"]


def test_a_recipient_whose_words_name_one_place_gets_it_and_the_reason_is_told(
    contributor: Client, places: Any
) -> None:
    page = log(contributor, recipient_as_written="County of Middlesex, New Jersey")
    assert Letter.objects.get().jurisdiction == places["county"]
    assert "was read as Middlesex County, NJ (county or equivalent)" in said(page)


def test_words_that_fit_two_places_are_never_decided_for_the_editor(contributor: Client, places: Any) -> None:
    words = "Middlesex, New Jersey"
    page = log(contributor, recipient_as_written=words)
    assert "The words fit several places." in errors(page)
    assert Letter.objects.count() == 0
    body = page.content.decode()
    assert all(f'name="which_place" value="{place.pk}"' in body for place in places.values())
    log(contributor, recipient_as_written=words, which_place=places["place"].pk)
    log(contributor, recipient_as_written=words, which_place="open", sent_on="2017-11-16")
    assert [letter.jurisdiction for letter in Letter.objects.order_by("pk")] == [places["place"], None]


def test_a_choice_that_was_not_offered_is_not_taken(contributor: Client, places: Any) -> None:
    other = factories.state("IL")
    page = log(contributor, recipient_as_written="Middlesex, New Jersey", which_place=other.pk)
    assert "The words fit several places." in errors(page)


def test_words_that_name_no_known_place_are_saved_open_and_that_is_told(contributor: Client, places: Any) -> None:
    page = log(contributor, recipient_as_written="Township of Nowhere, New Jersey")
    assert Letter.objects.get().jurisdiction is None
    assert "stays open" in said(page)


def test_a_place_that_an_editor_takes_out_of_a_letter_stays_out(contributor: Client, places: Any) -> None:
    letter = factories.letter(recipient_as_written="Middlesex County, New Jersey", jurisdiction=places["county"])
    open_and_save(contributor, address(Letter, "change", letter.pk), jurisdiction="")
    letter.refresh_from_db()
    assert letter.jurisdiction is None


@pytest.mark.parametrize("alike", ["place", "words", "award"])
def test_a_likely_duplicate_is_shown_before_saving_and_saved_when_confirmed(contributor: Client, alike: str) -> None:
    award = factories.grant()
    stored = factories.letter(recipient_as_written="State of Illinois", jurisdiction=factories.state("IL"))
    stored.cited_awards.add(award)
    given = {
        "place": {"recipient_as_written": "Illinois", "jurisdiction": stored.jurisdiction_id, "sent_on": "2017-04-21"},
        "words": {"recipient_as_written": "STATE OF ILLINOIS", "which_place": "open", "sent_on": "2017-04-21"},
        "award": {"recipient_as_written": "Somebody", "which_place": "open", "cited_awards": [award.pk]},
    }[alike]
    page = log(contributor, **given)
    assert "the letter may be in the record already" in errors(page)
    assert address(Letter, "change", stored.pk) in page.content.decode()
    assert 'name="another_letter"' in page.content.decode()
    assert Letter.objects.count() == 1
    log(contributor, **given, another_letter="on")
    assert Letter.objects.count() == 2


def test_a_letter_of_another_day_or_sender_is_no_duplicate(contributor: Client) -> None:
    stored = factories.letter(recipient_as_written="State of Illinois")
    for number, given in enumerate(({"sent_on": "2017-11-15"}, {"sender_agency": factories.agency().pk}), start=2):
        log(contributor, recipient_as_written="Illinois", jurisdiction=stored.jurisdiction_id, **given)
        assert Letter.objects.count() == number


def test_a_letter_is_followed_from_its_own_form(contributor: Client, draft_letter: Letter) -> None:
    page = contributor.get(address(Letter, "change", draft_letter.pk)).content.decode()
    assert f"/admin/desk/follow/letter/{draft_letter.pk}/" in page
