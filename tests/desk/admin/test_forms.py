"""What a form shows and what it refuses, before anything is saved."""

from typing import Any

import pytest
from django.forms import TypedChoiceField
from django.test import Client

from jurisdictions.models import Jurisdiction
from nouns.declarations import noun_models
from tests import factories
from tests.conftest import Publish
from tests.desk.admin.desk import address, change_url, errors, filled, open_and_save
from tracker.models import Citation, GrantAward, Letter, Policy, Record, Source

NOUNS = sorted(noun_models())


@pytest.mark.parametrize("noun", NOUNS)
def test_the_fields_of_a_form_are_those_that_the_noun_declares(noun: str, reviewer: Client) -> None:
    made = factories.MAKERS[noun]()
    fieldsets = dict(reviewer.get(change_url(made)).context["adminform"].fieldsets)
    assert tuple(fieldsets["Public record"]["fields"]) == made.PUBLIC_FIELDS
    internal = (*made.INTERNAL_FIELDS, *(("internal_notes",) if isinstance(made, Record) else ()))
    assert tuple(fieldsets.get("Internal", {"fields": ()})["fields"]) == internal


@pytest.mark.parametrize("noun", NOUNS)
def test_no_form_takes_what_the_product_itself_notes(noun: str, reviewer: Client) -> None:
    made = factories.MAKERS[noun]()
    offered = set(reviewer.get(change_url(made)).context["adminform"].form.fields)
    noted = {"status", "revision", "published_revision", "published_at", "created_by", "submitted_by", "reviewed_by"}
    assert not offered & (noted | {"award_id_normalised", "created_at", "updated_at", "review_note"})


@pytest.mark.parametrize("model", [Policy, GrantAward])
def test_a_state_that_follows_from_the_jurisdiction_is_not_asked_for(model: Any, contributor: Client) -> None:
    assert "state" not in contributor.get(address(model, "add")).context["adminform"].form.fields


@pytest.mark.parametrize("noun", NOUNS)
def test_no_choice_is_made_for_anybody(noun: str, administrator: Client) -> None:
    page = administrator.get(address(noun_models()[noun], "add"))
    forms = [page.context["adminform"].form]
    forms += [form for inline in page.context["inline_admin_formsets"] for form in inline.formset.forms]
    for form in forms:
        for name, field in form.fields.items():
            if isinstance(field, TypedChoiceField) and not field.initial:
                assert "" in dict(field.choices), name  # type: ignore[arg-type]  # Ours are lists of pairs.


def test_a_partial_date_shows_how_to_write_it_and_says_what_is_wrong(contributor: Client) -> None:
    page = contributor.get(address(Letter, "add"))
    assert 'placeholder="2017-04-21, 2017-04 or 2017"' in page.content.decode()
    refused = contributor.post(address(Letter, "add"), filled(page, sent_on="4/21/17"))
    assert "Write 2014-07-21, or 2014-07 or 2014 when no more is known." in errors(refused)


BROKEN = {
    "letters": [
        (
            {"events-0-kind": "deadline", "events-0-on": "2017-04-21", "events-0-due_on": "2017-04-01"},
            "not before the day",
        ),
        ({"events-0-kind": "deadline", "events-0-due_on": ""}, "says when it is due"),
        ({"events-0-kind": "assessment", "events-0-outcome": ""}, "An assessment has an outcome"),
        ({"received_on": "2017-04-01"}, "received before it is sent"),
    ],
    "policies": [
        ({"ended_on": "2015"}, "The end is before the start"),
        ({"outcome": "failed", "ended_on": "2018"}, "Only an adopted"),
    ],
    "grants": [({"amount_kind": ""}, "This field is required"), ({"amount": "-1"}, "greater than or equal to 0")],
    "statements": [
        ({"amount": "5", "period": ""}, "says what period"),
        ({"kind": "quote", "quote": ""}, "holds the exact words"),
    ],
    "jurisdictions": [({"geoid": "12"}, "is_unique"), ({"latitude": "41"}, "are_a_pair_on_earth")],
}  # fmt: skip


@pytest.mark.parametrize(
    ("noun", "changes", "told"), [(noun, *case) for noun, cases in BROKEN.items() for case in cases]
)
def test_a_broken_rule_is_an_error_of_the_form(noun: str, changes: Any, told: str, reviewer: Client) -> None:
    factories.jurisdiction(geoid="12")
    made = factories.MAKERS[noun]()
    before = made.revision
    refused = open_and_save(reviewer, change_url(made), **changes)
    assert told in errors(refused)
    made.refresh_from_db()
    assert made.revision == before


def test_an_award_id_that_another_award_has_is_refused_however_it_is_spelt(contributor: Client) -> None:
    first, second = factories.grant(award_id="2016-DJ-BX-0001"), factories.grant()
    refused = open_and_save(contributor, change_url(second), award_id="2016 dj bx 0001")
    assert f"Another award has this award ID: {first}" in errors(refused)


def test_two_shares_of_one_jurisdiction_in_one_form_are_refused(contributor: Client) -> None:
    award, place = factories.grant(), factories.state("IL")
    data = {f"shares-{number}-jurisdiction": place.pk for number in (0, 1)}
    refused = open_and_save(contributor, change_url(award), **{"shares-TOTAL_FORMS": "2", **data})
    assert "duplicate" in errors(refused)


def test_a_citation_belongs_to_the_record_in_whose_form_it_is_whatever_is_posted(contributor: Client) -> None:
    letter, policy = factories.letter(), factories.policy()
    open_and_save(contributor, change_url(letter), **{"citations-0-quote": "Words", "citations-0-policy": policy.pk})
    citation = Citation.objects.get(quote="Words")
    assert (citation.letter_id, citation.policy_id) == (letter.pk, None)


def test_an_address_that_was_taken_is_refused_and_an_empty_one_becomes_a_free_one(
    contributor: Client, publish: Publish
) -> None:
    publish(factories.source(slug="a-release"))
    add = address(Source, "add")
    refused = open_and_save(contributor, add, title="A release", kind="official", slug="a-release")
    assert "Another record has or had this address" in errors(refused)
    open_and_save(contributor, add, title="A release", kind="official", slug="")
    assert Source.objects.filter(slug="a-release-2").exists()


def test_an_address_in_the_ledger_is_not_given_away_although_its_record_is_gone(
    contributor: Client, publish: Publish
) -> None:
    source = factories.source(slug="a-release")
    publish(source)
    Source.objects.filter(pk=source.pk).update(slug="renamed-by-hand")
    open_and_save(contributor, address(Source, "add"), title="A release", kind="official", slug="")
    assert Source.objects.filter(slug="a-release-2").exists()


def test_the_address_of_what_was_published_is_shown_and_not_asked_for(
    contributor: Client, published_letter: Letter, draft_letter: Letter
) -> None:
    assert "slug" not in contributor.get(change_url(published_letter)).context["adminform"].form.fields
    assert "slug" in contributor.get(change_url(draft_letter)).context["adminform"].form.fields
    open_and_save(contributor, change_url(published_letter), slug="elsewhere", summary="Changed.")
    published_letter.refresh_from_db()
    assert published_letter.slug == "2017-04-21-illinois"


@pytest.mark.parametrize(
    ("noun", "fields", "slug"),
    [
        ("letters", {}, "2017-04-21-illinois"),
        ("letter-batches", {}, "2017-04-21"),
        ("grants", {}, "2016-jag-illinois"),
        ("policies", {"title": "Welcoming City Ordinance"}, "welcoming-city-ordinance-illinois"),
        ("federal-actions", {"title": "Executive Order 13768"}, "executive-order-13768"),
    ],
)
def test_an_address_is_made_of_what_the_noun_says(noun: str, fields: Any, slug: str, contributor: Client) -> None:
    if noun == "grants":
        fields = {"program": factories.program(short_name="JAG"), "award_id": ""}
    pattern = factories.MAKERS[noun](**fields)
    data = filled(contributor.get(change_url(pattern)), slug="", **({"award_id": "X-1"} if noun == "grants" else {}))
    blank = filled(contributor.get(address(type(pattern), "add")))
    sent = {name: value for name, value in data.items() if "-" not in name and name != "opened_revision"}
    # A letter like one in the record is saved only by who says that it is another one.
    contributor.post(address(type(pattern), "add"), {**blank, **sent, "another_letter": "on"})
    assert type(pattern).objects.latest("pk").slug == slug


def test_only_what_is_public_and_has_a_page_links_to_it(
    contributor: Client, published_letter: Letter, draft_letter: Letter, settings: Any
) -> None:
    settings.PUBLIC_URL = "https://tracker.example"
    link = f'href="https://tracker.example{published_letter.get_absolute_url()}"'
    assert link in contributor.get(change_url(published_letter)).content.decode()
    assert "https://tracker.example" not in contributor.get(change_url(draft_letter)).content.decode()


def test_a_place_needs_no_address_typed_either(reviewer: Client) -> None:
    open_and_save(
        reviewer, address(Jurisdiction, "add"), name="Cook", full_name="Cook County", kind="county", state="IL"
    )
    assert Jurisdiction.objects.get().slug == "cook-county-il"
