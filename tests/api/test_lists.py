"""Lists: every noun has one, it is filtered, ordered and paged, and asks no more of the database when it is longer."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from public.nouns import NOUNS
from tests import factories
from tests.api.conftest import Ask, counted_queries, slugs
from tests.conftest import BOTH_DATABASES, Publish
from tracker.models import Letter

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


@pytest.mark.parametrize("noun", NOUNS)
def test_list_asks_a_constant_number_of_queries_of_the_edition_and_none_of_the_record(
    noun: str, publish: Publish, visitor: Client
) -> None:
    def asked() -> Any:
        with counted_queries() as queries:
            assert visitor.get(f"/api/v1/{noun}/").json()["results"]
        return queries

    publish(*(factories.MAKERS[noun]() for _ in range(3)))
    few = asked()
    publish(*(factories.MAKERS[noun]() for _ in range(9)))
    many = asked()
    assert len(many.edition) == len(few.edition) <= 8
    assert many.record == []


@pytest.mark.parametrize("noun", NOUNS)
def test_record_in_a_list_carries_its_declared_fields_in_order(noun: str, publish: Publish, ask: Ask) -> None:
    published = factories.MAKERS[noun]()
    publish(published)
    [result] = [each for each in ask(f"{noun}/")["results"] if each["slug"] == published.slug]
    expected = ["slug", "url", "api_url"]
    for public in NOUNS[noun].fields:
        expected += [public.key, f"{public.key}_label"] if public.choices else [public.key]
    expected += ["disputed"] if NOUNS[noun].cited else []
    assert list(result) == [*expected, "revision", "published_at", "updated_at"]
    assert result["url"] == f"http://testserver/{noun}/{published.slug}/"
    assert result["api_url"] == f"http://testserver/api/v1/{noun}/{published.slug}/"


def test_draft_is_in_no_list(published_letter: Letter, draft_letter: Letter, ask: Ask) -> None:
    assert slugs(ask("letters/")) == ["2017-04-21-illinois"]


def test_state_filter_gives_the_letters_of_one_state(
    published_letter: Letter, other_state_letter: Letter, ask: Ask
) -> None:
    assert slugs(ask("letters/", state="IL")) == ["2017-04-21-illinois"]
    assert slugs(ask("letters/", state="CA")) == ["2017-11-15-california"]
    assert slugs(ask("letters/", state="CA,IL")) == ["2017-11-15-california", "2017-04-21-illinois"]


def test_letter_names_its_jurisdiction_with_state_and_geoid(published_letter: Letter, ask: Ask) -> None:
    [letter] = ask("letters/")["results"]
    place = letter["jurisdiction"]
    assert {key: place[key] for key in ("slug", "name", "kind", "state", "geoid")} == {
        "slug": "illinois",
        "name": "Illinois",
        "kind": "state",
        "state": "IL",
        "geoid": "",
    }
    assert letter["state"], letter["state_label"] == ("IL", "Illinois")


def test_standing_is_that_of_the_day_asked_about(published_letter: Letter, ask: Ask) -> None:
    def standing(on: str) -> list[str]:
        return [letter["standing"] for letter in ask("letters/", on=on)["results"]]

    assert standing("2017-06-30") == ["due"]
    assert standing("2017-07-01") == ["overdue"]
    assert standing("2017-04-20") == []


def test_overdue_letters_are_selected_by_standing_and_day(
    published_letter: Letter, other_state_letter: Letter, ask: Ask
) -> None:
    assert slugs(ask("letters/", standing="overdue", on="2018-01-01")) == ["2017-04-21-illinois"]
    assert slugs(ask("letters/", standing="awaiting,overdue", on="2018-01-01")) == [
        "2017-11-15-california",
        "2017-04-21-illinois",
    ]


def test_pages_meet_without_gap_or_overlap_both_ways(publish: Publish, ask: Ask, visitor: Client) -> None:
    publish(*(factories.letter(sent_on="2017-04-21", recipient_as_written=f"R{number % 3}") for number in range(7)))
    whole = slugs(ask("letters/"))
    first = ask("letters/", page_size=3)
    second = visitor.get(first["next"]).json()
    third = visitor.get(second["next"]).json()
    assert slugs(first) + slugs(second) + slugs(third) == whole
    assert [page["count"] for page in (first, second, third)] == [7, 7, 7]
    assert (first["previous"], third["next"]) == (None, None)
    assert slugs(visitor.get(third["previous"]).json()) == slugs(second)
    again = visitor.get(visitor.get(third["previous"]).json()["previous"]).json()
    assert (slugs(again), again["previous"]) == (slugs(first), None)


def test_pages_keep_their_place_when_an_earlier_one_is_published(publish: Publish, ask: Ask, visitor: Client) -> None:
    publish(*(factories.letter(sent_on=f"2017-04-{day}") for day in (10, 11, 12, 13)))
    first = ask("letters/", page_size=2)
    publish(factories.letter(slug="later", sent_on="2017-05-01"))
    rest = visitor.get(first["next"]).json()
    assert [letter["sent_on"] for letter in rest["results"]] == ["2017-04-11", "2017-04-10"]
    assert rest["count"] == 5


def test_fields_limits_the_keys_of_each_record(published_letter: Letter, ask: Ask) -> None:
    assert ask("letters/", fields="state,slug")["results"] == [{"slug": "2017-04-21-illinois", "state": "IL"}]


@pytest.mark.parametrize("ordering", ["sent_on", "-sent_on", "recipient_as_written,-sent_on", "due_on", "-state"])
def test_reversed_ordering_is_the_exact_reverse(ordering: str, publish: Publish, ask: Ask) -> None:
    publish(*(factories.letter(sent_on=f"2017-0{month}-01", recipient_as_written="R") for month in (3, 4, 4, 5)))
    reverse = ",".join(name.lstrip("-") if name.startswith("-") else f"-{name}" for name in ordering.split(","))
    assert slugs(ask("letters/", ordering=ordering)) == slugs(ask("letters/", ordering=reverse))[::-1]


def test_unknown_dates_come_last_in_either_direction(publish: Publish, ask: Ask) -> None:
    publish(factories.policy(slug="undated", adopted_on=""), factories.policy(slug="dated", adopted_on="2014"))
    assert slugs(ask("policies/", ordering="adopted_on")) == ["dated", "undated"]
    assert slugs(ask("policies/", ordering="-adopted_on")) == ["dated", "undated"]


def test_index_lists_an_address_for_every_noun(ask: Ask, visitor: Client) -> None:
    records = ask("")["records"]
    assert list(records) == list(NOUNS)
    assert {visitor.get(address).status_code for address in records.values()} == {200}
