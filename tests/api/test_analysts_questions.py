"""What analysts ask, answered from the seed record. Each answer was read off its tables by hand."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.api.conftest import Ask, slugs
from tests.conftest import BOTH_DATABASES
from tests.seeds.conftest import all_seeds, seed_record, seeds  # noqa: F401  # The record that the questions are about.

pytestmark = [pytest.mark.django_db(databases=BOTH_DATABASES), pytest.mark.usefixtures("seed_record")]


def test_which_letters_went_to_illinois(ask: Ask) -> None:
    answer = ask("letters/", state="IL")
    assert sorted(slugs(answer)) == sorted(
        [
            "2017-04-21-chicago-il",
            "2017-04-21-cook-county-il",
            "2017-10-11-chicago-il",
            "2017-10-11-cook-county-il",
            "2017-11-15-illinois",
            "2018-01-24-chicago-il",
            "2018-01-24-cook-county-il",
            "2018-01-24-illinois",
        ]
    )
    assert {letter["state"] for letter in answer["results"]} == {"IL"}


def test_which_letters_of_april_2017_were_overdue_on_1_july(ask: Ask) -> None:
    answer = ask("letters/", batch="2017-04-21", standing="overdue", on="2017-07-01")
    assert sorted(slugs(answer)) == [
        "2017-04-21-california",
        "2017-04-21-chicago-il",
        "2017-04-21-new-orleans-la",
        "2017-04-21-new-york-city-ny",
        "2017-04-21-philadelphia-pa",
    ]
    assert {letter["due_on"] for letter in answer["results"]} == {"2017-06-30"}


def test_which_letters_went_to_california_and_nevada_since_2017_as_a_table(visitor: Client, ask: Ask) -> None:
    response: Any = visitor.get("/api/v1/letters/?state=CA,NV&sent_after=2017-01-01&format=csv")
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 27
    assert {row["state"] for row in rows} == {"CA", "NV"}
    assert min(row["sent_on"] for row in rows) >= "2017-01-01"
    assert [row["slug"] for row in rows] == slugs(
        ask("letters/", state="CA,NV", sent_after="2017-01-01", page_size=100)
    )


def test_which_policies_were_in_force_in_pennsylvania_that_day(ask: Ask) -> None:
    answer = ask("policies/", in_force_on="2017-04-21", state="PA")
    assert slugs(answer) == ["executive-order-5-16-philadelphia-pa"]


def test_which_byrne_jag_grants_of_2016_were_half_a_million_or_more(ask: Ask) -> None:
    answer = ask("grants/", program="16.738", fiscal_year=2016, amount_min=500000)
    assert {grant["slug"]: grant["amount"] for grant in answer["results"]} == {
        "2016-jag-clark-county-nv": "975604.00",
        "2016-jag-milwaukee-county-wi": "937000.00",
        "2016-jag-philadelphia-pa": "1680000.00",
    }


def test_who_designated_san_francisco_as_what(ask: Ask) -> None:
    """The list of 5 August 2025 names it twice, as a county and as a city; either address finds both."""
    both = ["2025-08-05-list-san-francisco-ca", "2025-08-05-list-san-francisco-county-ca"]
    for jurisdiction in ("san-francisco-ca", "san-francisco-county-ca"):
        designations = ask("designations/", jurisdiction=jurisdiction)["results"]
        assert sorted(designation["slug"] for designation in designations) == both
        assert {designation["federal_action"]["slug"] for designation in designations} == {"doj-list-2025-08-05"}


def test_how_many_dollars_went_to_each_state_without_counting_one_twice(ask: Ask) -> None:
    summary = ask("summaries/grants/", by="state")
    by_state = {row["state"]: row for row in summary["results"]}
    # Louisville's award of 2016 has no amount; its allocation of 2017 stands alone.
    assert by_state["KY"]["amount"] == "587515.00"
    # Miami's award of 2017 and Miami-Dade's allocation of that year are different recipients'.
    assert by_state["FL"]["amount"] == "2618643.00"
    # The county's subgrant pools are part of other awards.
    assert by_state["IL"]["amount_by_kind"]["subgrant_pool"] == "672501.00"
    assert by_state["IL"]["amount"] == "33525587.00"
    assert sum(Decimal(row["amount"]) for row in summary["results"]) == Decimal(summary["total"]["amount"])


def test_sums_by_state_follow_from_the_list_by_the_rule(ask: Ask) -> None:
    grants = ask("grants/", page_size=100)["results"]
    awards = {
        (grant["jurisdiction"]["slug"], grant["program"]["slug"], grant["fiscal_year"])
        for grant in grants
        if grant["amount_kind"] in {"award", "approximate"} and grant["amount"]
    }
    for grant in grants:
        if grant["amount_kind"] in {"award", "approximate"} and grant["amount"]:
            for share in ask(f"grants/{grant['slug']}/")["shares"]:
                awards.add((share["jurisdiction"]["slug"], grant["program"]["slug"], grant["fiscal_year"]))
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for grant in grants:
        key = (grant["jurisdiction"]["slug"], grant["program"]["slug"], grant["fiscal_year"])
        if grant["amount_kind"] == "subgrant_pool" or (grant["amount_kind"] == "allocation" and key in awards):
            continue
        sums[grant["state"]] += Decimal(grant["amount"] or 0)
    told = {row["state"]: Decimal(row["amount"]) for row in ask("summaries/grants/", by="state")["results"]}
    assert told == sums


def test_what_does_a_misspelt_parameter_mean(ask: Ask) -> None:
    [error] = ask("letters/", status=400, stat="IL")["errors"]
    assert (error["parameter"], error["did_you_mean"]) == ("stat", "state")
