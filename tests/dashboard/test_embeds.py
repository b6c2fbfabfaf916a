"""Embeds: what may stand in other people's pages, what may not, and how they learn of it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from dashboard.charts.of_lists import CHARTS
from public.nouns import NOUNS
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.dashboard.conftest import Read
from tests.surfaces import public_addresses
from tracker.models import Letter

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

EMBEDS = ["/embed/map/", *(f"/embed/{noun}/" for noun in NOUNS), *(f"/embed/{noun}/chart/" for noun in CHARTS)]


def may_be_framed(response: Any) -> bool:
    framable = "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert framable == ("X-Frame-Options" not in response.headers)
    return framable


def test_embeds_and_nothing_else_may_be_framed(published_letter: Letter, client: Client) -> None:
    framable = set()
    for address in public_addresses(dict.fromkeys(NOUNS, "none")):
        response = client.get(address)
        if may_be_framed(response):
            framable.add(address)
    assert framable == set(EMBEDS)


@pytest.fixture(scope="class")
def one_of_each(publish_kept: Publish) -> None:
    """One public record of every noun."""
    publish_kept(*(make() for make in factories.MAKERS.values()))


@pytest.mark.usefixtures("one_of_each")
class TestEmbedsOfEveryNoun:
    @pytest.mark.parametrize("address", EMBEDS)
    def test_an_embed_says_where_it_is_from_and_sets_no_cookie(self, address: str, visitor: Client) -> None:
        response = visitor.get(address)
        html = response.content.decode()
        page = "/?map=letters" if "map" in address else f"/{address.split('/')[2]}/"
        assert f'From the <a href="{page}">Policy Tracker</a>' in html
        assert '<base target="_blank">' in html
        assert not response.cookies
        assert "cookie" not in response.headers.get("Vary", "").lower()


def test_an_embed_takes_the_parameters_of_its_list_and_leads_to_the_same_rows(
    published_letter: Letter, other_state_letter: Letter, read: Read
) -> None:
    page = read("/embed/letters/", state="IL")
    assert page.rows == ["State of Illinois"]
    assert "Letters, State: Illinois" in page.words
    assert "/letters/?state=IL" in page.links
    assert "1 of 2 letters" in read("/embed/letters/", page_size="1").words
    assert "Letters, State: Illinois" in read("/embed/letters/chart/", state="IL").words


@pytest.mark.parametrize(
    "address", ["/embed/letters/?stat=IL", "/embed/letters/chart/?page_size=1", "/embed/map/?map=x"]
)
def test_a_wrong_parameter_is_named_inside_the_frame(address: str, client: Client) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert may_be_framed(response)
    assert "This cannot be shown" in response.content.decode()


@pytest.mark.parametrize(("address", "embed"), [("/", "/embed/map/?map=letters"), ("/letters/?state=IL", None)])
def test_programs_discover_the_embed_of_a_page(
    address: str, embed: str | None, published_letter: Letter, client: Client
) -> None:
    page = client.get(address).content.decode()
    (found,) = re.findall(r'type="application/json\+oembed" href="([^"]+)"', page)
    told = client.get(unescape(found)).json()
    assert (told["version"], told["type"], told["width"], told["height"]) == ("1.0", "rich", 720, 560)
    assert f'src="http://testserver{embed or "/embed/letters/chart/?state=IL"}"' in told["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"url": "http://elsewhere.example/letters/"}, 404),
        ({"url": "http://testserver/letters/2017-04-21-illinois/"}, 404),
        ({"url": "http://testserver/letters/", "format": "xml"}, 501),
        ({"url": "http://testserver/letters/", "maxwidth": "0"}, 400),
        ({}, 400),
    ],
)
def test_oembed_refuses_what_it_cannot_give(query: dict[str, str], status: int, client: Client) -> None:
    assert client.get("/oembed/", query).status_code == status


def test_oembed_keeps_to_the_room_there_is(client: Client) -> None:
    query = {"url": "http://testserver/letters/", "maxwidth": "300", "maxheight": "200"}
    told = client.get("/oembed/", query).json()
    assert (told["width"], told["height"]) == (300, 200)


def test_a_list_offers_the_lines_to_copy(published_letter: Letter, client: Client, read: Read) -> None:
    (panel,) = [link for link in read("/letters/", state="IL").links if link.startswith("/data/embed/")]
    html = unescape(client.get(panel).content.decode())
    assert '<iframe src="http://testserver/embed/letters/?state=IL"' in html
    assert '<script src="http://testserver/static/dashboard/embed-host.js" async></script>' in html
    assert "Nothing of this page" in read("/data/embed/", url="/about/").words
