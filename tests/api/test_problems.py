"""Whatever goes wrong under /api/ is told as application/problem+json."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nouns.databases import PUBLISHED
from tests.conftest import BOTH_DATABASES
from tracker.models import Letter

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


def problem_of(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    content: dict[str, Any] = response.json()
    assert content["status"] == status
    return content


@pytest.mark.parametrize(
    "address", ["nothing/", "nothing", "letters/a/b/", "letters/%00/", "changes/99999999999999999999/", "x.csv"]
)
def test_address_that_leads_nowhere_is_not_found(address: str, visitor: Client) -> None:
    assert problem_of(visitor.get(f"/api/v1/{address}"), 404)["title"] == "Not Found"


def test_address_outside_the_version_is_not_found(visitor: Client) -> None:
    problem_of(visitor.get("/api/v2/letters/"), 404)


def test_missing_slash_leads_to_the_address_with_its_parameters(visitor: Client) -> None:
    response = visitor.get("/api/v1/letters?state=IL")
    assert (response.status_code, response.headers["Location"]) == (301, "/api/v1/letters/?state=IL")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    "address", ["letters/", "letters/x/", "letters.csv", "search/", "changes/", "schema/", "docs/", ""]
)
def test_writing_is_not_allowed(method: str, address: str, visitor: Client) -> None:
    response = getattr(visitor, method)(f"/api/v1/{address}", data="{}", content_type="application/json")
    problem_of(response, 405)
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_media_type_that_the_api_does_not_have_is_not_acceptable(visitor: Client) -> None:
    problem_of(visitor.get("/api/v1/letters/", headers={"Accept": "application/xml"}), 406)


def test_fault_of_ours_is_told_without_its_details(published_letter: Letter) -> None:
    def fail(*_: Any) -> Any:
        raise RuntimeError("a secret of ours")

    visitor = Client(raise_request_exception=False)
    with connections[PUBLISHED].execute_wrapper(fail):
        response = visitor.get("/api/v1/letters/")
    problem_of(response, 500)
    assert b"secret" not in response.content


def test_too_many_parameters_are_refused(visitor: Client) -> None:
    problem_of(visitor.get("/api/v1/letters/?" + "&".join(f"p{number}=1" for number in range(2000))), 400)


PARAMETERS = [
    "q",
    "state",
    "jurisdiction",
    "sent_after",
    "on",
    "page_size",
    "cursor",
    "ordering",
    "fields",
    "batch",
    "standing",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(params=st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=40), max_size=3))
def test_no_parameters_make_a_server_error(params: dict[str, str], visitor: Client) -> None:
    assert visitor.get("/api/v1/letters/", params).status_code in {200, 400}
