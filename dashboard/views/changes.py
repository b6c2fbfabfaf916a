"""The ledger as pages: everything that was published, corrected, changed and withdrawn; and the corrections alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from dashboard.acts_in_words import title_of
from dashboard.hrefs import changed, with_query
from dashboard.views.frame import Edition, framed, page, page_also_of
from inbox.answers import credits_of, last_credit
from public.changes import changes as page_of_changes
from public.changes import counts_by_noun, titles
from public.corrections import corrections as page_of_corrections
from public.engine.pages import Page
from public.nouns import NOUNS


@page
def changes(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Every act of the ledger, newest first, or those that the parameters select."""
    found = page_of_changes(request.GET)
    known = titles(found.rows)
    rows = [{"row": row, "noun": NOUNS[row.noun], "title": title_of(row, known)} for row in found.rows]
    context = {"rows": rows, "kinds": _kinds(request), **_turns(request, found)}
    return framed(request, "changes.html", context, section="changes", edition=edition)


@page_also_of(last_credit)
def corrections(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Every correction, newest first: what was wrong, what is right, why, and when, and who reported it."""
    found = page_of_corrections(request.GET)
    thanks = credits_of([each.publication.pk for each in found.rows])
    known = titles(each.publication for each in found.rows)
    rows = [
        {
            "row": each.publication,
            "noun": NOUNS[each.publication.noun],
            "title": title_of(each.publication, known),
            "differences": each.differences,
            "reported_by": thanks.get(each.publication.pk, []),
        }
        for each in found.rows
    ]
    return framed(
        request, "corrections.html", {"rows": rows, **_turns(request, found)}, section="corrections", edition=edition
    )


def _kinds(request: HttpRequest) -> list[dict[str, Any]]:
    """All acts and those of each kind of record, with their numbers and addresses, and which of these is shown."""
    params = {name: request.GET[name] for name in ("action", "after", "before") if request.GET.get(name)}
    counts = counts_by_noun(params)
    chosen = request.GET.getlist("noun")
    kinds = [("", "Everything", sum(counts.values()))]
    kinds += [(name, noun.heading, counts[name]) for name, noun in NOUNS.items() if name in counts]
    return [
        {
            "label": label,
            "count": number,
            "current": name in chosen or not (name or any(chosen)),
            "url": with_query(request.path, {**({"noun": name} if name else {}), **params}),
        }
        for name, label, number in kinds
    ]


def _turns(request: HttpRequest, found: Page) -> dict[str, Any]:
    params = request.GET
    return {
        "count": found.count,
        "next_url": with_query(request.path, changed(params, cursor=found.next)) if found.next else "",
        "previous_url": with_query(request.path, changed(params, cursor=found.previous)) if found.previous else "",
    }
