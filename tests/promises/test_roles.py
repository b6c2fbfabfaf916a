"""Who may do what at the desk: every role, every kind of thing and every deed, tried through the door and as a verb.

The tables below say it in so many words; each of their cells is one request, and, where a verb stands behind it, one
call of that verb.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.test import Client

from nouns.declarations import noun_models
from nouns.noun import PublicNoun
from tests import factories
from tests.conftest import ALL_DATABASES, Publish
from tests.desk.admin.desk import address, filled
from tests.matrix import NOBODY, REVIEWERS, STAFF, Ask, Cells, Clients, matrix, page, post, taken_back
from tracker.models import Record, TableImport
from tracker.publishing import workflow

pytestmark = pytest.mark.django_db(databases=ALL_DATABASES)

READ = {"list": STAFF, "export": STAFF, "open": STAFF, "history": STAFF, "past revision": STAFF}
OF_A_RECORD = {
    **READ,
    "add": STAFF,
    "change": STAFF,
    "import": STAFF,
    "bring back": STAFF,
    "delete one's own": STAFF,
    "delete another's": REVIEWERS,
    "delete what was public": NOBODY,
    "submit": STAFF,
    "submit from the list": STAFF,
    "discard": STAFF,
    "publish": REVIEWERS,
    "publish from the list": REVIEWERS,
    "send back": REVIEWERS,
    "withdraw": REVIEWERS,
    "merge": REVIEWERS,
}
OF_A_REFERENCE = {
    **READ,
    "add": REVIEWERS,
    "change": REVIEWERS,
    "import": REVIEWERS,
    "bring back": REVIEWERS,
    "delete another's": REVIEWERS,
    "delete what was public": NOBODY,
}
RECORD_VERBS = {
    "submit": STAFF,
    "discard": STAFF,
    "revert": STAFF,
    "approve": REVIEWERS,
    "send_back": REVIEWERS,
    "withdraw": REVIEWERS,
    "merge": REVIEWERS,
}
REFERENCE_VERBS = {"revert": REVIEWERS, "publish_references": REVIEWERS}


@pytest.fixture(autouse=True)
def _queries_are_counted_elsewhere(settings: Any) -> None:
    """Silence the watcher for loops of queries; what pages ask is counted in the rooms' own tests."""
    settings.ZEAL_ALLOWLIST = [{"model": "*"}]


def a_text(model: type[PublicNoun]) -> str:
    """A field that holds any text and bears a longer one."""
    fields: list[Any] = [model._meta.get_field(name) for name in model.PUBLIC_FIELDS]
    name: str = next(
        field.name
        for field in fields
        if type(field) in {models.CharField, models.TextField} and not field.choices and (field.max_length or 200) > 100
    )
    return name


def edited(noun: Any) -> Any:
    """The noun with another text: its next revision, a draft where it is a record."""
    name = a_text(type(noun))
    setattr(noun, name, f"{getattr(noun, name)} once more")
    if isinstance(noun, Record):
        noun.status = "draft"
    noun.save()
    return noun


def form_of_a_new_one(noun: str, keeper: Client) -> dict[str, Any]:
    """What somebody types into an empty form: the noun that it describes was there, and is gone again."""
    gone = factories.MAKERS[noun]()
    shown: Any = keeper.get(address(type(gone), "change", gone.pk))
    gone.delete()
    prefixes = [inline.formset.prefix for inline in shown.context["inline_admin_formsets"]]
    no_rows = {f"{prefix}-{count}_FORMS": "0" for prefix in prefixes for count in ("TOTAL", "INITIAL")}
    return filled(shown, slug="", another_letter="on", **no_rows)  # Other letters of the tests are much like it.


def reading(noun: Any) -> Cells:
    model, past = type(noun), noun.history.last()
    return {
        "list": page(model, "changelist"),
        "export": page(model, "export", "csv"),
        "open": page(model, "change", noun.pk),
        "history": page(model, "history", noun.pk),
        "past revision": page(model, "simple_history", noun.pk, past.history_id),
    }


def writing(noun: str, draft: Any, public: Any, keeper: Client) -> Cells:
    """The deeds that records and references have in common; `draft` was never public and has two revisions."""
    model, first = type(draft), draft.history.last()
    name = a_text(model)
    changed = filled(keeper.get(address(model, "change", draft.pk)), **{name: "Another text"})
    return {
        "add": post(model, "add", **form_of_a_new_one(noun, keeper)),
        "change": post(model, "change", draft.pk, **changed),
        "import": page(TableImport, "new", noun),
        "bring back": post(model, "simple_history", draft.pk, first.history_id, opened_revision=draft.revision),
        "delete another's": post(model, "delete", draft.pk, post="yes"),
        "delete what was public": post(model, "delete", public.pk, post="yes"),
    }


def moving(own: Any, submitted: Any, reworked: Any, live: Any, kept: Any) -> Cells:
    """The deeds that move a record: alice's own draft, a submitted revision, a live one with edits, two live ones."""
    model = type(own)
    reasons = {"note": "Which page?", "reason": "They moved.", "action": "change"}
    one = {"winner": kept.pk, "winner_revision": kept.revision, "opened_revision": live.revision}

    def move(name: str, record: Any) -> Ask:
        return post(model, name, record.pk, opened_revision=record.revision, **reasons)

    def select(name: str, record: Any) -> Ask:
        confirmed = {"confirmed": f"{record.pk}:{record.revision}", **reasons}
        chosen = {"action": [name, reasons["action"]], "_selected_action": record.pk}  # Both as their page sends them.
        return post(model, "changelist", **{**confirmed, **chosen})

    return {
        "delete one's own": post(model, "delete", own.pk, post="yes"),
        "submit": move("submit", own),
        "submit from the list": select("submit_selected", own),
        "discard": move("discard", reworked),
        "publish": move("publish", submitted),
        "publish from the list": select("publish_selected", submitted),
        "send back": move("send-back", submitted),
        "withdraw": move("withdraw", live),
        "merge": post(model, "merge", live.pk, **one, **reasons),
    }


def allowed(verbs: dict[str, Callable[[User], object]], accounts: dict[str, User]) -> dict[str, set[str]]:
    """Who may call each verb."""
    found: dict[str, set[str]] = {verb: set() for verb in verbs}
    for verb, call in verbs.items():
        for name, account in accounts.items():
            try:
                with taken_back():
                    call(account)
            except PermissionDenied:
                continue
            found[verb].add(name)
    return found


RECORDS = sorted(noun for noun, model in noun_models().items() if issubclass(model, Record))
REFERENCES = sorted(set(noun_models()) - set(RECORDS))


@pytest.mark.parametrize("noun", RECORDS)
def test_records_by_role_and_deed(noun: str, clients: Clients, accounts: dict[str, User], publish: Publish) -> None:
    make = factories.MAKERS[noun]
    own, another, live, kept, reworked, submitted = make(), make(), make(), make(), make(), make()
    type(own).objects.filter(pk=own.pk).update(created_by=accounts["alice"])
    publish(live, kept, reworked, submitted)
    for record in (another, reworked, submitted):
        edited(record)
    workflow.submit(submitted, by=accounts["alice"])
    for record in (own, live, kept, submitted):
        record.refresh_from_db()
    cells = {
        **reading(live),
        **writing(noun, another, live, clients["carol"]),
        **moving(own, submitted, reworked, live, kept),
    }
    assert matrix(type(own), cells, clients) == OF_A_RECORD
    verbs = {
        "submit": lambda by: workflow.submit(fresh(own), by=by),
        "discard": lambda by: workflow.discard(fresh(reworked), by=by),
        "revert": lambda by: workflow.revert(fresh(another), to=another.history.last(), by=by),
        "approve": lambda by: workflow.approve([fresh(submitted)], by=by, action="change", reason="They moved."),
        "send_back": lambda by: workflow.send_back(fresh(submitted), by=by, note="Which page?"),
        "withdraw": lambda by: workflow.withdraw(fresh(live), by=by, reason="A mistake."),
        "merge": lambda by: workflow.merge(fresh(live), fresh(kept), by=by, reason="One and the same."),
    }
    assert allowed(verbs, accounts) == RECORD_VERBS


@pytest.mark.parametrize("noun", REFERENCES)
def test_references_by_role_and_deed(noun: str, clients: Clients, accounts: dict[str, User], publish: Publish) -> None:
    make = factories.MAKERS[noun]
    draft, live = make(), make()
    publish(live)
    edited(draft)
    cells = {**reading(live), **writing(noun, draft, live, clients["carol"])}
    assert matrix(type(draft), cells, clients) == OF_A_REFERENCE
    verbs = {
        "revert": lambda by: workflow.revert(fresh(draft), to=draft.history.last(), by=by),
        "publish_references": lambda by: workflow.publish_references([fresh(live)], by=by),
    }
    assert allowed(verbs, accounts) == REFERENCE_VERBS


def fresh(noun: Any) -> Any:
    return type(noun).objects.get(pk=noun.pk)
