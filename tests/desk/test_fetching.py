"""Fetching what other people's words point to: a real server here, and no way into our own network."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from desk.background.fetching import Answer, Fetcher, NotAllowed, Unreachable, is_public

HERE = "127.0.0.1"


class Pages(BaseHTTPRequestHandler):
    """Answers by the first part of the path, and counts who came."""

    visits: list[str]

    def do_GET(self) -> None:
        self.visits.append(self.headers["Host"])
        name, _, rest = self.path.lstrip("/").partition("/")
        if name == "to":
            self.send_response(302)
            self.send_header("Location", rest if rest.startswith("http") else f"/{rest}")
            self.end_headers()
        elif name == "slowly":
            self.send_response(200)
            while not self.server.stopping.wait(0.05):  # type: ignore[attr-defined]  # Set below.
                self.wfile.write(b"X-Drop: 1\r\n")
        else:
            self.send_response(int(name) if name.isdecimal() else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"Hello, world" * 1000 if name == "much" else b"Hello")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True  # Whoever asked has hung up, as it should.


@pytest.fixture
def server() -> Iterator[Any]:
    """A web server on this machine."""
    Pages.visits = []
    with ThreadingHTTPServer((HERE, 0), Pages) as web:
        web.stopping = threading.Event()  # type: ignore[attr-defined]  # For its pages.
        thread = threading.Thread(target=web.serve_forever, args=[0.01])
        thread.start()
        yield web
        web.stopping.set()  # type: ignore[attr-defined]  # The same.
        web.shutdown()
        thread.join()


Fetch = Callable[..., Answer]


@pytest.fixture
def fetch(server: Any) -> Fetch:
    """Fetch a path of the server, which the name `here` stands for; other names have the addresses that are given."""

    def fetched(path: str, *, names: dict[str, list[str]] | None = None, **limits: Any) -> Answer:
        known = {"here": [HERE], **(names or {})}
        fetcher = Fetcher(
            name="Tests", look_up=lambda host, _: known[host], allows=lambda ip: ip == HERE or is_public(ip), **limits
        )
        return fetcher.fetch(f"http://here:{server.server_port}{path}")

    return fetched


def test_a_page_is_fetched_under_its_own_name(fetch: Fetch, server: Any) -> None:
    assert fetch("/page?q=ä") == Answer(200, "text/html", b"Hello")
    assert Pages.visits == [f"here:{server.server_port}"]


def test_redirects_are_followed_and_not_for_ever(fetch: Fetch, server: Any) -> None:
    assert fetch("/to/to/page").status == 200
    with pytest.raises(Unreachable, match="redirects more than 5 times"):
        fetch("/" + "to/" * 6 + "page")


def test_no_more_is_read_than_allowed(fetch: Fetch) -> None:
    assert len(fetch("/much", most_bytes=100).body) == 100


def test_a_server_that_drips_is_hung_up_on(fetch: Fetch) -> None:
    with pytest.raises(Unreachable):
        fetch("/slowly", seconds=0.3)


def test_a_status_is_an_answer_and_a_silent_port_is_none(fetch: Fetch) -> None:
    assert fetch("/404").status == 404
    with socket.socket() as nobody:
        nobody.bind((HERE, 0))
        with pytest.raises(Unreachable):
            Fetcher("Tests", lambda *_: [HERE], lambda _: True).fetch(f"http://here:{nobody.getsockname()[1]}/")


PRIVATE = (
    "10.0.0.1 172.16.0.1 192.168.1.1 127.0.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: "
    "fe80::1 fc00::1 ff02::1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 2002:7f00:1:: 64:ff9b::a00:1"
).split()


@pytest.mark.parametrize("address", PRIVATE)
def test_no_private_address_is_fetched(address: str) -> None:
    fetcher = Fetcher("Tests", look_up=lambda *_: [address])
    with pytest.raises(NotAllowed):
        fetcher.fetch("http://somewhere.example/")


@pytest.mark.parametrize("address", ["8.8.8.8", "2600::1", "::ffff:8.8.8.8"])
def test_the_open_internet_is_allowed(address: str) -> None:
    assert is_public(address)


def test_a_name_with_one_private_address_is_refused_whole() -> None:
    with pytest.raises(NotAllowed):
        Fetcher("Tests", look_up=lambda *_: ["8.8.8.8", "10.0.0.1"]).fetch("http://somewhere.example/")


def test_a_redirect_into_our_network_is_not_followed(fetch: Fetch) -> None:
    with pytest.raises(NotAllowed):
        fetch("/to/http://inside/", names={"inside": ["10.0.0.1"]})
    assert len(Pages.visits) == 1


def test_a_name_that_changes_its_address_is_asked_once_and_reached_where_it_was_checked(server: Any) -> None:
    answers = iter([[HERE], ["10.0.0.1"]])
    fetcher = Fetcher("Tests", look_up=lambda *_: next(answers), allows=lambda ip: ip == HERE)
    assert fetcher.fetch(f"http://rebinding:{server.server_port}/").status == 200
    assert next(answers) == ["10.0.0.1"]


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://somewhere.example/", "http://", "http://me:word@here/", "http://here:99999/"]
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(NotAllowed):
        Fetcher("Tests").fetch(url)
