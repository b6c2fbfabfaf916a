"""A whole answer as it can be told again: to who has it already, in the encodings that readers take, and to HEAD."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import brotli

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

OK, NOT_MODIFIED = "200 OK", "304 Not Modified"
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
TEXTS = ("text/", "application/json", "application/problem+json", "application/xml", "application/atom+xml",
         "application/ld+json", "application/vnd.oai.openapi", "image/svg+xml")  # fmt: skip
SHORTEST_COMPRESSED = 500
"""Bytes from which compressing a text gains anything."""
OF_THE_BODY = frozenset({"content-type", "content-encoding", "content-length", "content-disposition"})
"""Headers that 304 leaves out, because it has no body."""
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
"""How a body is compressed, the best first. Quality 5 is as fast as gzip and a sixth smaller."""


@dataclass
class Answer:
    """Status, headers and body as they were made, and the body in each encoding that somebody asked for."""

    status: str
    headers: Headers
    body: bytes
    encoded: dict[str, tuple[Headers, bytes]] = field(default_factory=dict)

    @property
    def tag(self) -> str:
        """The ETag of an answer that can be asked for again; empty for any other."""
        return header(self.headers, "etag") if self.status == OK else ""

    @property
    def size(self) -> int:
        """About how many bytes it keeps: the body, its compressed forms, which come later, and the headers."""
        return len(self.body) * 3 // 2 + 1000

    def in_encoding(self, encoding: str) -> tuple[Headers, bytes]:
        """Headers and body in an encoding ("" for none), compressed once."""
        if encoding not in self.encoded:
            self.encoded[encoding] = self._encode(encoding)
        return self.encoded[encoding]

    def encodings(self) -> tuple[str, ...]:
        """The encodings that are worth their while."""
        is_text = header(self.headers, "content-type").startswith(TEXTS)
        # What is not public may hold secrets, and the length of a compressed page tells of them.
        is_public = "public" in header(self.headers, "cache-control")
        return tuple(ENCODERS) if is_text and is_public and len(self.body) >= SHORTEST_COMPRESSED else ()

    def _encode(self, encoding: str) -> tuple[Headers, bytes]:
        headers = [(name, value) for name, value in self.headers if name.lower() not in {"content-length", "vary"}]
        varies = [part.strip() for part in header(self.headers, "vary").split(",") if part.strip()]
        if self.encodings():
            varies.append("Accept-Encoding")
        if varies:
            headers.append(("Vary", ", ".join(dict.fromkeys(varies))))
        body = ENCODERS[encoding](self.body) if encoding else self.body
        if encoding:
            # The compressed bytes differ from run to run of another library, so that the tag vouches for the content.
            headers = [(name, weak(value) if name.lower() == "etag" else value) for name, value in headers]
            headers.append(("Content-Encoding", encoding))
        return [*headers, ("Content-Length", str(len(body)))], body


@dataclass
class Streamed:
    """An answer that is made while it is told."""

    status: str
    headers: Headers
    chunks: Iterable[bytes]

    @property
    def tag(self) -> str:
        """The ETag, as of `Answer`."""
        return header(self.headers, "etag") if self.status == OK else ""


def make(application: Application, environ: Environ) -> Answer | Streamed:
    """The answer to GET without the reader's conditions, made by Django."""
    told: list[tuple[str, Headers]] = []
    asked = {name: value for name, value in environ.items() if name not in CONDITIONS}
    response: Any = application({**asked, "REQUEST_METHOD": "GET"}, lambda *head: told.append(head[:2]))
    [(status, headers)] = told
    if getattr(response, "streaming", True):
        return Streamed(status, headers, response)
    try:
        return Answer(status, headers, b"".join(response))
    finally:
        response.close()


def tell(answer: Answer | Streamed, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer a GET or a HEAD: with 304 whoever has it, without a body a HEAD."""
    streamed = answer if isinstance(answer, Streamed) else None
    headers, body = (streamed.headers, b"") if streamed else answer.in_encoding(best_encoding(answer, environ))  # type: ignore[union-attr,arg-type]
    if is_known(answer.tag, environ.get("HTTP_IF_NONE_MATCH", "")):
        start_response(NOT_MODIFIED, [pair for pair in headers if pair[0].lower() not in OF_THE_BODY])
    else:
        start_response(answer.status, headers)
        if environ["REQUEST_METHOD"] != "HEAD":
            return streamed.chunks if streamed else [body]
    if streamed:
        streamed.chunks.close()  # type: ignore[attr-defined]  # Django's responses have it.
    return []


def best_encoding(answer: Answer, environ: Environ) -> str:
    """The encoding that the reader takes and that gains most; "" for none."""
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    if not accepted:
        return ""
    taken = {name.strip().lower() for name, _, quality in _parts(accepted) if quality.strip() not in _NEVER}
    return next((encoding for encoding in answer.encodings() if encoding in taken), "")


_NEVER = {"q=0", "q=0.0", "q=0.00", "q=0.000"}


def _parts(accepted: str) -> list[tuple[str, str, str]]:
    return [part.partition(";") for part in accepted.split(",")]


def is_known(tag: str, condition: str) -> bool:
    """Whether If-None-Match names this ETag, or any (`*`). Tags are compared weakly, as RFC 9110 has it for GET."""
    if not tag or not condition:
        return False
    return condition.strip() == "*" or weak(tag) in {weak(each.strip()) for each in condition.split(",")}


def weak(tag: str) -> str:
    """The tag as that of equal content in other bytes."""
    return tag if tag.startswith("W/") else f"W/{tag}"


def header(headers: Headers, name: str) -> str:
    """The value of the first header of this name; empty where there is none."""
    return next((value for each, value in headers if each.lower() == name), "")
