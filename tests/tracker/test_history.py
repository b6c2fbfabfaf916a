"""Every write leaves history, bulk writes and many-to-many changes included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from jurisdictions.models import Jurisdiction
from nouns.declarations import child_models, noun_models
from nouns.history import one_history_row
from nouns.noun import Declared
from tests import factories
from tests.conftest import BOTH_DATABASES
from tracker.models import Letter
from tracker.publishing.edition import replay

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

TRACKED = sorted(
    {*noun_models().values(), *(child for noun in noun_models().values() for child in child_models(noun).values())},
    key=lambda model: model.__name__,
)


@pytest.mark.parametrize("model", TRACKED)
def test_every_noun_and_child_is_tracked(model: type[Declared]) -> None:
    options: Any = model._meta
    assert options.simple_history_manager_attribute == "history"


@pytest.mark.parametrize("model", TRACKED)
def test_every_public_link_to_many_is_tracked(model: type[Declared]) -> None:
    public = {field.name for field in model.many_to_many_fields()}
    assert public == set(getattr(model, "_history_m2m_fields", ()))


@pytest.mark.parametrize("noun", sorted(factories.MAKERS))
def test_save_and_delete_leave_history(noun: str) -> None:
    row = factories.MAKERS[noun]()
    model = type(row)
    row.save()
    kinds = [entry.history_type for entry in model.history.filter(id=row.pk).order_by("history_id")]
    assert kinds[0] == "+"
    assert kinds[-1] == "~"


def renamed(place: Jurisdiction) -> Jurisdiction:
    place.name = "New"
    return place


class TestBulkWrites:
    def places(self) -> list[Jurisdiction]:
        return [
            Jurisdiction(slug=f"place-{n}", name=f"P{n}", full_name=f"Place {n}", kind="place", state="IL")
            for n in range(3)
        ]

    def entries(self) -> list[tuple[str, str]]:
        return list(Jurisdiction.history.order_by("history_id").values_list("slug", "history_type"))

    def test_bulk_create_leaves_a_row_each(self) -> None:
        Jurisdiction.objects.bulk_create(self.places())
        assert self.entries() == [("place-0", "+"), ("place-1", "+"), ("place-2", "+")]

    @pytest.mark.parametrize(
        "write",
        [
            lambda _rows: Jurisdiction.objects.filter(slug__startswith="place").update(name="New"),
            lambda rows: Jurisdiction.objects.bulk_update([renamed(row) for row in rows], ["name"], batch_size=2),
        ],
        ids=["update", "bulk_update"],
    )
    def test_updates_leave_a_row_each_with_the_new_values(self, write: Callable[[list[Jurisdiction]], int]) -> None:
        rows = Jurisdiction.objects.bulk_create(self.places())
        write(rows)
        changed = Jurisdiction.history.filter(history_type="~")
        assert [entry.name for entry in changed] == ["New"] * 3

    def test_a_queryset_delete_leaves_a_row_each(self) -> None:
        Jurisdiction.objects.bulk_create(self.places())
        Jurisdiction.objects.filter(slug__startswith="place").delete()
        assert [kind for _, kind in self.entries()].count("-") == 3

    def test_updates_keep_the_links_to_many(self) -> None:
        letter = factories.letter()
        letter.legal_authorities.set([factories.authority(), factories.authority()])
        Letter.objects.filter(pk=letter.pk).update(demand="More.")
        latest = Letter.history.filter(id=letter.pk).latest()
        assert latest.legal_authorities.count() == 2

    def test_an_update_is_undone_when_its_history_cannot_be_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        letter = factories.letter()

        def fail(*_: object, **__: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("nouns.history.write_histories", fail)
        with pytest.raises(RuntimeError):
            Letter.objects.filter(pk=letter.pk).update(demand="More.")
        assert Letter.objects.get(pk=letter.pk).demand == ""


def test_one_edit_of_links_to_many_leaves_one_row(alice: User) -> None:
    letter = factories.letter()
    letter.legal_authorities.set([factories.authority()])
    before = Letter.history.filter(id=letter.pk).count()
    with one_history_row(letter, by=alice, reason="Another authority"):
        letter.demand = "More."
        letter.save()
        letter.legal_authorities.set([factories.authority(), factories.authority()])
    entries = Letter.history.filter(id=letter.pk)
    assert entries.count() == before + 1
    latest = entries.latest()
    assert (latest.demand, latest.legal_authorities.count()) == ("More.", 2)
    assert (latest.history_user, latest.history_change_reason) == (alice, "Another authority")


def test_writing_to_the_edition_leaves_no_history(published_letter: Letter) -> None:
    before = Letter.history.count()
    replay()
    assert Letter.history.count() == before


def test_every_child_is_removed_with_a_trace(draft_letter: Letter) -> None:
    event = draft_letter.events.get()
    key, history = event.pk, type(event).history
    event.delete()
    assert history.filter(id=key).latest().history_type == "-"
