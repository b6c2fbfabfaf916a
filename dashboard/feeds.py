"""Atom 1.0 feeds (RFC 4287): what was published last, with ids (RFC 4151) that outlive every address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from public.engine.characters import writable
from public.engine.serializers import timestamp

MOST_ENTRIES = 50
"""Entries of a feed. What is older is in the list."""

AUTHOR = "Policy Tracker"
NAMESPACE = "http://www.w3.org/2005/Atom"
NAMED_SINCE = 2026
"""The year in which the ids were minted, which every `tag:` states beside the name of its host."""

BEFORE_EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed was updated while nothing at all is published; the format wants some moment."""


@dataclass(frozen=True)
class Entry:
    """One entry: the path that its id is made of, its title, its page, when it was published last and first, words."""

    path: str
    title: str
    url: str
    updated: datetime
    published: datetime | None = None
    summary: str = ""


@dataclass(frozen=True)
class Feed:
    """A feed with its entries, newest first. `url` is the page that shows the same, `self_url` the feed's own address.

    `path` is the path and query of the page, of which the feed's id is made.
    """

    path: str
    title: str
    url: str
    self_url: str
    updated: datetime
    entries: Iterable[Entry]


def tag(origin: str, path: str) -> str:
    """The lasting id of what is found at this path of the site at `origin`."""
    return f"tag:{urlsplit(origin).hostname},{NAMED_SINCE}:{path}"


def atom(feed: Feed, origin: str) -> bytes:
    """The feed as XML."""
    root = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    _text(root, "id", tag(origin, feed.path))
    _text(root, "title", feed.title)
    _text(root, "updated", timestamp(feed.updated))
    _text(ET.SubElement(root, "author"), "name", AUTHOR)
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.self_url})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.url})
    for entry in feed.entries:
        element = ET.SubElement(root, "entry")
        _text(element, "id", tag(origin, entry.path))
        _text(element, "title", entry.title)
        _text(element, "updated", timestamp(entry.updated))
        if entry.published is not None:
            _text(element, "published", timestamp(entry.published))
        ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
        _text(element, "summary", entry.summary)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = writable(text)
