"""The front page: how much waits, and the lists that show exactly that."""

import re

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.conftest import Publish
from tracker import actions
from tracker.models import Letter


def test_every_number_links_to_the_list_of_exactly_those(
    contributor: Client, alice: User, published_letter: Letter
) -> None:
    submitted, bare = factories.letter(), factories.letter()
    factories.letter()
    bare.citations.all().delete()
    actions.submit(submitted, by=alice)
    page = contributor.get("/admin/")
    counts = {row.noun: (row.in_review, row.drafts, row.without_source) for row in page.context["waiting"]}
    assert counts["letters"] == (1, 2, 1)
    links = re.findall(
        r'<td class="pt-number">\s*<a href="(/admin/tracker/letter/[^"]*)">(\d+)</a>', page.content.decode()
    )
    assert len(links) == 3
    for link, number in links:
        assert contributor.get(link.replace("&amp;", "&")).context["cl"].result_count == int(number)


def test_a_noun_of_which_nothing_waits_is_not_counted(contributor: Client, publish: Publish) -> None:
    publish(factories.source())
    assert contributor.get("/admin/").context["waiting"] == []
    assert "Nothing waits for review" in contributor.get("/admin/").content.decode()


def test_the_front_page_asks_as_much_for_thirty_drafts_as_for_one(contributor: Client) -> None:
    factories.letter()
    contributor.get("/admin/")
    with CaptureQueriesContext(connection) as few:
        contributor.get("/admin/")
    for _ in range(29):
        factories.letter()
    with CaptureQueriesContext(connection) as many:
        contributor.get("/admin/")
    assert len(many) == len(few)


def test_an_account_finds_only_the_nouns_that_it_may_see(contributor: Client, administrator: Client) -> None:
    def named(client: Client) -> list[str]:
        return [group["name"] for group in client.get("/admin/").context["app_list"]]

    assert named(contributor) == ["Record", "References", "Publication"]
    assert named(administrator) == ["Record", "References", "Publication", "Accounts"]
