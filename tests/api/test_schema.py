"""The OpenAPI description is true: whatever it allows is answered as it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.openapi import record_name
from config.release import RELEASE
from config.wsgi import application
from public.nouns import NOUNS
from public.summaries import DIMENSIONS
from tests.conftest import BOTH_DATABASES
from tests.seeds.conftest import all_seeds, seed_record, seeds  # noqa: F401  # The seed record makes the answers long.

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

pytestmark = [pytest.mark.django_db(databases=BOTH_DATABASES), pytest.mark.usefixtures("seed_record")]


ADDRESSES = [
    *(f"{noun}{rest}" for noun in NOUNS for rest in ("/", ".csv", "/{slug}/")),
    *(f"summaries/{noun}/" for noun in DIMENSIONS),
    "",
    "search/",
    "changes/",
    "changes/{id}/",
]


HEADERS = {"Host": "testserver", "Accept-Encoding": "identity"}
"""Of a client that unpacks nothing, as schemathesis is where it asks the application itself."""


@pytest.fixture(scope="module")
def description() -> Iterator[Any]:
    """The description as the server gives it, for as long as requests leave the tests' connections open."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("address", ADDRESSES)
def test_answers_are_as_described_whatever_the_description_allows(address: str, description: Any) -> None:
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=description[f"/api/v1/{address}"]["GET"].as_strategy())
    def ask(case: Any) -> None:
        case.call_and_validate(headers=HEADERS, checks=CHECKS)

    ask()


@pytest.mark.parametrize("noun", NOUNS)
def test_records_are_as_described(noun: str, description: Any) -> None:
    def ask(address: str, **values: Any) -> Any:
        case = description[f"/api/v1/{address}"]["GET"].Case(**values)
        response = case.call_and_validate(headers=HEADERS, checks=CHECKS)
        assert response.status_code == 200
        return response.json()

    results = ask(f"{noun}/", query={"page_size": 100})["results"]
    assert results
    for result in results[:20]:
        ask(f"{noun}/{{slug}}/", path_parameters={"slug": result["slug"]})


def test_no_address_is_left_out(description: Any) -> None:
    assert set(description) == {f"/api/v1/{address}" for address in ADDRESSES}


def test_every_address_and_every_noun_is_described(visitor: Client) -> None:
    content = visitor.get("/api/v1/schema/").json()
    assert content["openapi"].startswith("3.1")
    for name, noun in NOUNS.items():
        assert {f"/api/v1/{name}/", f"/api/v1/{name}.csv", f"/api/v1/{name}/{{slug}}/"} <= set(content["paths"])
        assert record_name(noun, detail=True) in content["components"]["schemas"]


def test_the_description_names_the_version_and_both_licences(visitor: Client) -> None:
    info = visitor.get("/api/v1/schema/").json()["info"]
    assert info["version"] == RELEASE.version
    assert info["license"] == {"name": RELEASE.code.name, "identifier": RELEASE.code.spdx}
    assert info["x-data-license"] == {
        "name": RELEASE.data.name,
        "identifier": RELEASE.data.spdx,
        "url": RELEASE.data.url,
    }
    assert f"{RELEASE.data} {RELEASE.code}" in info["description"]


def test_every_filter_is_described_in_words(visitor: Client) -> None:
    parameters = visitor.get("/api/v1/schema/").json()["components"]["parameters"]
    for name, noun in NOUNS.items():
        for filter_name in noun.filterset.base_filters:
            assert parameters[f"{name}.{filter_name}"]["description"].endswith(".")


def test_documentation_page_has_no_inline_script_or_style(visitor: Client) -> None:
    page = visitor.get("/api/v1/docs/").content.decode()
    assert "<style" not in page
    assert "<script>" not in page
    assert visitor.get("/api/v1/docs/?script=").headers["Content-Type"].startswith("application/javascript")
