"""Every page of every noun, found by walking the site's registry."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from desk.admin.other_nouns import admin_of
from desk.admin.staff_site import site
from nouns.declarations import child_models, noun_models, parent_key, relations
from nouns.noun import Declared
from tests import factories
from tests.desk.admin.desk import address, change_url
from tracker.models import Citation, LetterEvent, Publication, Record, TableImport

NOUNS = sorted(noun_models())
RECORDS = [noun for noun in NOUNS if issubclass(noun_models()[noun], Record)]


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(queries)


def test_every_noun_the_ledger_the_imports_and_the_accounts_are_registered() -> None:
    ours = {model for model in site._registry if model._meta.app_label not in {"desk", "inbox"}}
    assert ours == {*noun_models().values(), Publication, TableImport, User, Group}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_gets_a_list_that_searches_and_a_form_without_pages_of_its_own(
    noun: str, carol: User, rf: RequestFactory
) -> None:
    made, other = factories.MAKERS[noun](), factories.MAKERS[noun]()
    pages = admin_of(type(made))(type(made), site)
    assert pages.check() == []
    request = rf.get("/", {"q": made.slug})
    request.user = carol
    assert [row.slug for row in pages.get_changelist_instance(request).queryset] == [made.slug]
    fields = pages.get_form(request, other).base_fields
    assert {name for name in fields if name in made.PUBLIC_FIELDS} == {
        name for name in made.PUBLIC_FIELDS if name not in made.DERIVED_FIELDS and made._meta.get_field(name).editable
    }


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("person", ["contributor", "reviewer", "administrator"])
def test_the_empty_form_of_a_noun_opens_for_every_role_that_may_add_one(
    noun: str, person: str, request: pytest.FixtureRequest
) -> None:
    """Lists, filled forms and histories are opened by everybody in tests/promises/test_roles.py."""
    client: Client = request.getfixturevalue(person)
    model = noun_models()[noun]
    may = issubclass(model, Record) or person != "contributor"
    assert client.get(address(model, "add")).status_code == (200 if may else 403)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_list_asks_as_much_for_twelve_rows_as_for_three(noun: str, administrator: Client) -> None:
    maker = factories.MAKERS[noun]
    made = [maker() for _ in range(3)]
    url = address(type(made[0]), "changelist")
    administrator.get(url)  # The first request of a client also reads its session and permissions anew.
    few = queries_of(administrator, url)
    for _ in range(9):
        maker()
    assert queries_of(administrator, url) == few


@pytest.mark.parametrize("noun", NOUNS)
def test_a_form_asks_as_much_beside_twelve_others_as_beside_three(noun: str, administrator: Client) -> None:
    maker = factories.MAKERS[noun]
    made, _, _ = (maker() for _ in range(3))
    administrator.get(change_url(made))
    few = queries_of(administrator, change_url(made))
    for _ in range(9):
        maker()
    assert queries_of(administrator, change_url(made)) == few


def put_rows_below(noun: Any, relation: str, numbers: range) -> None:
    """Put rows below a noun, each with another noun behind each of its keys."""
    child = child_models(type(noun))[relation]
    for index in numbers:
        keys = {name: factories.MAKERS[field.related_model.NOUN]() for name, field in relations(child)}
        own: dict[str, Any] = {
            "events": {"kind": "escalation" if child is LetterEvent else "adopted", "on": "2017-05-01"},
            "names": {"name": f"Name {index}"},
            "parties": {"name": f"Party {index}", "role": "plaintiff"},
            "answers": {"answer": "yes"},
        }.get(relation, {})
        child(**{parent_key(type(noun), relation): noun, **keys, **own}).save()


GROUPS = [(noun, relation) for noun in NOUNS for relation in noun_models()[noun].CHILDREN]


@pytest.mark.parametrize(("noun", "relation"), GROUPS)
def test_a_form_asks_as_much_for_twelve_rows_below_it_as_for_three(
    noun: str, relation: str, administrator: Client
) -> None:
    made = factories.MAKERS[noun]()
    put_rows_below(made, relation, range(3))
    administrator.get(change_url(made))
    few = queries_of(administrator, change_url(made))
    put_rows_below(made, relation, range(3, 12))
    assert queries_of(administrator, change_url(made)) == few


@pytest.mark.parametrize("noun", NOUNS)
def test_searching_a_list_finds_nothing_for_nonsense_and_does_not_fail(noun: str, contributor: Client) -> None:
    factories.MAKERS[noun]()
    url = address(noun_models()[noun], "changelist")
    for query in ("zzzz-nothing", "O'Neil", "%", "8 U.S.C. § 1373", "\x00" if connection.vendor == "sqlite" else "é"):
        response = contributor.get(url, {"q": query})
        assert response.status_code == 200
    assert contributor.get(url, {"q": "zzzz-nothing"}).context["cl"].result_count == 0


@pytest.mark.parametrize("noun", NOUNS)
def test_every_filter_of_a_list_narrows_it_without_failing(noun: str, contributor: Client) -> None:
    model = noun_models()[noun]
    factories.MAKERS[noun]()
    url = address(model, "changelist")
    for chosen in contributor.get(url).context["cl"].filter_specs:
        for name in chosen.expected_parameters():
            for value in ("1", "none", "nonsense"):
                assert contributor.get(url, {name: value}).status_code in {200, 302}, (name, value)


@pytest.mark.parametrize("noun", NOUNS)
def test_whatever_points_to_another_noun_is_chosen_by_searching(noun: str, reviewer: Client) -> None:
    model = noun_models()[noun]
    pairs: list[tuple[type[Declared], str]] = [(model, name) for name, _ in relations(model)]
    pairs += [(child, name) for child in child_models(model).values() for name, _ in relations(child)]
    page = reviewer.get(address(model, "add")).content.decode()
    for owner, name in pairs:
        found = reviewer.get(
            "/admin/autocomplete/",
            {
                "app_label": owner._meta.app_label,
                "model_name": str(owner._meta.model_name),
                "field_name": name,
                "term": "x",
            },
        )
        assert found.status_code == 200, (owner, name)
        assert f'data-field-name="{name}"' in page


def test_a_citation_says_which_field_of_its_record_it_is_about(contributor: Client) -> None:
    page = contributor.get(address(noun_models()["letters"], "add"))
    [citations] = [inline for inline in page.context["inline_admin_formsets"] if inline.formset.model is Citation]
    choices = dict(citations.formset.empty_form.fields["field"].choices)
    assert choices[""] == "The whole record"
    assert {"sent_on", "recipient_as_written", "events"} <= set(choices)
    assert "internal_notes" not in choices


def test_a_field_that_a_citation_names_stays_even_when_it_is_no_choice(contributor: Client) -> None:
    letter = factories.letter()
    letter.citations.update(field="an_older_name")
    page = contributor.get(change_url(letter))
    [citations] = [inline for inline in page.context["inline_admin_formsets"] if inline.formset.model is Citation]
    assert "an_older_name" in dict(citations.formset.forms[0].fields["field"].choices)


@pytest.mark.parametrize("words", ["Orleans Parish", "Nawlins", "new orleans, la", "22071"])
def test_a_jurisdiction_is_found_by_any_name_that_it_goes_by(contributor: Client, words: str) -> None:
    from_letters = {"app_label": "tracker", "model_name": "letter", "field_name": "jurisdiction", "term": words}
    place = factories.jurisdiction(
        slug="orleans-parish-la", name="Orleans", full_name="Orleans Parish", kind="county", state="LA", geoid="22071"
    )
    for name in ("New Orleans", "Nawlins"):
        place.names.create(name=name)
    factories.jurisdiction()
    found = contributor.get("/admin/autocomplete/", from_letters).json()["results"]
    assert [result["text"] for result in found] == ["Orleans Parish, LA (county or equivalent)"]
