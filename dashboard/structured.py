"""What a page says to machines that read schema.org: data inside the page, which no browser runs."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from public.engine.dataset import DatasetVersion
from public.engine.noun import Noun
from snapshots.store import Snapshot

CONTEXT = "https://schema.org"
NAME = "Policy Tracker"
HARMLESS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
"""Characters that could end the element which the data stands in."""


def json_ld(described: dict[str, Any]) -> SafeString:
    """The description as the content of a script element of type application/ld+json."""
    return mark_safe(json.dumps({"@context": CONTEXT, **described}).translate(HARMLESS))  # noqa: S308  # Escaped here.


def website(home: str) -> SafeString:
    """The site, and how to search it."""
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{home}{reverse('search')}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    return json_ld({"@type": "WebSite", "name": NAME, "url": f"{home}/", "potentialAction": search})


def breadcrumbs(home: str, noun: Noun, title: str, path: str) -> SafeString:
    """Where a record's page stands: below its list, below the first page."""
    steps = [(NAME, "/"), (noun.heading, f"/{noun.name}/"), (title, path)]
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": f"{home}{address}"}
        for place, (name, address) in enumerate(steps, start=1)
    ]
    return json_ld({"@type": "BreadcrumbList", "itemListElement": items})


def dataset(home: str, version: DatasetVersion, snapshot: Snapshot | None) -> SafeString:
    """The whole record, for those who look for data."""
    downloads = [
        {
            "@type": "DataDownload",
            "name": file.name,
            "contentUrl": f"{home}{reverse('snapshot-latest', args=[file.form])}",
            "encodingFormat": file.name.rpartition(".")[2],
            "contentSize": str(file.size),
            "sha256": file.sha256,
        }
        for file in (snapshot.files if snapshot else ())
    ]
    return json_ld(
        {
            "@type": "Dataset",
            "name": NAME,
            "description": (
                "Letters of the Department of Justice to states, counties and cities about immigration enforcement, "
                "and the policies, grants, lawsuits and federal actions around them, each fact with its source."
            ),
            "url": f"{home}/data/",
            "version": str(version.number),
            "isAccessibleForFree": True,
            "license": settings.RELEASE.data.url,
            "usageInfo": f"{home}/data/#license",
            "spatialCoverage": "United States",
            "temporalCoverage": "2016/..",
            **({"dateModified": version.at.isoformat()} if version.at else {}),
            "distribution": downloads,
        }
    )
