"""Who may do what: three roles, each a group of accounts, brought up to date whenever the record is migrated.

A role is worked out from what a model is (a record, a reference, the ledger), so that a new noun needs nothing here.
"""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models import Model

from nouns.databases import RECORD
from nouns.noun import Declared
from tracker.models import Publication, Record, RecordChild

CONTRIBUTOR = "Contributor"
REVIEWER = "Reviewer"
ADMINISTRATOR = "Administrator"
ROLES = (CONTRIBUTOR, REVIEWER, ADMINISTRATOR)

READ = frozenset({"view"})
WRITE = frozenset({"view", "add", "change", "delete"})
PUBLISH = WRITE | {"publish"}


def allowed_verbs(model: type[Model], role: str) -> frozenset[str]:
    """What the role may do with rows of this model: some of view, add, change, delete and publish.

    Contributors write records, reviewers publish them and keep the references (places, agencies, programmes), and
    administrators keep the accounts on top. Nobody writes to the ledger, deletes an account or alters a role by hand.
    """
    if issubclass(model, Record):
        return WRITE if role == CONTRIBUTOR else PUBLISH
    if issubclass(model, RecordChild):
        return WRITE
    if issubclass(model, Declared):
        return READ if role == CONTRIBUTOR else WRITE
    if model is Publication:
        return READ
    accounts = {get_user_model(): WRITE - {"delete"}, Group: READ} if role == ADMINISTRATOR else {}
    return accounts.get(model, frozenset())


def bring_roles_up_to_date(*, using: str = RECORD, **_signal: object) -> None:
    """Make the three groups hold exactly the permissions of their roles. Connected to `post_migrate`."""
    if using != RECORD:
        return
    permissions = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set(
            permissions[model._meta.app_label, f"{verb}_{model._meta.model_name}"]
            for model in apps.get_models()
            for verb in allowed_verbs(model, role)
        )
