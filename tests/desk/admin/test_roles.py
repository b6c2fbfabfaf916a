import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User

from nouns.databases import PUBLISHED
from nouns.declarations import child_models, noun_models
from nouns.noun import PublicNoun, Reference
from tracker.models import Publication, Record, SearchEntry
from tracker.roles import ADMINISTRATOR, CONTRIBUTOR, REVIEWER, ROLES, bring_roles_up_to_date

NOUNS = sorted(noun_models())


def may(user: User, verb: str, model: type) -> bool:
    return user.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")  # type: ignore[attr-defined]


@pytest.mark.parametrize("noun", NOUNS)
def test_a_contributor_writes_records_only_and_publishes_nothing(alice: User, noun: str) -> None:
    model = noun_models()[noun]
    writes = not issubclass(model, Reference)
    assert may(alice, "view", model)
    assert may(alice, "add", model) is may(alice, "change", model) is writes
    assert not may(alice, "publish", model)
    for child in child_models(model).values():
        assert may(alice, "add", child) is may(alice, "delete", child) is writes


@pytest.mark.parametrize("noun", NOUNS)
def test_a_reviewer_also_publishes_and_keeps_the_references(bob: User, noun: str) -> None:
    model = noun_models()[noun]
    assert may(bob, "change", model)
    assert may(bob, "publish", model) is issubclass(model, Record)


def test_only_an_administrator_keeps_accounts(alice: User, bob: User, carol: User) -> None:
    assert not any(may(user, verb, User) for user in (alice, bob) for verb in ("view", "add", "change"))
    assert all(may(carol, verb, User) for verb in ("view", "add", "change"))
    assert not may(carol, "delete", User)


@pytest.mark.parametrize("verb", ["add", "change", "delete"])
def test_nobody_writes_to_the_ledger_or_the_search_index(alice: User, bob: User, carol: User, verb: str) -> None:
    for user in (alice, bob, carol):
        assert may(user, "view", Publication)
        assert not may(user, verb, Publication)
        assert not may(user, verb, SearchEntry)


def test_nobody_but_the_cast_has_a_role(dave: User) -> None:
    assert not dave.get_all_permissions()


def test_bringing_roles_up_to_date_takes_away_what_was_given_by_hand_and_changes_nothing_else(db: None) -> None:
    before = {role: set(Group.objects.get(name=role).permissions.all()) for role in ROLES}
    Group.objects.get(name=CONTRIBUTOR).permissions.add(Permission.objects.get(codename="publish_letter"))
    Group.objects.get(name=REVIEWER).permissions.clear()
    bring_roles_up_to_date()
    assert {role: set(Group.objects.get(name=role).permissions.all()) for role in ROLES} == before


def test_migrating_the_edition_makes_no_roles(db: None) -> None:
    Group.objects.all().delete()
    bring_roles_up_to_date(using=PUBLISHED)
    assert not Group.objects.exists()


def test_an_administrator_may_all_that_a_reviewer_may(bob: User, carol: User) -> None:
    assert bob.get_all_permissions() < carol.get_all_permissions()
    assert ADMINISTRATOR in ROLES


def test_every_declared_model_is_somebodys_to_write(bob: User) -> None:
    nouns = [model for model in apps.get_models() if issubclass(model, PublicNoun)]
    assert len(nouns) == len(NOUNS)
    assert all(may(bob, "add", model) for model in nouns)
