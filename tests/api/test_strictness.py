"""Nothing is ignored and nothing guessed: whatever the API does not obey it refuses by name, with the right one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from public.nouns import NOUNS
from tests.api.conftest import Ask, slugs
from tests.conftest import BOTH_DATABASES
from tracker.models import Letter

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

LISTS = [f"{noun}/" for noun in NOUNS] + [f"{noun}.csv" for noun in NOUNS]
SUMS = [f"summaries/{noun}/" for noun in ("letters", "policies", "grants")]
ACROSS = ["", "search/?q=letter", *SUMS, "changes/", "schema/", "docs/"]


def errors(answer: Any) -> dict[str, Any]:
    return {error["parameter"]: error["did_you_mean"] for error in answer["errors"]}


@pytest.mark.parametrize("address", [*LISTS, *ACROSS, "letters/2017-04-21-illinois/", "changes/1/"])
def test_unknown_parameter_is_refused_everywhere(address: str, published_letter: Letter, visitor: Client) -> None:
    response = visitor.get(f"/api/v1/{address}{'&' if '?' in address else '?'}unheard=of")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert errors(response.json()) == {"unheard": None}


def test_misspelt_parameter_is_answered_with_the_right_one(ask: Ask) -> None:
    answer = ask("letters/", status=400, stat="IL")
    assert errors(answer) == {"stat": "state"}
    assert answer["errors"][0]["detail"] == "There is no such parameter. Did you mean state?"


@pytest.mark.parametrize(
    ("address", "params", "nearest"),
    [
        ("letters/", {"state": "il"}, "IL"),
        ("letters/", {"state": "Illinois"}, "IL"),
        ("letters/", {"state": "IL,XX"}, None),
        ("letters/", {"state": "IL,,CA"}, None),
        ("letters/", {"standing": "overdu"}, "overdue"),
        ("letters/", {"jurisdiction": "ilinois"}, "illinois"),
        ("letters/", {"sent_after": "yesterday"}, None),
        ("letters/", {"sent_before": "2017-02-30"}, None),
        ("letters/", {"on": "2017"}, None),
        ("letters/", {"page_size": "101"}, None),
        ("letters/", {"page_size": "0"}, None),
        ("letters/", {"ordering": "sent"}, "sent_on"),
        ("letters/", {"fields": "sluq"}, "slug"),
        ("letters/", {"format": "cvs"}, "csv"),
        ("letters/", {"cursor": "abc"}, None),
        ("letters/", {"q": "-illinois"}, None),
        ("letters/", {"q": "a\x00b"}, None),
        ("letters/", {"jurisdiction": "a\x00b"}, None),
        ("lawsuits/", {"party": "a\x00b"}, None),
        ("letters/", {"format": "csv", "page_size": "10"}, None),
        ("letters.csv", {"format": "json"}, "csv"),
        ("grants/", {"fiscal_year": "16"}, None),
        ("grants/", {"amount_min": "-1"}, None),
        ("grants/", {"amount_max": "NaN"}, None),
        *(
            ("grants/", {"subaward_count_min": wrong}, None)
            for wrong in ("many", "-1", "+1", "1.0", "1_000", "\u0661", "2147483648", "9" * 5000)
        ),
        ("policies/", {"answer": "no"}, None),
        ("search/", {"q": ""}, None),
        ("search/", {"q": "letter", "noun": "leters"}, "letters"),
        ("summaries/letters/", {"by": "stat"}, "state"),
        ("changes/", {"since": "x"}, None),
        ("changes/", {"noun": "leter"}, "letters"),
        ("letters/2017-04-21-illinois/", {"fields": "evnts"}, "events"),
    ],
)
def test_wrong_value_is_refused_by_name(
    address: str, params: dict[str, str], nearest: str | None, published_letter: Letter, ask: Ask
) -> None:
    refused = errors(ask(address, status=400, **params))
    assert refused in ({name: nearest} for name in params)


def test_every_wrong_parameter_is_named_at_once(ask: Ask) -> None:
    answer = ask("letters/", status=400, stat="IL", state="XX", sent_after="x", page_size="1000")
    assert set(errors(answer)) == {"stat", "state", "sent_after", "page_size"}


def test_repeated_parameter_adds_to_a_list_and_is_refused_where_there_is_one_value(
    published_letter: Letter, other_state_letter: Letter, visitor: Client
) -> None:
    both = visitor.get("/api/v1/letters/?state=CA&state=IL").json()
    assert slugs(both) == ["2017-11-15-california", "2017-04-21-illinois"]
    twice = visitor.get("/api/v1/letters/?sent_after=2017&sent_after=2016")
    assert (twice.status_code, errors(twice.json())) == (400, {"sent_after": None})


def test_empty_parameter_counts_as_not_given(published_letter: Letter, ask: Ask) -> None:
    assert slugs(ask("letters/", state="", q=" ", sent_after="", ordering="")) == ["2017-04-21-illinois"]


def test_cursor_of_another_question_is_refused(published_letter: Letter, other_state_letter: Letter, ask: Ask) -> None:
    cursor = ask("letters/", page_size=1)["next"].split("cursor=")[1]
    assert errors(ask("letters/", status=400, state="IL", cursor=cursor)) == {"cursor": None}
    assert errors(ask("letters/", status=400, ordering="sent_on", cursor=cursor)) == {"cursor": None}
    assert errors(ask("letters/", status=400, cursor=f"{cursor}x")) == {"cursor": None}
