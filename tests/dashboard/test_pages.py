"""The other pages: the first one, search, about, data, and those of what is not there or failed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client, RequestFactory

from config.release import RELEASE
from config.urls import server_error
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.dashboard.conftest import Read
from tracker.models import Letter

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


@pytest.fixture
def some_of_each(publish: Publish, published_letter: Letter, other_state_letter: Letter) -> None:
    """Two letters to two states, a policy in force and one that ended, a lawsuit and an award."""
    publish(
        factories.policy(),
        factories.policy(adopted_on="2014-01-01", ended_on="2016-01-04"),
        factories.lawsuit(),
        factories.grant(),
        factories.jurisdiction(),
    )


@time_machine.travel("2017-07-01T12:00:00Z", tick=False)
def test_each_headline_figure_leads_to_as_many_rows_as_it_says(some_of_each: None, read: Read) -> None:
    page = read("/")
    figures = page.html.split('<nav class="figures"')[1].split("</nav>")[0].split("<a ")[1:]
    found = {}
    for figure in figures:
        address = figure.split('href="')[1].split('"')[0]
        number = int(figure.split('class="number">')[1].split("<")[0])
        found[address] = number
        assert len(read(address).rows) == number, address
    assert found == {
        "/letters/": 2,
        "/jurisdictions/?has=letters": 2,
        "/policies/?in_force_on=2017-07-01": 1,
        "/lawsuits/": 1,
        "/grants/": 1,
    }


@time_machine.travel("2017-06-30T12:00:00Z", tick=False)
def test_a_deadline_is_ahead_on_its_day(published_letter: Letter, read: Read) -> None:
    words = read("/").words
    assert "State of Illinois Sent 21 April 2017 30 June 2017 All 1 with a reply due" in words
    assert "No letter on record is past its deadline without a reply." in words


@time_machine.travel("2017-07-01T12:00:00Z", tick=False)
def test_a_deadline_is_missed_on_the_next_day(published_letter: Letter, read: Read) -> None:
    page = read("/")
    assert "No letter on record awaits a reply by a day after 1 July 2017." in page.words
    assert "30 June 2017 All 1 past their deadline" in page.words
    assert read("/letters/?standing=overdue&ordering=-due_on").rows == ["State of Illinois"]


def test_an_empty_record_has_a_first_page(read: Read) -> None:
    page = read("/")
    assert "0" in page.words
    assert "Dataset version 0." in page.html


def test_search_marks_what_it_found_and_narrows_by_a_link(publish: Publish, read: Read) -> None:
    publish(factories.policy(title="Detainer ordinance"), factories.statement(paraphrase="Detainers are discussed."))
    page = read("/search/", q="detainers")
    assert "Everything 2 Policies 1 Statements 1" in page.words
    assert "<mark>" in page.html
    narrowed = read("/search/", q="detainers", noun="policies")
    assert "Detainer ordinance" in narrowed.words
    assert "discussed" not in narrowed.words
    assert '<a href="/search/?q=detainers&amp;noun=policies" aria-current="true">' in narrowed.html


def test_search_without_words_is_an_empty_form(read: Read) -> None:
    assert "Nothing on record" not in read("/search/").words
    assert "cannot be looked for" not in read("/search/?q=").words


def test_search_says_when_nothing_was_found(published_letter: Letter, read: Read) -> None:
    assert "Nothing on record has these words." in read("/search/", q="zzzzqqqq").words


@pytest.mark.parametrize("query", ['"', "-", "-detainer"])
def test_search_refuses_what_names_nothing_to_look_for_and_keeps_it_in_the_box(query: str, read: Read) -> None:
    page = read("/search/", 400, q=query)
    assert "This cannot be looked for." in page.words
    assert 'aria-invalid="true"' in page.html


@pytest.mark.parametrize("address", ["/", "/about/", "/data/", "/search/"])
def test_pages_refuse_what_they_do_not_know(address: str, read: Read) -> None:
    page = read(address, 400, utm="x")
    assert "There is no such parameter." in page.words


def test_the_data_page_names_every_list_and_the_version_to_cite(published_letter: Letter, read: Read) -> None:
    page = read("/data/")
    assert "/api/v1/letters/?format=csv" in page.links
    version = page.response.headers["X-Dataset-Version"]
    assert f"Policy Tracker, dataset version {version}, http://testserver/, read on" in page.words


def test_the_about_page_says_whose_words_and_how_corrections_are_made(read: Read) -> None:
    words = read("/about/").words
    assert "takes no side" in words
    assert "marked either as a correction of our mistake or as a change in the world" in words


@pytest.mark.django_db(databases=[])
def test_the_page_of_a_fault_asks_no_database() -> None:
    response = server_error(RequestFactory().get("/letters/"))
    assert response.status_code == 500
    assert "This page could not be made" in response.content.decode()


def test_an_address_that_leads_nowhere_has_a_page(settings: object, visitor: Client) -> None:
    response = visitor.get("/no/such/page/")
    assert response.status_code == 404
    assert "Nothing is published here" in response.content.decode()


def test_today_is_that_of_the_capital(published_letter: Letter, read: Read) -> None:
    with time_machine.travel("2017-07-01T03:00:00Z", tick=False):
        assert f"{date(2017, 6, 30):%-d %B %Y}" in read("/letters/").words


@pytest.mark.parametrize("page", ["/", "/data/", "/letters/", "/letters/none/", "/letters/?nonsense=1"])
def test_the_foot_of_every_page_names_the_licence_of_the_data_and_what_it_leaves_out(
    page: str, published_letter: Letter, client: Client
) -> None:
    foot = unescape(client.get(page).content.decode().split("<footer")[1])
    assert f'<a rel="license" href="{RELEASE.data.url}">{RELEASE.data.name}</a> for {RELEASE.data.covers}.' in foot


def test_the_page_on_the_data_names_both_licences(client: Client) -> None:
    main = client.get("/data/").content.decode().split("<main")[1].split("<footer")[0]
    for licence in (RELEASE.data, RELEASE.code):
        assert f'<a href="{licence.url}">{licence.name}</a>' in main
    assert f"version {RELEASE.version}" in main


def test_a_page_kept_from_another_release_is_not_used_again(
    published_letter: Letter, client: Client, settings: Any
) -> None:
    tag = client.get("/letters/")["ETag"]
    assert client.get("/letters/", headers={"If-None-Match": tag}).status_code == 304
    settings.RELEASE = replace(RELEASE, version="0.1.1")
    assert client.get("/letters/", headers={"If-None-Match": tag}).status_code == 200
