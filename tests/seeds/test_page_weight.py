"""What a reader downloads to see the first page and each list of the seed record, compressed as it is served."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from tests.conftest import BOTH_DATABASES
from tests.front import ask, front

pytestmark = [pytest.mark.django_db(databases=BOTH_DATABASES), pytest.mark.usefixtures("seed_record")]

HOME, LIST = 200_000, 120_000
"""The most bytes of a page with everything that it needs."""

NEEDED = {"stylesheet", "icon", "preload"}
"""Of what a page links to in its head, what a browser fetches with it."""

IN_CSS = re.compile(r"""url\(\s*["']?(?!data:)([^"')]+)|@import\s+["']([^"']+)""")


class Needed(HTMLParser):
    """Gathers the addresses of the files that a browser fetches with a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what this tag makes a browser fetch."""
        values = dict(attrs)
        if tag == "link" and NEEDED & set((values["rel"] or "").split()):
            self.addresses.add(values["href"] or "")
        elif tag in {"script", "img", "iframe", "embed", "source", "video", "audio"} and values.get("src"):
            self.addresses.add(values["src"] or "")


def with_what_it_needs(address: str) -> dict[str, bytes]:
    """A static file by its address, and the files that it asks for in turn when it is a stylesheet."""
    found = finders.find(address.removeprefix(f"/{settings.STATIC_URL.strip('/')}/"))
    assert found, f"{address} is no static file of ours, so nobody knows what it weighs."
    content = Path(found).read_bytes()
    files = {address: content}
    if address.endswith(".css"):
        for match in IN_CSS.finditer(content.decode()):
            files |= with_what_it_needs(urljoin(address, match[1] or match[2]))
    return files


def packed(name: str, content: bytes) -> bytes:
    """A static file as it is sent to a browser without Brotli."""
    return content if name.endswith((".png", ".woff2")) else gzip.compress(content)


def weights(client: Client, address: str) -> dict[str, int]:
    """The bytes of a page and of each file that it needs, as they are sent."""
    sent = ask(front(), address, accept_encoding="gzip")
    assert sent["Content-Encoding"] == "gzip"
    needed = Needed()
    needed.feed(client.get(address).content.decode())
    files = {name: content for each in needed.addresses for name, content in with_what_it_needs(each).items()}
    return {address: len(sent.body), **{name: len(packed(name, content)) for name, content in files.items()}}


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", HOME),
        ("/letters/", LIST),
        ("/policies/", LIST),
        ("/grants/", LIST),
        ("/lawsuits/", LIST),
        ("/federal-actions/", LIST),
        ("/jurisdictions/", LIST),
        ("/statements/", LIST),
    ],
)
def test_a_page_with_all_its_files_and_fonts_is_light(address: str, most: int, client: Client) -> None:
    sizes = weights(client, address)
    assert any(name.endswith(".woff2") for name in sizes)
    assert sum(sizes.values()) <= most, sorted(sizes.items(), key=lambda each: each[1], reverse=True)
