"""What pages say to machines: schema.org, canonical addresses, cards for shared links, the sitemap and robots.txt."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

import dashboard
from config.release import RELEASE
from dashboard.layout import NAVIGATION
from dashboard.views import crawlers
from public.nouns import NOUNS
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tracker.models import Letter

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

STATIC = Path(dashboard.__file__).parent / "static"


def locations(client: Client, address: str) -> list[str]:
    root = ET.fromstring(client.get(address).content)  # noqa: S314  # Our own answer.
    return [str(entry.text).removeprefix("http://testserver") for entry in root.iter(f"{{{crawlers.NAMESPACE}}}loc")]


def test_the_sitemap_leads_to_every_page_and_to_nothing_unpublished(
    publish: Publish, draft_letter: Letter, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [make() for make in factories.MAKERS.values()] + [factories.letter() for _ in range(2)]
    publish(*made)
    monkeypatch.setattr(crawlers, "MOST", 2)
    pages = [page for part in locations(client, "/sitemap.xml") for page in locations(client, part)]
    assert len(pages) == len(set(pages))
    assert {row.get_absolute_url() for row in made} | {f"/{noun}/" for noun in NOUNS} <= set(pages)
    assert draft_letter.get_absolute_url() not in pages
    assert {client.get(page).status_code for page in pages} == {200}
    assert {client.get(f"/sitemaps/{part}.xml").status_code for part in ("letters-0", "letters-9", "none-1")} == {404}


def test_robots_find_the_sitemap(client: Client) -> None:
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize(
    ("address", "kind"), [("/", "WebSite"), ("/data/", "Dataset"), ("/letters/2017-04-21-illinois/", "BreadcrumbList")]
)
def test_a_page_describes_itself_to_machines(address: str, kind: str, published_letter: Letter, client: Client) -> None:
    html = client.get(address).content.decode()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert json.loads(data)["@type"] == kind
    assert f'<link rel="canonical" href="http://testserver{address}">' in html


def test_the_dataset_names_its_licence_to_machines(client: Client) -> None:
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get("/data/").content.decode())
    described = json.loads(data)
    assert described["license"] == RELEASE.data.url
    page, anchor = described["usageInfo"].split("#")
    assert f'id="{anchor}"' in client.get(page).content.decode()


def test_what_a_record_says_cannot_end_its_description(publish: Publish, client: Client) -> None:
    letter = factories.letter(recipient_as_written="</script><script>alert(1)</script>")
    publish(letter)
    html = client.get(letter.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert json.loads(data)["itemListElement"][2]["name"] == letter.recipient_as_written


def test_the_canonical_address_has_no_parameters_and_a_missing_page_has_none(client: Client) -> None:
    assert 'rel="canonical" href="http://testserver/letters/"' in client.get("/letters/?state=IL").content.decode()
    assert "canonical" not in client.get("/letters/none/").content.decode()


def test_every_section_has_a_card_of_the_size_that_sites_ask_for() -> None:
    for name in ("home", *NAVIGATION):
        picture = (STATIC / "dashboard" / "cards" / f"{name}.png").read_bytes()
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (1200, 630)
        assert len(picture) < 60_000
