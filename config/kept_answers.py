"""Answers that were made once, kept in front of Django: no question is answered twice about the same edition and day.

A public answer is a function of what was asked, of the published edition and of the day. The edition is asked for its
version at most once a second, so that a publication, and a withdrawal, is public in every process within a second.
What may be kept says so itself: status 200, whole, marked as public and with the version that it was made from.
"""

from __future__ import annotations

import hashlib
import logging
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.db import connections

from config.answers import OK, Answer, Application, Environ, StartResponse, Streamed, header, make, tell
from config.middleware import is_staff_path
from public.engine.caching import VERSION_HEADER, code_fingerprint
from public.engine.dataset import dataset_version
from public.engine.knowledge import today

logger = logging.getLogger(__name__)

ASKED_EVERY = 1.0
"""Seconds for which the version of the edition counts as known."""
MOST_WARMED = 50
"""Addresses that are made again after a publication, the most asked first."""
SHARED_FOR = 24 * 60 * 60
"""Seconds for which processes share an answer; it is never wrong, only no longer asked for."""
HEALTH = "/healthz"
"""Asks no database, and so not for the version of the edition either."""
API_PATH = "/api/"
"""Addresses that may answer in the format that the request accepts."""
VARIES_ON = frozenset({"accept", "accept-encoding", "origin"})
"""Request headers that a question holds. An answer that depends on another one is not kept."""


class State(NamedTuple):
    """What every answer depends on: the edition's version (its hash) and the day."""

    version: str
    day: date


class Question(NamedTuple):
    """Everything in a request that its answer may depend on, the encoding aside."""

    scheme: str
    host: str
    path: str
    query: str
    accept: str
    is_cross_origin: bool


@dataclass
class Making:
    """The making of one answer: whoever asks the same meanwhile waits for it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    waiting: int = 0


class KeptAnswers:
    """A WSGI application in front of Django's.

    `version` asks the edition for its hash ("" while nothing is published; an error counts as not knowing), `today` for
    the day. `most_bytes` bounds what is kept; of that the least recently asked goes first. `shared` is a second level
    for several processes.
    """

    def __init__(
        self,
        application: Application,
        *,
        version: Callable[[], str],
        today: Callable[[], date],
        most_bytes: int,
        shared: BaseCache | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.application = application
        self.version, self.today, self.clock = version, today, clock
        self.most_bytes, self.shared = most_bytes, shared
        self._kept: OrderedDict[Question, Answer] = OrderedDict()
        self._asked: dict[Question, int] = {}
        self._bytes = 0
        self._state: State | None = None
        self._known_at = float("-inf")
        self._knowing = threading.Lock()
        self._keeping = threading.Lock()
        self._being_made: dict[Question, Making] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not is_plain_reading(environ):
            return self.application(environ, start_response)
        state, question = self.state(), question_of(environ)
        if state is None:
            return tell(make(self.application, environ), environ, start_response)
        answer = self._find(question) or self._made_alone(question, state, environ)
        return tell(answer, environ, start_response)

    def _made_alone(self, question: Question, state: State, environ: Environ) -> Answer | Streamed:
        """The answer that this thread, another one or another process makes."""
        with self._alone(question):
            if found := self._find(question) or self._share(question, state):
                return found
            made = make(self.application, environ)
            if isinstance(made, Answer):
                self._keep(question, made, state)
            return made

    def state(self) -> State | None:
        """What answers depend on now, known for a second; None while nothing is published or the edition is away."""
        if self.clock() - self._known_at >= ASKED_EVERY:
            with self._knowing:
                if (now := self.clock()) - self._known_at >= ASKED_EVERY:
                    self._learn(now)
        return self._state

    def _learn(self, now: float) -> None:
        try:
            version = self.version()
        except Exception:
            logger.exception("The edition did not tell its version.")
            version = ""
        state = State(version, self.today()) if version else None
        if state != self._state:
            self._forget(state)
        self._known_at = now

    def _forget(self, state: State | None) -> None:
        """Drop everything that was made from an earlier state, and make what was asked most again."""
        with self._keeping:
            wanted = sorted(self._asked, key=lambda question: -self._asked[question])[:MOST_WARMED]
            self._kept.clear()
            self._asked.clear()
            self._bytes, self._state = 0, state
        if state is not None and wanted:
            threading.Thread(target=self._make_again, args=(wanted,), daemon=True).start()

    def _make_again(self, wanted: Iterable[Question]) -> None:
        for question in wanted:
            self(environ_of(question), lambda *_: None)
        connections.close_all()

    def _find(self, question: Question) -> Answer | None:
        with self._keeping:
            answer = self._kept.get(question)
            if answer is not None:
                self._kept.move_to_end(question)
                self._asked[question] += 1
            return answer

    def _share(self, question: Question, state: State) -> Answer | None:
        """What another process made of the same question."""
        if self.shared is None:
            return None
        answer: Answer | None = self.shared.get(name_of(question, state))
        if answer is not None:
            self._keep(question, answer, state, share=False)
        return answer

    def _keep(self, question: Question, answer: Answer, state: State, *, share: bool = True) -> None:
        if not is_kept(answer):
            return
        if share and self.shared is not None:
            self.shared.set(name_of(question, state), answer, timeout=SHARED_FOR)
        with self._keeping:
            if state != self._state:
                return  # Something was published meanwhile.
            self._kept[question] = answer
            self._asked.setdefault(question, 1)
            self._bytes += answer.size
            while self._bytes > self.most_bytes:
                dropped, oldest = self._kept.popitem(last=False)
                del self._asked[dropped]
                self._bytes -= oldest.size

    @contextmanager
    def _alone(self, question: Question) -> Iterator[None]:
        """Let one thread make an answer while the others that ask the same wait for it."""
        with self._keeping:
            making = self._being_made.setdefault(question, Making())
            making.waiting += 1
        try:
            with making.lock:
                yield
        finally:
            with self._keeping:
                making.waiting -= 1
                if not making.waiting:
                    del self._being_made[question]


def in_front_of(application: Application) -> KeptAnswers:
    """Kept answers in front of Django's application, as the settings have it."""
    return KeptAnswers(
        application,
        version=lambda: dataset_version().hash,
        today=today,
        most_bytes=settings.KEPT_ANSWERS_BYTES,
        shared=caches["answers"] if "answers" in settings.CACHES else None,
    )


def is_plain_reading(environ: Environ) -> bool:
    """Whether the request reads a public address, whole. Files and staff's pages have ways of their own."""
    path = environ["PATH_INFO"]
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and not is_staff_path(path)
        and not path.startswith((settings.STATIC_URL, HEALTH))
        and not any(name in environ for name in ("HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_TRANSFER_ENCODING"))
        and environ.get("CONTENT_LENGTH") in {None, "", "0"}
    )


def question_of(environ: Environ) -> Question:
    """What the request asks."""
    path = environ["PATH_INFO"]
    return Question(
        scheme=environ.get("HTTP_X_FORWARDED_PROTO") or environ["wsgi.url_scheme"],
        host=environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}",
        path=path,
        query=environ.get("QUERY_STRING", ""),
        accept=environ.get("HTTP_ACCEPT", "") if path.startswith(API_PATH) else "",
        is_cross_origin="HTTP_ORIGIN" in environ,
    )


def environ_of(question: Question) -> Environ:
    """A request that asks the question."""
    origin = {"HTTP_ORIGIN": "null"} if question.is_cross_origin else {}
    accept = {"HTTP_ACCEPT": question.accept} if question.accept else {}
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": question.path,
        "QUERY_STRING": question.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": question.host,
        "HTTP_X_FORWARDED_PROTO": question.scheme,
        "wsgi.url_scheme": question.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        **origin,
        **accept,
    }


def name_of(question: Question, state: State) -> str:
    """The name by which processes of one release share an answer."""
    asked = repr((code_fingerprint(), state.version, state.day.isoformat(), tuple(question)))
    return hashlib.sha256(asked.encode()).hexdigest()


def is_kept(answer: Answer) -> bool:
    """Whether the answer is the same for everybody until something is published or the day ends."""
    directives = {part.strip() for part in header(answer.headers, "cache-control").split(",")}
    varies = {part.strip().lower() for part in header(answer.headers, "vary").split(",") if part.strip()}
    return (
        answer.status == OK
        and "public" in directives
        and not directives & {"no-cache", "no-store"}
        and bool(header(answer.headers, VERSION_HEADER.lower()))
        and not header(answer.headers, "set-cookie")
        and varies <= VARIES_ON
    )
