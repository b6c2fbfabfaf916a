"""What the published seed record says: the points that reports get wrong, and the questions that analysts ask."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from seeds.rows import Seeds
from tests.conftest import BOTH_DATABASES
from tracker.models import (
    AwardShare,
    Citation,
    Designation,
    FederalAction,
    GrantAward,
    Lawsuit,
    Letter,
    LetterBatch,
    Policy,
    Source,
    Statement,
    Status,
)

pytestmark = [pytest.mark.django_db(databases=BOTH_DATABASES), pytest.mark.usefixtures("seed_record")]

BJA_CONDITION = (
    "Documentation, supported by an opinion from counsel, that validates compliance with 8 U.S.C. 1373, as a condition "
    "of the fiscal year 2016 Byrne JAG award."
)


def april(slug: str) -> Letter:
    letter: Letter = Letter.edition.get(slug=f"2017-04-21-{slug}")
    return letter


def slugs(rows: Any) -> list[str]:
    return sorted(rows.values_list("slug", flat=True))


def happened(letter: Letter) -> list[tuple[str, str, str]]:
    return [(event.kind, event.on, event.due_on or event.outcome) for event in letter.events.all()]


NINE = {
    "california": ("Kathleen Howard", "Executive Director", "california-board-of-state-and-community-corrections"),
    "chicago-il": ("Eddie Johnson", "Superintendent", "chicago-police-department"),
    "new-orleans-la": ("Mitchell J. Landrieu", "Mayor", None),
    "philadelphia-pa": ("Jim Kenney", "Mayor", None),
    "clark-county-nv": ("Yolanda King", "County Manager", None),
    "miami-dade-county-fl": ("Carlos A. Gimenez", "Mayor", None),
    "milwaukee-county-wi": ("Chris Abele", "County Executive", None),
    "new-york-city-ny": ("", "", None),
    "cook-county-il": ("Toni Preckwinkle", "President", "cook-county-board-of-commissioners"),
}
"""Recipient of 21 April 2017: person, office, agency where it is one."""

WHAT_FOLLOWED = {
    "california": [],
    "chicago-il": [("assessment", "2017-10-11", "adverse")],
    "new-orleans-la": [("assessment", "2017-10-11", "adverse"), ("assessment", "2017-11-17", "cleared")],
    "philadelphia-pa": [("assessment", "2017-10-11", "adverse")],
    "clark-county-nv": [("response", "2017-05-30", ""), ("assessment", "2017-08-03", "cleared")],
    "miami-dade-county-fl": [("response", "2017-06-26", ""), ("assessment", "2017-08-04", "cleared")],
    "milwaukee-county-wi": [("response", "2017-06-28", ""), ("assessment", "2017-10-12", "cleared")],
    "new-york-city-ny": [("assessment", "2017-10-11", "adverse")],
    "cook-county-il": [("response", "2017-06-29", ""), ("assessment", "2017-10-11", "adverse")],
}


def test_the_nine_letters_of_21_april_2017_are_exact() -> None:
    batch = LetterBatch.edition.get(slug="2017-04-21")
    letters = {letter.slug.removeprefix("2017-04-21-"): letter for letter in batch.letters.all()}
    assert {letter.jurisdiction and letter.jurisdiction.slug for letter in letters.values()} == NINE.keys()
    assert letters.keys() == NINE.keys()
    assert batch.count_claimed == 9
    for slug, letter in letters.items():
        agency = letter.recipient_agency and letter.recipient_agency.slug
        assert (letter.addressee, letter.addressee_title, agency) == NINE[slug]
        assert letter.sent_on == "2017-04-21"
        assert (letter.sender_agency.short_name, letter.signatory) == ("OJP", "Alan R. Hanson")
        assert slugs(letter.legal_authorities) == ["8-usc-1373"]
        assert letter.demand == BJA_CONDITION
        assert happened(letter) == [("deadline", "2017-04-21", "2017-06-30"), *WHAT_FOLLOWED[slug]]


def test_california_was_written_to_at_its_board_and_two_reports_say_otherwise() -> None:
    letter = april("california")
    assert letter.recipient_as_written == "California Board of State and Community Corrections"
    against = letter.citations.filter(stance="contradicts", field="recipient_agency")
    assert set(against.values_list("source__slug", flat=True)) == {"lat-docs", "seed-article"}


@pytest.mark.parametrize(
    ("slug", "written"),
    [("clark-county-nv", "Las Vegas"), ("miami-dade-county-fl", "Miami"), ("milwaukee-county-wi", "Milwaukee")],
)
def test_the_counties_are_not_the_cities_that_the_article_names(slug: str, written: str) -> None:
    place = april(slug).jurisdiction
    assert place is not None
    assert place.kind == "county"
    assert april(slug).citations.get(stance="contradicts", field="jurisdiction").locator == f"names {written}"


def test_nine_jurisdictions_lie_in_eight_states_and_illinois_has_two() -> None:
    states = Counter(Letter.edition.filter(batch__slug="2017-04-21").values_list("state", flat=True))
    assert len(states) == 8
    assert states["IL"] == 2


def test_the_inspector_general_named_ten_and_connecticut_got_no_letter_in_april() -> None:
    named = Designation.edition.filter(federal_action__slug="oig-memorandum-2016-05-31")
    assert {row.jurisdiction.slug for row in named} == {*NINE, "connecticut"}
    assert not Letter.edition.filter(jurisdiction__slug="connecticut", sent_on__startswith="2017-04").exists()


def test_the_2_2_billion_is_one_statement_and_no_grant() -> None:
    claim = Statement.edition.get(amount=2_200_000_000)
    assert (claim.kind, claim.period) == ("figure", "per year")
    assert claim.citations.get(stance="contradicts").source.slug == "numbersusa-9"
    assert not GrantAward.edition.filter(amount__gte=100_000_000).exists()
    assert set(Statement.edition.filter(kind="figure", amount__gt=2_200_000_000).values_list("amount", flat=True)) == {
        Decimal(2_361_000_000),
        Decimal(2_215_000_000),
    }


def test_both_dates_of_the_new_orleans_letter_stand_and_one_is_adopted() -> None:
    letter = april("new-orleans-la")
    dates = letter.citations.filter(field="sent_on").values_list("source__slug", "stance")
    assert letter.sent_on == "2017-04-21"
    assert set(dates) == {("nola-2017-04", "contradicts"), ("doj-pr-17-436", "supports")}


def test_both_counts_of_the_letters_of_2025_stand() -> None:
    batch = LetterBatch.edition.get(slug="2025-08-13")
    counts = batch.citations.filter(field="count_claimed").values_list("locator", "stance").distinct()
    assert batch.count_claimed == 32
    assert set(counts) == {("32", "supports"), ("35", "contradicts")}
    assert Statement.edition.filter(slug__in=["bondi-2025-32-letters", "news-2025-35-letters"]).count() == 2
    assert slugs(batch.letters) == ["2025-08-13-california", "2025-08-13-washington"]


def test_middlesex_stays_unresolved_between_its_county_and_its_borough(all_seeds: Seeds) -> None:
    letter = Letter.edition.get(slug="2017-11-15-middlesex-nj")
    assert (letter.jurisdiction, letter.state) == (None, "NJ")
    fitting = {row.slug for row in all_seeds.jurisdictions if (row.name, row.state) == ("Middlesex", "NJ")}
    assert fitting == {"middlesex-county-nj", "middlesex-nj"}


def test_san_francisco_is_on_the_list_of_2025_as_a_county_and_as_a_city() -> None:
    listed = Designation.edition.filter(federal_action__slug="doj-list-2025-08-05")
    kinds = Counter(listed.values_list("jurisdiction__kind", flat=True))
    assert kinds == {"state": 13, "county": 4, "place": 18}
    assert slugs(listed.filter(named_as__startswith="San Francisco")) == [
        "2025-08-05-list-san-francisco-ca",
        "2025-08-05-list-san-francisco-county-ca",
    ]
    assert slugs(Designation.edition.in_jurisdiction("san-francisco-ca")) == slugs(
        Designation.edition.in_jurisdiction("san-francisco-county-ca")
    )


def test_a_joint_award_counts_once_and_its_shares_come_out_of_it() -> None:
    award = GrantAward.edition.get(award_id="2008-DJ-BX-0222")
    shares = dict(award.shares.values_list("jurisdiction__slug", "amount"))
    assert shares == {"chicago-il": Decimal(1_106_707), "cook-county-il": None}
    joint = AwardShare.edition.values("award").distinct()
    assert slugs(GrantAward.edition.filter(pk__in=joint)) == [
        f"{year}-jag-chicago-il" for year in (2008, 2009, 2023, 2024)
    ]


def test_everything_public_names_its_source_and_every_source_is_public() -> None:
    for model in (Policy, LetterBatch, Letter, GrantAward, Lawsuit, FederalAction, Designation, Statement):
        assert not model.edition.filter(citations=None).exists()
    assert Source.edition.count() == 158
    assert slugs(Source.edition.filter(citing=None)) == ["advocate-2017-03", "usgeo"]
    assert Citation.edition.filter(stance="contradicts").count() == 15


def test_the_public_texts_are_in_american_spelling() -> None:
    words = ("honour", "programme", "wilful", "centre", "judgement", "offence")
    texts = [
        str(value)
        for model in (Policy, LetterBatch, Letter, GrantAward, Lawsuit, FederalAction, Designation, Statement)
        for row in model.edition.values(*(field for field in model.PUBLIC_FIELDS if field != "award_id_normalised"))
        for value in row.values()
    ]
    assert [text for text in texts for word in words if word in text.lower()] == []


OVERDUE = ["california", "chicago-il", "new-orleans-la", "new-york-city-ny", "philadelphia-pa"]


def test_five_of_the_nine_letters_were_overdue_on_1_july_2017() -> None:
    letters = Letter.edition.filter(batch__slug="2017-04-21")
    assert slugs(letters.overdue(date(2017, 7, 1))) == [f"2017-04-21-{slug}" for slug in OVERDUE]
    assert not letters.overdue(date(2017, 6, 30)).exists()
    assert slugs(letters.overdue(date(2017, 10, 11))) == ["2017-04-21-california"]


def test_a_clearance_letter_asks_for_nothing_and_is_cleared_from_its_own_day() -> None:
    cleared = Letter.edition.filter(batch=None).standing_in(["cleared"], date(2017, 12, 1))
    assert slugs(cleared) == [
        "2017-08-03-clark-county-nv",
        "2017-08-04-miami-dade-county-fl",
        "2017-10-11-connecticut",
        "2017-10-11-milwaukee-county-wi",
        "2017-11-17-new-orleans-la",
    ]
    assert {letter.due_on for letter in cleared} == {""}


def test_the_standings_of_the_nine_on_1_december_2017() -> None:
    letters = Letter.edition.filter(batch__slug="2017-04-21").with_standing(date(2017, 12, 1))
    assert Counter(letter.standing for letter in letters) == {"adverse": 4, "cleared": 4, "overdue": 1}


def test_the_mailings_have_the_letters_that_the_sender_says() -> None:
    counts = {batch.slug: (batch.count_claimed, batch.letters.count()) for batch in LetterBatch.edition.all()}
    assert counts == {
        "2017-04-21": (9, 9), "2017-08-03-psp": (4, 4), "2017-10-11": (5, 5), "2017-11-15": (29, 29),
        "2018-01-24": (23, 23), "2025-08-13": (32, 2),
    }  # fmt: skip


def test_the_letters_to_illinois() -> None:
    assert slugs(Letter.edition.in_state("IL")) == [
        "2017-04-21-chicago-il", "2017-04-21-cook-county-il", "2017-10-11-chicago-il", "2017-10-11-cook-county-il",
        "2017-11-15-illinois", "2018-01-24-chicago-il", "2018-01-24-cook-county-il", "2018-01-24-illinois",
    ]  # fmt: skip


def test_the_letters_to_california_and_nevada_since_2017() -> None:
    letters = Letter.edition.in_state("CA", "NV").filter(sent_on__gte="2017-01-01")
    assert Counter(letters.values_list("state", flat=True)) == {"CA": 25, "NV": 2}


def test_one_policy_was_in_force_in_pennsylvania_on_21_april_2017() -> None:
    on = date(2017, 4, 21)
    assert slugs(Policy.edition.in_state("PA").in_force(on)) == ["executive-order-5-16-philadelphia-pa"]


def test_chicagos_ordinance_counts_as_in_force_once_a_source_shows_it() -> None:
    chicago = Policy.edition.filter(slug="welcoming-city-ordinance-chicago-il")
    assert [chicago.in_force(date(year, 4, 21)).exists() for year in (2012, 2016, 2017, 2025)] == [
        False,
        False,
        True,
        True,
    ]


def test_the_jag_awards_of_2016_above_half_a_million() -> None:
    awards = GrantAward.edition.filter(program__assistance_listing="16.738", fiscal_year=2016, amount__gte=500_000)
    assert slugs(awards) == ["2016-jag-clark-county-nv", "2016-jag-milwaukee-county-wi", "2016-jag-philadelphia-pa"]


def test_the_letters_cite_the_two_awards_whose_numbers_are_known() -> None:
    cited = Letter.edition.exclude(cited_awards=None).values_list("slug", "cited_awards__award_id")
    assert set(cited) == {
        ("2017-04-21-miami-dade-county-fl", "2016-DJ-BX-0578"),
        ("2017-08-04-miami-dade-county-fl", "2016-DJ-BX-0578"),
        ("2017-11-15-louisville-ky", "2016-DJ-BX-0217"),
        ("2018-01-24-louisville-ky", "2016-DJ-BX-0217"),
    }


def test_the_oregon_figure_that_looks_wrong_is_no_public_dollar() -> None:
    assert GrantAward.objects.get(state="OR").status == Status.DRAFT
    assert not GrantAward.edition.filter(state="OR").exists()
