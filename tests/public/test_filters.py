"""Filters: what each selects, and that every noun, parameter and declared date has what it needs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nouns.declarations import noun_models
from public.engine.errors import BadQuery
from public.engine.fields import Kind
from public.engine.options import RESERVED
from public.engine.select import select
from public.nouns import NOUNS
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tracker.models import AwardShare, LawsuitParty, LetterEvent, PolicyAnswer

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

TODAY = date(2018, 1, 1)


def selected(noun: str, **params: str) -> set[str]:
    return {row.slug for row in select(NOUNS[noun], params, today=TODAY).queryset}


def test_every_public_noun_has_filters() -> None:
    assert set(NOUNS) == set(noun_models())


@pytest.mark.parametrize("noun", NOUNS)
def test_every_filter_explains_itself_and_hides_no_option(noun: str) -> None:
    filters = NOUNS[noun].filterset.base_filters
    assert not set(filters) & set(RESERVED)
    for name, used in filters.items():
        assert used.label, name
        assert used.field.help_text.endswith("."), name


@pytest.mark.parametrize("noun", NOUNS)
def test_every_choice_and_reference_can_be_filtered_by(noun: str) -> None:
    """A field of a fixed list, or one that points to another noun, is what people filter by."""
    elsewhere = {
        "jurisdictions": {"coextensive_with"},
        "policies": {"issuing_agency"},
        "lawsuits": {"appeal_of"},
    }
    columns = {used.field_name for used in NOUNS[noun].filterset.base_filters.values()}
    fields = {field.name for field in NOUNS[noun].fields if field.kind in {Kind.CHOICE, Kind.REFERENCE}}
    assert fields - columns == elsewhere.get(noun, set())


@pytest.mark.parametrize("noun", NOUNS)
def test_every_list_can_be_ordered_by_what_it_offers(noun: str, publish: Publish) -> None:
    publish(factories.MAKERS[noun]())
    for name in NOUNS[noun].orderings:
        assert select(NOUNS[noun], {"ordering": name}, today=TODAY).queryset.count() >= 1
        assert list(select(NOUNS[noun], {"ordering": f"-{name}"}, today=TODAY).queryset)


def test_date_known_to_the_month_matches_when_any_of_its_days_does(publish: Publish) -> None:
    publish(
        factories.policy(slug="may", adopted_on="2014-05"),
        factories.policy(slug="year", adopted_on="2014"),
        factories.policy(slug="day", adopted_on="2014-05-20"),
        factories.policy(slug="undated", adopted_on=""),
    )
    assert selected("policies", adopted_after="2014-05-15") == {"may", "year", "day"}
    assert selected("policies", adopted_after="2014-05-21") == {"may", "year"}
    assert selected("policies", adopted_after="2014-06") == {"year"}
    assert selected("policies", adopted_before="2014-05-20") == {"may", "year", "day"}
    assert selected("policies", adopted_before="2014-05") == {"may", "year", "day"}
    assert selected("policies", adopted_before="2013") == set()


def test_limits_of_a_range_are_part_of_it(publish: Publish) -> None:
    publish(factories.letter(slug="letter", sent_on="2017-04-21", due_on="2017-06-30"))
    assert selected("letters", sent_after="2017-04-21", sent_before="2017-04-21") == {"letter"}
    assert selected("letters", due_after="2017-06-30", due_before="2017-06-30") == {"letter"}
    assert selected("letters", due_after="2017-07-01") == set()


def test_deadline_filter_heeds_the_day_asked_about(publish: Publish) -> None:
    letter = factories.letter(slug="extended", due_on="2017-06-30")
    LetterEvent(letter=letter, kind="extension", on="2017-06-20", due_on="2017-08-31").save()
    letter.refresh_from_db()
    publish(letter)
    assert selected("letters", due_before="2017-06-30", on="2017-06-01") == {"extended"}
    assert selected("letters", due_before="2017-06-30", on="2017-07-01") == set()


def test_policies_are_selected_by_their_answers(publish: Publish) -> None:
    question = factories.question(slug="holds")
    for slug, answer in (("yes", "yes"), ("none", "none_found"), ("silent", "")):
        policy = factories.policy(slug=slug)
        if answer:
            PolicyAnswer(policy=policy, question=question, answer=answer).save()
            policy.refresh_from_db()
        publish(policy)
    assert selected("policies", question="holds") == {"yes", "none"}
    assert selected("policies", question="holds", answer="yes") == {"yes"}
    assert selected("policies", question="holds", answer="not_researched") == {"silent"}
    assert selected("policies", question="holds", answer="yes,not_researched") == {"yes", "silent"}


def test_grant_is_found_by_its_listing_its_year_its_amount_and_a_share(publish: Publish) -> None:
    program = factories.program(slug="jag", assistance_listing="16.738")
    cook, chicago = factories.jurisdiction(slug="cook"), factories.jurisdiction(slug="chicago")
    joint = factories.grant(slug="joint", program=program, jurisdiction=chicago, fiscal_year=2016, amount="500000")
    AwardShare(award=joint, jurisdiction=cook).save()
    joint.refresh_from_db()
    publish(joint, factories.grant(slug="other", fiscal_year=2015, amount="499999.99"))
    assert selected("grants", program="16.738") == selected("grants", program="jag") == {"joint"}
    assert selected("grants", fiscal_year="2016,2014", amount_min="500000", amount_max="500000.00") == {"joint"}
    assert selected("grants", jurisdiction="cook") == {"joint"}
    assert selected("grants", on="2014-09-30") == set()
    assert selected("grants", on="2014-10-01") == {"other"}


def test_grant_is_found_by_the_number_of_its_subawards_where_that_is_known(publish: Publish) -> None:
    counts = {"unknown": None, "none": 0, "one": 1, "ten": 10, "most": 2_147_483_647}
    publish(*(factories.grant(slug=slug, subaward_count=number) for slug, number in counts.items()))
    assert selected("grants", subaward_count_min="0") == {"none", "one", "ten", "most"}
    assert selected("grants", subaward_count_min="1", subaward_count_max="10") == {"one", "ten"}
    assert (
        selected("grants", subaward_count_min="11") == selected("grants", subaward_count_min="2147483647") == {"most"}
    )
    assert selected("grants", subaward_count_max="0") == {"none"}


def test_lawsuit_is_found_by_court_party_place_and_what_it_challenges(publish: Publish) -> None:
    order, letter = factories.federal_action(slug="order"), factories.letter(slug="letter")
    lawsuit = factories.lawsuit(slug="suit", court="N.D. Cal.", court_id="cand", docket_number="3:17-cv-00485")
    lawsuit.federal_actions.set([order])
    LawsuitParty(
        lawsuit=lawsuit, role="plaintiff", name="State of California", jurisdiction=factories.state("CA")
    ).save()
    LawsuitParty(lawsuit=lawsuit, role="plaintiff", name="People of California").save()
    lawsuit.refresh_from_db()
    publish(lawsuit, letter, factories.lawsuit(slug="other"))
    for params in (
        {"court": "cand"},
        {"court": "n.d. cal"},
        {"party": "california"},
        {"state": "CA"},
        {"jurisdiction": "california"},
        {"challenges": "order"},
        {"challenges": "order,letter"},
    ):
        assert selected("lawsuits", **params) == {"suit"}, params
    assert selected("lawsuits", challenges="letter") == set()


def test_letters_are_found_by_mailing_sender_recipient_and_law(publish: Publish) -> None:
    sender, agency = (
        factories.agency(slug="sender"),
        factories.agency(slug="agency", jurisdiction=factories.state("IL")),
    )
    batch, law = factories.letter_batch(slug="2017-04-21"), factories.authority(slug="8-usc-1373")
    letter = factories.letter(slug="one", batch=batch, sender_agency=sender, recipient_agency=agency)
    letter.legal_authorities.set([law])
    publish(letter, factories.letter(slug="two"))
    for params in ({"batch": "2017-04-21"}, {"sender": "sender"}, {"agency": "agency"}, {"authority": "8-usc-1373"}):
        assert selected("letters", **params) == {"one"}, params


def test_statement_about_two_places_is_found_once_by_either(publish: Publish) -> None:
    statement = factories.statement(slug="both", speaker="A Senator")
    statement.jurisdictions.set([factories.state("IL"), factories.state("CA")])
    publish(statement)
    rows = select(NOUNS["statements"], {"state": "IL,CA", "speaker": "senator"}, today=TODAY).queryset
    assert [row.slug for row in rows] == ["both"]


def test_slug_of_a_draft_is_unknown_to_a_filter(publish: Publish) -> None:
    factories.letter_batch(slug="2017-04-22")
    publish(factories.letter_batch(slug="2017-04-21"))
    with pytest.raises(BadQuery) as refused:
        select(NOUNS["letters"], {"batch": "2017-04-22"}, today=TODAY)
    [error] = refused.value.errors
    assert (error.name, error.nearest) == ("batch", "2017-04-21")


def test_active_filters_say_what_they_mean(publish: Publish) -> None:
    publish(factories.letter_batch(slug="2017-04-21", title="Nine letters"))
    params: dict[str, Any] = {
        "state": ["IL", "CA"],
        "batch": "2017-04-21",
        "on": "2017-07-01",
        "q": "",
        "page_size": "5",
    }
    selection = select(NOUNS["letters"], params, today=TODAY)
    assert [(used.name, used.value, used.display) for used in selection.active] == [
        ("on", "2017-07-01", "1 July 2017"),
        ("state", "IL,CA", "Illinois, California"),
        ("batch", "2017-04-21", "Nine letters"),
    ]
    assert selection.on == date(2017, 7, 1)
    assert not selection.depends_on_day


def test_form_keeps_what_was_chosen_and_lists_no_thousand_places(publish: Publish) -> None:
    publish(factories.state("IL"))
    form = select(NOUNS["letters"], {"state": "IL,CA", "jurisdiction": "illinois"}, today=TODAY).form
    html = str(form["state"]) + str(form["jurisdiction"])
    assert '<option value="IL" selected>' in html
    assert '<option value="CA" selected>' in html
    assert '<input type="text" name="jurisdiction" value="illinois"' in html
