"""The addresses of the pages: a list and a record per noun, and the few that are not about one noun."""

from __future__ import annotations

from django.urls import URLPattern, path

from dashboard.charts.of_lists import CHARTS
from dashboard.views.about import about
from dashboard.views.calendars import letters_calendar
from dashboard.views.changes import changes, corrections
from dashboard.views.crawlers import robots, sitemap, sitemap_part
from dashboard.views.detail import detail
from dashboard.views.embeds import embedded_chart, embedded_map, embedded_table, embedding, oembed
from dashboard.views.feeds import changes_feed, corrections_feed, noun_feed
from dashboard.views.home import home
from dashboard.views.listing import listing
from dashboard.views.reports import report, report_answer
from dashboard.views.search import search
from dashboard.views.snapshots import catalogue, data, latest_file, snapshot_file
from dashboard.views.source_files import document
from dashboard.views.states import state
from public.nouns import NOUNS

urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("states/<str:code>/", state, name="state"),
    path("about/", about, name="about"),
    path("data/", data, name="data"),
    path("data/embed/", embedding, name="embedding"),
    path("oembed/", oembed, name="oembed"),
    path("embed/map/", embedded_map, name="embedded-map"),
    *(path(f"embed/{noun}/", embedded_table, {"noun": noun}) for noun in NOUNS),
    *(path(f"embed/{noun}/chart/", embedded_chart, {"noun": noun}) for noun in CHARTS),
    path("changes/", changes, name="changes"),
    path("corrections/", corrections, name="corrections"),
    path("data/latest/<slug:form>", latest_file, name="snapshot-latest"),
    path("data/snapshots/<slug:name>/<str:file>", snapshot_file, name="snapshot-file"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemaps/<slug:name>-<int:part>.xml", sitemap_part, name="sitemap-part"),
    path("data.json", catalogue, name="catalogue"),
    path("changes/feed.atom", changes_feed, name="changes-feed"),
    path("corrections/feed.atom", corrections_feed, name="corrections-feed"),
    path("letters/calendar.ics", letters_calendar, name="letters-calendar"),
    *(path(f"{noun}/feed.atom", noun_feed, {"noun": noun}, name=f"{noun}-feed") for noun in NOUNS),
    *(path(f"{noun}/", listing, {"noun": noun}, name=noun) for noun in NOUNS),
    path("sources/<slug:slug>/document.pdf", document, name="document"),
    path("reports/<str:receipt>/", report_answer, name="report-answer"),
    *(path(f"{noun}/<slug:slug>/report/", report, {"noun": noun}, name=f"{noun}-report") for noun in NOUNS),
    *(path(f"{noun}/<slug:slug>/", detail, {"noun": noun}, name=f"{noun}-record") for noun in NOUNS),
]
