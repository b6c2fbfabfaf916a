"""What can stand in other people's pages: its address, its title, and the lines of HTML that put it there."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dashboard.charts.of_lists import CHARTS
from dashboard.charts.on_the_map import MEASURES
from dashboard.hrefs import with_query
from public.nouns import NOUNS

WIDTH, HEIGHT = 720, 560
"""Pixels of a frame before it says how high it is; it takes the width that there is."""
HOST_SCRIPT = "/static/dashboard/embed-host.js"
"""The script that resizes frames. Its plain address stays, unlike the one that carries a fingerprint of its content."""


@dataclass(frozen=True)
class Embed:
    """Something to embed: the path of the embed with its parameters, and what it is."""

    path: str
    title: str

    def html(self, origin: str) -> SafeString:
        """The lines to copy into a page."""
        return format_html(
            '<iframe src="{}{}" title="{}, Policy Tracker" width="100%" height="{}" style="border: 0"></iframe>\n'
            '<script src="{}{}" async></script>',
            origin,
            self.path,
            self.title,
            HEIGHT,
            origin,
            HOST_SCRIPT,
        )


def embeds_of(url: str) -> list[Embed]:
    """What of the page at this address can be embedded, with the page's own parameters; nothing for other pages.

    The host of the address is the caller's to judge.
    """
    parts = urlsplit(url)
    name = parts.path.strip("/")
    query = {key: values for key, values in QueryDict(parts.query).lists() if key != "cursor"}
    if parts.path == "/":
        chosen = MEASURES.get(str(query.get("map", [""])[-1])) or next(iter(MEASURES.values()))
        return [Embed(with_query("/embed/map/", query), chosen.title)]
    if name not in NOUNS or parts.path != f"/{name}/":
        return []
    heading = NOUNS[name].heading
    table = Embed(with_query(f"/embed/{name}/", query), heading)
    filters = {key: values for key, values in query.items() if key not in {"ordering", "page_size"}}
    chart = Embed(with_query(f"/embed/{name}/chart/", filters), f"{heading}, a chart")
    return [chart, table] if name in CHARTS else [table]
