"""What search engines ask for: where they may go, and the address of every page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.etree import ElementTree as ET

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from dashboard.hrefs import origin
from dashboard.views import errors
from dashboard.views.frame import Edition, NoParameters, page
from jurisdictions.models import STATES
from public.engine.serializers import timestamp
from public.nouns import NOUNS

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 10_000
"""Addresses in one part; the format allows 50,000."""
ROBOTS = """User-agent: *
Disallow: /reports/
Disallow: /*/report/
Disallow: /embed/
Sitemap: {home}{sitemap}
"""


@page
def robots(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Everything may be read but what is one reader's own, and what is shown elsewhere already."""
    NoParameters(request.GET).accepted()
    return HttpResponse(ROBOTS.format(home=origin(request), sitemap=reverse("sitemap")), content_type="text/plain")


@page
def sitemap(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The parts of the map: the lists and pages of words, then the records of each kind."""
    NoParameters(request.GET).accepted()
    parts = [("pages", 1)]
    for noun in NOUNS.values():
        number = noun.rows(edition.today).order_by().count()
        parts += [(noun.name, part) for part in range(1, -(-number // MOST) + 1)]
    addresses = [(reverse("sitemap-part", args=[name, part]), None) for name, part in parts]
    return _written("sitemapindex", "sitemap", origin(request), addresses)


@page
def sitemap_part(request: HttpRequest, edition: Edition, name: str, part: int) -> HttpResponse:
    """One part of the map: a kind of record, so many at a time, each with the day of its last publication."""
    NoParameters(request.GET).accepted()
    if name == "pages" and part == 1:
        words = [reverse(each) for each in ("home", "about", "data", "changes", "corrections")]
        lists = [f"/{noun}/" for noun in NOUNS]
        states = [reverse("state", args=[code]) for code in STATES]
        return _written("urlset", "url", origin(request), [(path, None) for path in (*words, *lists, *states)])
    if name not in NOUNS or not part:
        return errors.not_found(request)
    rows = NOUNS[name].rows(edition.today).order_by("pk").values_list("slug", "updated_at")
    found = rows[(part - 1) * MOST : part * MOST]
    if not found:
        return errors.not_found(request)
    return _written("urlset", "url", origin(request), [(f"/{name}/{slug}/", at) for slug, at in found])


def _written(root: str, element: str, home: str, addresses: Iterable[tuple[str, datetime | None]]) -> HttpResponse:
    tree = ET.Element(root, {"xmlns": NAMESPACE})
    for path, at in addresses:
        entry = ET.SubElement(tree, element)
        ET.SubElement(entry, "loc").text = f"{home}{path}"
        if at is not None:
            ET.SubElement(entry, "lastmod").text = timestamp(at)
    return HttpResponse(ET.tostring(tree, encoding="utf-8", xml_declaration=True), content_type="application/xml")
