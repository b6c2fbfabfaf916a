"""A form that is sent twice makes one record, on every page that makes something; and no words are lost by that."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client
from django.utils import timezone

from desk import tick
from desk.admin.staff_site import site
from tests import factories
from tests.conftest import BOTH_DATABASES, SignIn
from tests.desk.admin.desk import address, change_url, filled, said
from tracker.models import Letter, LetterBatch, SentForm, Source, Status

ADD_SOURCE = address(Source, "add")
PASTE = "/admin/tracker/letterbatch/paste/"


def key_in(response: Any) -> str:
    """The one-time key of a form page."""
    found = re.search(r'name="form_key" value="([^"]+)"', response.content.decode())
    assert found
    return found[1]


def a_source(client: Client, **changes: Any) -> dict[str, Any]:
    """A filled form for a new source, as a browser would send it."""
    page: Any = client.get(ADD_SOURCE)
    return {**filled(page, title="Press release 17-436", kind="official"), "form_key": key_in(page), **changes}


def test_the_second_of_two_clicks_leads_to_the_record_that_the_first_made(contributor: Client) -> None:
    form = a_source(contributor)
    contributor.post(ADD_SOURCE, form)
    second = contributor.post(ADD_SOURCE, form, follow=True)
    source = Source.objects.get()
    assert second.redirect_chain == [(change_url(source), 302)]
    assert "The form was sent twice" in said(second)


def test_a_form_that_was_refused_can_be_sent_again(contributor: Client) -> None:
    form = a_source(contributor, title="")
    assert contributor.post(ADD_SOURCE, form).status_code == 200
    contributor.post(ADD_SOURCE, {**form, "title": "Now it has a title"})
    assert Source.objects.get().title == "Now it has a title"


def test_other_words_sent_with_a_spent_key_are_kept_and_saved_as_another_record(contributor: Client) -> None:
    form = a_source(contributor)
    contributor.post(ADD_SOURCE, form)
    asked: Any = contributor.post(ADD_SOURCE, {**form, "title": "Press release 17-437"})
    page = asked.content.decode()
    assert "This form was saved already" in page
    assert change_url(Source.objects.get()) in page
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    contributor.post(ADD_SOURCE, hidden)
    assert sorted(source.title for source in Source.objects.all()) == ["Press release 17-436", "Press release 17-437"]


def test_every_page_that_adds_something_is_guarded(administrator: Client) -> None:
    pages = [
        address(model, "add")
        for model, model_admin in site._registry.items()
        if model_admin.has_add_permission(administrator.get("/admin/").wsgi_request)
    ]
    assert len(pages) > 15
    for page in [*pages, PASTE]:
        response: Any = administrator.get(page)
        assert key_in(response), page


def test_an_account_and_a_pasted_list_are_made_once(administrator: Client) -> None:
    account = {"username": "erin", "password1": "a long pass phrase", "password2": "a long pass phrase"}
    account["form_key"] = key_in(administrator.get("/admin/auth/user/add/"))
    for _ in range(2):
        administrator.post("/admin/auth/user/add/", account)
    assert User.objects.filter(username="erin").count() == 1

    agency = factories.justice_department()
    mailing = {"title": "A mailing", "sent_on": "2017-04-21", "sender_agency": agency.pk, "lines": "Nowhere at all"}
    seen: Any = administrator.post(PASTE, {**mailing, "form_key": key_in(administrator.get(PASTE))})
    mailing |= {"form_key": key_in(seen), "_save": "1"}
    for _ in range(2):
        last = administrator.post(PASTE, mailing, follow=True)
    assert (LetterBatch.objects.count(), Letter.objects.count()) == (1, 1)
    assert "The form was sent twice" in said(last)


def test_a_second_click_on_submit_leads_to_the_record_instead_of_a_refusal(
    contributor: Client, draft_letter: Letter
) -> None:
    page: Any = contributor.get(address(Letter, "submit", draft_letter.pk))
    form = {"opened_revision": str(draft_letter.revision), "form_key": key_in(page)}
    for _ in range(2):
        answer = contributor.post(address(Letter, "submit", draft_letter.pk), form)
        assert (answer.status_code, answer["Location"]) == (302, change_url(draft_letter))
    draft_letter.refresh_from_db()
    assert draft_letter.status == Status.IN_REVIEW


@pytest.mark.django_db(transaction=True, databases=BOTH_DATABASES)
def test_two_requests_at_the_same_moment_make_one_record(contributor: Client, alice: User, sign_in: SignIn) -> None:
    form = a_source(contributor)
    clients = [contributor, sign_in(alice), sign_in(alice)]
    together, locations = threading.Barrier(len(clients)), []

    def send(client: Client) -> None:
        try:
            together.wait()
            locations.append(client.post(ADD_SOURCE, form)["Location"])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    source = Source.objects.get()
    assert sorted(locations) == sorted([address(Source, "changelist"), *[change_url(source)] * 2])


def test_spent_keys_are_forgotten_after_a_week(contributor: Client) -> None:
    contributor.post(ADD_SOURCE, a_source(contributor))
    now = timezone.now()
    tick.tick(now + timedelta(days=6))
    assert SentForm.objects.count() == 1
    tick.tick(now + timedelta(days=8))
    assert SentForm.objects.count() == 0
