"""What every public surface promises: it reads the edition alone, leaks nothing, and refuses what it does not know."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from nouns.databases import PUBLISHED, RECORD
from nouns.declarations import child_models, noun_models
from public.nouns import NOUNS
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.editions import all_text_of, edition_models
from tests.surfaces import public_addresses, read
from tracker.evidence import sync_documents
from tracker.models import Letter, LetterEvent, Publication

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

CANARY = "canarybird"


@pytest.fixture
def slugs(publish: Publish) -> dict[str, str]:
    """One public record of every noun, by noun."""
    rows = {noun: make() for noun, make in factories.MAKERS.items()}
    publish(*rows.values())
    # With its document, as sources have them; the copy follows the commit, which a test's transaction never reaches.
    rows["sources"].file = SimpleUploadedFile("letter.pdf", b"%PDF-1.4 A letter")
    rows["sources"].save()
    publish(rows["sources"])
    sync_documents()
    return {noun: row.slug for noun, row in rows.items()}


def refuse(*_: Any) -> Any:
    raise AssertionError("A public request touched the record.")


def test_every_noun_has_a_maker_and_a_public_door() -> None:
    assert set(factories.MAKERS) == set(noun_models()) == set(NOUNS)


def test_no_public_request_touches_the_record(slugs: dict[str, str], client: Client) -> None:
    addresses = public_addresses(slugs)
    assert len(addresses) > 5 * len(NOUNS)
    for address in addresses:
        with connections[RECORD].execute_wrapper(refuse):
            status, _, _ = read(client, address)
        assert status in ({404} if "nowhere" in address else {200, 400}), address


def test_no_public_answer_sets_or_varies_on_a_cookie(slugs: dict[str, str], client: Client, carol: User) -> None:
    client.force_login(carol)
    for address in public_addresses(slugs):
        _, _, headers = read(client, address)
        assert "Cookie" not in headers, address


def plant_canaries(letter: Letter) -> None:
    """The canary in every place that must stay inside: a draft, a note, an edit of a live record, a name, history."""
    User.objects.create_user(CANARY, first_name=CANARY, is_staff=True)
    factories.letter(recipient_as_written=f"{CANARY} draft", demand=CANARY, summary=CANARY)
    for noun, make in factories.MAKERS.items():
        if noun != "codebooks":
            make(slug=f"{CANARY}-{noun}")
    letter.internal_notes = CANARY
    letter.addressee = CANARY
    letter.save()
    LetterEvent(letter=letter, kind="response", on="2017-06-28", by=CANARY).save()


def test_nothing_unpublished_is_found_on_any_surface(slugs: dict[str, str], client: Client) -> None:
    plant_canaries(Letter.objects.get(slug=slugs["letters"]))
    assert CANARY not in all_text_of(PUBLISHED)
    for address in public_addresses(slugs):
        _, body, headers = read(client, address)
        assert CANARY.encode() not in body, address
        assert CANARY not in headers, address


def test_no_document_holds_more_than_the_public_fields(publish: Publish) -> None:
    publish(*(make() for make in factories.MAKERS.values()))
    for row in Publication.edition.all():
        model = noun_models()[row.noun]
        assert row.document.keys() == {"fields", "children", "published_at"}
        assert row.document["fields"].keys() == set(model.PUBLIC_FIELDS), row.noun
        for relation, child in child_models(model).items():
            for content in row.document["children"][relation]:
                assert content.keys() == {"id", *child.PUBLIC_FIELDS}, (row.noun, relation)


def test_the_edition_names_no_account(publish: Publish) -> None:
    publish(*(make() for make in factories.MAKERS.values()))
    for model in edition_models():
        for field in model._meta.concrete_fields:
            if field.related_model is User:
                named = model._base_manager.using(PUBLISHED).exclude(**{field.attname: None})
                assert not named.exists(), (model, field.name)


@time_machine.travel("2017-07-01T16:00:00Z", tick=False)  # The form for a mistake is stamped with the time.
def test_an_edit_of_a_live_record_changes_no_public_answer(slugs: dict[str, str], client: Client) -> None:
    before = {address: read(client, address)[:2] for address in public_addresses(slugs)}
    plant_canaries(Letter.objects.get(slug=slugs["letters"]))
    assert {address: read(client, address)[:2] for address in public_addresses(slugs)} == before


@pytest.mark.parametrize("noun", sorted(NOUNS))
@pytest.mark.parametrize("door", ["/api/v1/", "/"])
def test_the_address_of_a_draft_answers_like_one_that_never_was(noun: str, door: str, client: Client) -> None:
    draft = factories.MAKERS[noun]()
    status, body, headers = read(client, f"{door}{noun}/{draft.slug}/")
    absent = read(client, f"{door}{noun}/{'x' * len(draft.slug)}/")
    assert status == 404
    assert (body.replace(draft.slug.encode(), b"x" * len(draft.slug)), headers) == absent[1:]


@pytest.mark.parametrize("noun", sorted(NOUNS))
@pytest.mark.parametrize("address", ["/api/v1/{}/", "/api/v1/{}.csv", "/{}/"])
def test_an_unknown_parameter_is_refused_by_name(noun: str, address: str, client: Client) -> None:
    status, body, _ = read(client, address.format(noun), stat="IL")
    assert status == 400
    assert b"stat" in body
