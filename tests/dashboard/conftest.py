"""What the tests of the pages share: reading a page as a visitor does, and finding things in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import caches
from django.test import Client
from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage
from pytest_django.live_server_helper import LiveServer


@pytest.fixture(autouse=True)
def _no_kept_counts() -> None:
    """Counts are kept by the edition's last hash; a test that rolls its publications back may meet another's."""
    caches["edition"].clear()


@dataclass(frozen=True)
class Page:
    """A page as it was answered."""

    response: Any

    @property
    def html(self) -> str:
        """The whole markup."""
        text: str = self.response.content.decode()
        return text

    @property
    def words(self) -> str:
        """What a reader reads, with single spaces."""
        body = self.html.split("<main", 1)[1].split("</main>", 1)[0].split(">", 1)[1]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())

    @property
    def links(self) -> list[str]:
        """Every address that the page links to, in order."""
        return [unescape(address) for address in re.findall(r'<a [^>]*?href="([^"]+)"', self.html)]

    @property
    def rows(self) -> list[str]:
        """The names of the rows of the page's own table; a picture above it has its numbers in another."""
        table = self.html.partition('id="rows"')[2]
        return [
            " ".join(re.sub(r"<[^>]+>", "", row).split()) for row in re.findall(r'<th scope="row">(.*?)</th>', table)
        ]


Read = Callable[..., Page]


@pytest.fixture
def visitor() -> Client:
    """Somebody without an account and without a cookie."""
    return Client()


@pytest.fixture
def read(visitor: Client) -> Read:
    """GET an address with parameters, and give the page."""

    def get(address: str, status: int = 200, **params: Any) -> Page:
        response = visitor.get(address, params)
        assert response.status_code == status, response.content.decode()
        return Page(response)

    return get


WIDTHS = DESKTOP, TABLET, PHONE, NARROWEST = 1366, 768, 390, 320

Open = Callable[..., Any]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Open:
    """Opens a page of a new visitor: its width, whether scripts run, and the colour scheme."""

    @contextmanager
    def opened(width: int, *, scripts: bool = True, scheme: Any = "light") -> Iterator[BrowserPage]:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            color_scheme=scheme,
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        yield page
        context.close()

    return opened


def every_width(page: BrowserPage, widths: Iterable[int] = WIDTHS) -> Iterator[int]:
    """The page at each width in turn."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        yield width


def press_until_focused(page: BrowserPage, element: Any) -> None:
    """Go on with the tabulator until this has the focus, as a reader without a mouse does."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if element.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"The keyboard never reached {element}.")


def open_whole(page: BrowserPage, address: str) -> None:
    """Go to an address and open whatever is folded there."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")


AXE: dict[str, Any] = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""Every rule is run, with that of WCAG 2.2 which axe leaves out unless asked; of what passes, axe tells one element
instead of all, which is most of its time."""
AXE_ON_COLOURS = {**AXE, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules whose answer can change with the colour scheme."""


def axe_findings(page: BrowserPage, addresses: Iterable[str]) -> list[tuple[str, str, str, str]]:
    """What axe finds on these pages with everything open: address, light or dark, rule and the first element."""
    findings = []
    for address in addresses:
        page.emulate_media(color_scheme="light", reduced_motion="reduce")  # A colour that still fades is neither.
        open_whole(page, address)
        findings += [(address, "light", *found) for found in _violations(page, AXE)]
        page.emulate_media(color_scheme="dark")
        findings += [(address, "dark", *found) for found in _violations(page, AXE_ON_COLOURS)]
    return findings


def _violations(page: BrowserPage, options: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (found["id"], found["nodes"][0]["html"]) for found in Axe().run(page, options=options).response["violations"]
    ]
