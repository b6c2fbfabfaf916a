"""The cast at their desks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import factories
from tests.conftest import ALL_DATABASES, Publish, SignIn
from tracker.models import Letter
from tracker.publishing import workflow


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here may use every database, since saving and publishing touch several."""
    for item in items:
        if "desk/admin" in item.path.as_posix() and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db(databases=ALL_DATABASES))


@pytest.fixture(autouse=True)
def _queries_are_counted_instead(settings: Any) -> None:
    """Silence the watcher for loops of queries: a form that is sent looks up each of its choices, as Django's do.

    What every page of the staff asks is counted in test_pages.py.
    """
    settings.ZEAL_ALLOWLIST = [{"model": "*"}]


@pytest.fixture
def contributor(alice: User, sign_in: SignIn) -> Client:
    """Alice's browser."""
    return sign_in(alice)


@pytest.fixture
def reviewer(bob: User, sign_in: SignIn) -> Client:
    """Bob's browser."""
    return sign_in(bob)


@pytest.fixture
def administrator(carol: User, sign_in: SignIn) -> Client:
    """Carol's browser."""
    return sign_in(carol)


Ready = Callable[[str], Letter]


@pytest.fixture
def ready(draft_letter: Letter, alice: User, publish: Publish) -> Ready:
    """A letter as it stands when this move is due."""

    def made_ready(move: str) -> Letter:
        if move == "withdraw":
            publish(draft_letter)
        elif move != "submit":
            publish(factories.nation(), factories.state("IL"), factories.justice_department())
            workflow.submit(draft_letter, by=alice)
        draft_letter.refresh_from_db()
        return draft_letter

    return made_ready


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Documents are kept in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def named() -> dict[str, Any]:
    """What the letters name, as far as the record has it: not 8 U.S.C. 1644."""
    for code, geoid in (("IL", "17"), ("NJ", "34")):
        place = factories.state(code)
        place.geoid = geoid
        place.save()
    for kind, geoid, name in (("county", "34023", "Middlesex County"), ("place", "3445690", "Middlesex borough")):
        factories.jurisdiction(kind=kind, geoid=geoid, full_name=name, name="Middlesex", state="NJ", slug=f"m-{kind}")
    return {
        "sender": factories.agency(name="Office of Justice Programs", short_name="OJP"),
        "authority": factories.authority(citation="8 U.S.C. 1373"),
        "award": factories.grant(award_id="2016-DJ-BX-0001"),
    }
