"""What is kept in front of Django: for how long, of what, for whom, and how much of it."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterable
from datetime import date

import brotli
import pytest

from config.answers import Environ, StartResponse, is_known
from config.kept_answers import KeptAnswers
from tests.front import ask

KEEP = [("Cache-Control", "public, max-age=4"), ("X-Dataset-Version", "1"), ("ETag", '"one"')]
TEXT = b"A letter to Illinois. " * 50


class Response(list[bytes]):
    """A whole answer as Django gives it."""

    streaming = False
    closed = False

    def close(self) -> None:
        self.closed = True


class Site:
    """An application that counts what it made, by path. `answer` may be changed meanwhile."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.status, self.headers, self.body = "200 OK", [("Content-Type", "text/html"), *KEEP], TEXT
        self.streaming = False
        self.before: Callable[[], object] = lambda: None

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.before()
        self.made.append(environ["PATH_INFO"])
        start_response(self.status, self.headers)
        response = Response([self.body])
        response.streaming = self.streaming
        return response


class Moment:
    """A clock, a calendar and an edition, all set by hand."""

    def __init__(self) -> None:
        self.seconds, self.day, self.version, self.asked = 100.0, date(2026, 3, 1), "a", 0

    def ask(self) -> str:
        self.asked += 1
        return self.version


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def moment() -> Moment:
    return Moment()


@pytest.fixture
def front(site: Site, moment: Moment) -> KeptAnswers:
    return KeptAnswers(
        site,
        version=moment.ask,
        today=lambda: moment.day,
        most_bytes=100_000,
        clock=lambda: moment.seconds,
    )


def test_a_question_is_answered_once(front: KeptAnswers, site: Site, moment: Moment) -> None:
    first, second = ask(front, "/letters/?state=IL"), ask(front, "/letters/?state=IL")
    assert first == second
    assert second.body == TEXT
    assert (site.made, moment.asked) == (["/letters/"], 1)


@pytest.mark.parametrize(
    "other",
    [
        {"address": "/letters/?state=CA"},
        {"address": "/policies/?state=IL"},
        {"host": "elsewhere.example"},
        {"x_forwarded_proto": "https"},
        {"origin": "https://elsewhere.example"},
        {"address": "/api/v1/letters/?state=IL", "accept": "text/csv"},
    ],
)
def test_another_question_has_its_own_answer(front: KeptAnswers, site: Site, other: dict[str, str]) -> None:
    plain = other.get("address", "/letters/?state=IL") if "accept" in other else "/letters/?state=IL"
    ask(front, plain)
    ask(front, other.pop("address", plain), **other)
    assert len(site.made) == 2


def test_what_a_reader_has_in_the_cookie_jar_makes_no_difference(front: KeptAnswers, site: Site) -> None:
    ask(front, "/letters/")
    ask(front, "/letters/", cookie="sessionid=anything", user_agent="another", accept="image/png")
    assert len(site.made) == 1


def test_a_publication_is_public_within_a_second(front: KeptAnswers, site: Site, moment: Moment) -> None:
    ask(front, "/letters/")
    moment.version, site.body = "b", b"Withdrawn."
    moment.seconds += 0.99
    assert ask(front, "/letters/").body == TEXT
    moment.seconds += 0.01
    assert ask(front, "/letters/").body == b"Withdrawn."


def test_what_was_being_made_while_something_was_published_is_not_kept(
    front: KeptAnswers, site: Site, moment: Moment
) -> None:
    def publish() -> None:
        moment.version = "b"
        moment.seconds += 1
        front.state()

    site.before = publish
    ask(front, "/letters/")
    site.before = lambda: None
    ask(front, "/letters/")
    assert len(site.made) == 2


def test_the_next_day_is_another_question(front: KeptAnswers, site: Site, moment: Moment) -> None:
    ask(front, "/letters/")
    moment.day = date(2026, 3, 2)
    moment.seconds += 1
    ask(front, "/letters/")
    assert len(site.made) >= 2


def test_what_was_asked_most_is_made_again_after_a_publication(front: KeptAnswers, site: Site, moment: Moment) -> None:
    for _ in range(3):
        ask(front, "/letters/")
    made_again = threading.Event()
    site.before = made_again.set
    moment.version = "b"
    moment.seconds += 1
    front.state()
    assert made_again.wait(10)


def test_an_edition_that_does_not_answer_stops_the_keeping_and_nothing_else(site: Site, moment: Moment) -> None:
    def away() -> str:
        raise ConnectionError

    front = KeptAnswers(site, version=away, today=lambda: moment.day, most_bytes=1000, clock=lambda: moment.seconds)
    assert [ask(front, "/letters/").status, ask(front, "/letters/").status] == [200, 200]
    assert len(site.made) == 2


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("404 Not Found", KEEP),
        ("400 Bad Request", KEEP),
        ("410 Gone", KEEP),
        ("302 Found", KEEP),
        ("200 OK", [("Cache-Control", "no-store"), KEEP[1]]),
        ("200 OK", [("Cache-Control", "public, no-cache"), KEEP[1]]),
        ("200 OK", [("Cache-Control", "public, max-age=4")]),
        ("200 OK", [KEEP[1]]),
        ("200 OK", [*KEEP, ("Set-Cookie", "seen=1")]),
        ("200 OK", [*KEEP, ("Vary", "Cookie")]),
        ("200 OK", [*KEEP, ("Vary", "HX-Request")]),
    ],
)
def test_what_is_not_the_same_for_everybody_is_not_kept(
    front: KeptAnswers, site: Site, status: str, headers: list[tuple[str, str]]
) -> None:
    site.status, site.headers = status, headers
    assert ask(front, "/letters/") == ask(front, "/letters/")
    assert len(site.made) == 2


def test_what_is_streamed_passes_by(front: KeptAnswers, site: Site) -> None:
    site.streaming = True
    assert ask(front, "/letters.csv").body == ask(front, "/letters.csv").body == TEXT
    assert len(site.made) == 2


@pytest.mark.parametrize(
    ("method", "address", "headers"),
    [
        ("POST", "/report/", {}),
        ("OPTIONS", "/letters/", {}),
        ("GET", "/admin/", {}),
        ("GET", "/accounts/login/", {}),
        ("GET", "/static/site.css", {}),
        ("GET", "/healthz", {}),
        ("GET", "/letters/", {"range": "bytes=0-9"}),
        ("GET", "/letters/", {"if_match": '"one"'}),
        ("GET", "/letters/", {"content_length": "3"}),
    ],
)
def test_what_is_no_plain_reading_of_a_public_address_goes_to_django(
    front: KeptAnswers, site: Site, moment: Moment, method: str, address: str, headers: dict[str, str]
) -> None:
    for _ in range(2):
        ask(front, address, method=method, **headers)
    assert (len(site.made), moment.asked) == (2, 0)


def test_one_makes_an_answer_while_the_others_wait_for_it(front: KeptAnswers, site: Site) -> None:
    begun, others = threading.Event(), threading.Barrier(8)

    def slow() -> None:
        begun.set()
        others.wait(10)  # Until all the others have come to ask.

    def come() -> None:
        begun.wait(10)
        others.wait(10)
        found.append(ask(front, "/letters/").body)

    found: list[bytes] = []
    site.before = slow
    threads = [threading.Thread(target=lambda: found.append(ask(front, "/letters/").body))]
    threads += [threading.Thread(target=come) for _ in range(7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert found == [TEXT] * 8
    assert len(site.made) == 1


def test_the_least_recently_asked_goes_when_there_is_no_room(site: Site, moment: Moment) -> None:
    site.body = b"x" * 1000
    front = KeptAnswers(site, version=moment.ask, today=lambda: moment.day, most_bytes=5000)
    for address in ("/a/", "/b/", "/a/", "/c/", "/a/", "/b/"):
        ask(front, address)
    assert site.made == ["/a/", "/b/", "/c/", "/b/"]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", ""),
        ("", ""),
        ("zstd", ""),
    ],
)
def test_a_text_travels_in_the_best_encoding_that_its_reader_takes(
    front: KeptAnswers, accepted: str, encoding: str
) -> None:
    for told in (ask(front, "/letters/", accept_encoding=accepted), ask(front, "/letters/", accept_encoding=accepted)):
        assert told["Content-Encoding"] == encoding
        assert told["Vary"] == "Accept-Encoding"
        assert int(told["Content-Length"]) == len(told.body)
        assert {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)(told.body) == TEXT


def test_one_answer_serves_every_encoding(front: KeptAnswers, site: Site) -> None:
    for accepted in ("br", "gzip", "identity"):
        ask(front, "/letters/", accept_encoding=accepted)
    assert len(site.made) == 1


@pytest.mark.parametrize(
    ("kind", "control", "body"),
    [
        ("text/html", "no-store", TEXT),
        ("image/png", "public, max-age=4", TEXT),
        ("text/html", "public, max-age=4", b"short"),
    ],
)
def test_secrets_pictures_and_the_short_are_not_compressed(
    front: KeptAnswers, site: Site, kind: str, control: str, body: bytes
) -> None:
    site.headers, site.body = [("Content-Type", kind), ("Cache-Control", control)], body
    told = ask(front, "/letters/", accept_encoding="br")
    assert (told["Content-Encoding"], told.body) == ("", body)


@pytest.mark.parametrize("condition", ['"one"', 'W/"one"', '"other", "one"', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("times", [1, 2])
def test_whoever_has_the_answer_is_told_so(
    front: KeptAnswers, site: Site, condition: str, method: str, times: int
) -> None:
    told = [ask(front, "/letters/", method=method, if_none_match=condition) for _ in range(times)][-1]
    assert (told.status, told.body) == (304, b"")
    assert told["ETag"] == '"one"'
    assert not told["Content-Length"]
    assert len(site.made) == 1


def test_a_missing_record_is_never_said_to_be_unchanged(front: KeptAnswers, site: Site) -> None:
    site.status = "404 Not Found"
    assert ask(front, "/letters/", if_none_match="*").status == 404


@pytest.mark.parametrize("streaming", [False, True])
def test_head_is_get_without_its_body(front: KeptAnswers, site: Site, *, streaming: bool) -> None:
    site.streaming = streaming
    get, head = ask(front, "/letters/"), ask(front, "/letters/", method="HEAD")
    assert (head.status, head.headers, head.body) == (200, get.headers, b"")


def test_a_tag_is_known_only_if_it_is_there() -> None:
    assert not is_known("", "*")
    assert not is_known('"one"', "")
    assert not is_known('"one"', '"other"')
