"""Every rule that the database holds, each violated once by a write that goes round the models' own checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.db.models import Value
from django.utils import timezone

from tests import factories
from tests.conftest import BOTH_DATABASES
from tracker.models import (
    AwardShare,
    AwardTotal,
    Citation,
    LawsuitParty,
    LetterEvent,
    PolicyAnswer,
    Publication,
    StandingPeriod,
    TableImport,
)
from tracker.models.publication import GENESIS
from tracker.models.search_entry import SearchEntry

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


def plain(model: type[models.Model]) -> models.QuerySet[Any]:
    """A queryset without the history that the models' own leave."""
    return models.QuerySet(model)


def changed(row: models.Model, **values: Any) -> None:
    """Write values as SQL would, past save() and clean()."""
    written = {name: Value(value) if isinstance(value, str) else value for name, value in values.items()}
    plain(type(row)).filter(pk=row.pk).update(**written)


def publication(**values: Any) -> None:
    defaults: dict[str, Any] = {
        "id": 1, "noun": "letters", "slug": "a", "record_id": 1, "revision": 1, "action": "publish",
        "at": timezone.now(), "previous_hash": GENESIS, "hash": "1" * 64,
    }  # fmt: skip
    plain(Publication).bulk_create([Publication(**{**defaults, **values})])


def two_awards() -> Any:
    first, second = factories.grant(award_id="2016-DJ-BX-0001"), factories.grant(award_id="2016-DJ-BX-0002")
    changed(second, award_id_normalised=first.award_id_normalised)


def table_import_done_at_no_time() -> None:
    account = User.objects.create_user("importer")
    TableImport(account=account, noun="letters", name="letters.csv", sha256="0" * 64, state="done").save()


def own_parent(row: models.Model, field: str) -> None:
    changed(row, **{field: row.pk})


def letter_event(**values: Any) -> None:
    plain(LetterEvent).bulk_create([LetterEvent(letter=factories.letter(due_on=""), **values)])


def twice(row: models.Model) -> None:
    row.pk = None
    plain(type(row)).bulk_create([row])


def same_value(first: models.Model, second: models.Model, *fields: str) -> None:
    changed(second, **{field: getattr(first, field) for field in fields})


def policy_answer() -> PolicyAnswer:
    answer = PolicyAnswer(policy=factories.policy(), question=factories.question(), answer="yes")
    answer.save()
    return answer


def party(**values: Any) -> LawsuitParty:
    row = LawsuitParty(lawsuit=factories.lawsuit(), **{"role": "plaintiff", "name": "City", **values})
    row.save()
    return row


def share(**values: Any) -> AwardShare:
    row = AwardShare(award=factories.grant(), jurisdiction=factories.state("CA"), **values)
    row.save()
    return row


def shared_number(maker: Callable[..., Any], *fields: str) -> None:
    same_value(maker(), maker(), *fields)


def two_questions() -> None:
    first, second = factories.question(), factories.question()
    same_value(first, second, "codebook_id", "position")


def two_agencies() -> None:
    first, second = factories.agency(), factories.agency()
    same_value(first, second, "name")


def name_twice() -> None:
    place = factories.jurisdiction()
    place.names.create(name="The City")
    twice(place.names.get())


def designation_twice() -> None:
    first, second = factories.designation(), factories.designation()
    same_value(first, second, "federal_action_id", "named_as")


def two_publications(**second: Any) -> None:
    publication()
    publication(**{"id": 2, "previous_hash": "1" * 64, "hash": "2" * 64, **second})


def one_geoid_twice() -> None:
    for place in (factories.jurisdiction(), factories.jurisdiction()):
        changed(place, geoid="1714000")


def search_entry_twice() -> None:
    entry = SearchEntry(noun="letters", record_id=1, slug="a", title="A")
    plain(SearchEntry).bulk_create([entry])
    twice(entry)


def award_total_twice() -> None:
    total = AwardTotal(program=factories.program(), fiscal_year=2017, amount_kind="award", state="IL", counted_in="IL")
    plain(AwardTotal).bulk_create([total])
    twice(total)


def standing_period() -> StandingPeriod:
    period = StandingPeriod(letter=factories.letter(), since="2017-04-21")
    plain(StandingPeriod).bulk_create([period])
    return period


def one_document_twice() -> None:
    for _ in range(2):
        changed(factories.source(), file="sources/a.pdf", sha256="0" * 64)


VIOLATIONS: dict[str, Callable[[], Any]] = {
    "agency_is_not_its_own_parent": lambda: own_parent(factories.agency(), "parent_id"),
    "agency_name_is_unique_in_its_jurisdiction": two_agencies,
    "awardshare_is_not_negative": lambda: changed(share(), amount=-1),
    "awardshare_is_one_per_jurisdiction": lambda: twice(share()),
    "awardtotal_is_one_per_cell": award_total_twice,
    "citation_belongs_to_exactly_one_record": lambda: plain(Citation).bulk_create(
        [Citation(source=factories.source())]
    ),
    "codebook_version_is_unique": lambda: shared_number(factories.codebook, "version"),
    "designation_dates_are_dates": lambda: changed(factories.designation(), removed_on="August"),
    "designation_is_not_removed_before_it_is_made": lambda: changed(factories.designation(), removed_on="2025-08-04"),
    "designation_names_a_jurisdiction_once_per_list": designation_twice,
    "federalaction_dates_are_dates": lambda: changed(factories.federal_action(), effective_on="2017-13"),
    "federalaction_does_not_end_before_it_is_issued": lambda: changed(factories.federal_action(), ended_on="2016"),
    "grantaward_amount_has_a_kind": lambda: changed(factories.grant(), amount_kind=""),
    "grantaward_award_id_is_unique": two_awards,
    "grantaward_awarded_on_is_a_date": lambda: changed(factories.grant(), awarded_on="soon"),
    "grantprogram_assistance_listing_is_unique": lambda: shared_number(factories.program, "assistance_listing"),
    "jurisdiction_below_the_nation_has_a_state": lambda: changed(factories.state("IL"), state=""),
    "jurisdiction_coordinates_are_a_pair_on_earth": lambda: changed(factories.jurisdiction(), latitude=40),
    "jurisdiction_geoid_is_unique": one_geoid_twice,
    "jurisdiction_is_not_its_own_parent": lambda: own_parent(factories.jurisdiction(), "parent_id"),
    "jurisdiction_name_is_listed_once": name_twice,
    "jurisdiction_population_year_has_a_population": lambda: changed(factories.jurisdiction(), population_year=2022),
    "lawsuit_docket_is_unique_in_its_court": lambda: shared_number(factories.lawsuit, "docket_number"),
    "lawsuit_filed_on_is_a_date": lambda: changed(factories.lawsuit(), filed_on="2017-2"),
    "lawsuit_is_not_its_own_appeal": lambda: own_parent(factories.lawsuit(), "appeal_of_id"),
    "lawsuitevent_on_is_a_date": lambda: changed(factories.lawsuit().events.create(kind="order"), on="x"),
    "lawsuitparty_has_a_name": lambda: changed(party(), name=""),
    "lawsuitparty_is_listed_once_per_role": lambda: twice(party()),
    "legalauthority_citation_is_unique": lambda: shared_number(factories.authority, "citation"),
    "letter_dates_are_dates": lambda: changed(factories.letter(), received_on="2017/04/24"),
    "letter_is_not_received_before_it_is_sent": lambda: changed(factories.letter(), received_on="2017-04-20"),
    "letter_names_its_recipient": lambda: changed(factories.letter(), recipient_as_written=""),
    "letterbatch_dates_are_dates": lambda: changed(factories.letter_batch(), announced_on="April 2017"),
    "letterevent_assessment_and_outcome_go_together": lambda: letter_event(kind="assessment", on="2017-10-11"),
    "letterevent_dates_are_dates": lambda: changed(factories.letter().events.get(), due_on="2017-99"),
    "letterevent_deadline_has_a_day": lambda: letter_event(kind="deadline", on="2017-04-21"),
    "letterevent_is_not_due_before_it_is_set": lambda: letter_event(
        kind="deadline", on="2017-04-21", due_on="2017-04-20"
    ),
    "policy_dates_are_dates": lambda: changed(factories.policy(), adopted_on="2016-01-4"),
    "policy_does_not_end_before_it_starts": lambda: changed(factories.policy(), ended_on="2016-01-03"),
    "policy_takes_effect_only_when_adopted": lambda: changed(
        factories.policy(outcome="proposed"), effective_on="2016-02"
    ),
    "policyanswer_answers_a_question_once": lambda: twice(policy_answer()),
    "policyevent_on_is_a_date": lambda: changed(factories.policy().events.create(kind="amended"), on="May"),
    "publication_follows_one_other": lambda: two_publications(previous_hash=GENESIS),
    "publication_hash_is_unique": lambda: two_publications(hash="1" * 64),
    "publication_ids_start_at_one": lambda: publication(id=0),
    "publication_withdrawal_has_a_reason": lambda: publication(action="withdraw"),
    "question_position_is_unique_in_its_codebook": two_questions,
    "searchentry_is_one_per_record": search_entry_twice,
    "source_document_has_a_checksum": lambda: changed(factories.source(), file="sources/a.pdf"),
    "source_document_is_kept_once": one_document_twice,
    "source_published_on_is_a_date": lambda: changed(factories.source(), published_on="various"),
    "source_retrieved_on_is_a_date": lambda: changed(factories.source(), retrieved_on="today"),
    "standingperiod_begins_once": lambda: twice(standing_period()),
    "standingperiod_dates_are_dates": lambda: changed(standing_period(), due_on="June"),
    "standingperiod_ends_after_it_begins": lambda: changed(standing_period(), until="2017-04-21"),
    "statement_amount_has_a_period": lambda: changed(factories.statement(), amount=2_200_000_000),
    "statement_quotation_has_its_words": lambda: changed(factories.statement(), kind="quote"),
    "statement_said_on_is_a_date": lambda: changed(factories.statement(), said_on="20170421"),
    "tableimport_done_has_a_time": table_import_done_at_no_time,
}


def constraints() -> dict[str, models.BaseConstraint]:
    """The named constraints of the tracker and of the places, those that every record has aside."""
    found = {
        constraint.name: constraint
        for model in (*apps.get_app_config("tracker").get_models(), *apps.get_app_config("jurisdictions").get_models())
        for constraint in model._meta.constraints
    }
    return {name: rule for name, rule in found.items() if not name.endswith(("_status_is_known", "_this_revision"))}


@pytest.mark.parametrize("name", sorted(VIOLATIONS))
def test_the_database_refuses_what_a_constraint_forbids(name: str) -> None:
    with pytest.raises(IntegrityError, match=name if not is_unique(name) else None), transaction.atomic():
        VIOLATIONS[name]()


def is_unique(name: str) -> bool:
    """SQLite names the columns of a unique rule, not the rule."""
    return isinstance(constraints()[name], models.UniqueConstraint)


def test_every_constraint_is_violated_by_a_test() -> None:
    assert set(constraints()) == set(VIOLATIONS)


RECORD_MAKERS = [
    name
    for name in factories.MAKERS
    if name not in {"agencies", "codebooks", "grant-programs", "jurisdictions", "legal-authorities", "questions"}
]


@pytest.mark.parametrize("noun", RECORD_MAKERS)
def test_sql_cannot_publish_a_record_without_a_reviewer(noun: str) -> None:
    record = factories.MAKERS[noun]()
    with pytest.raises(IntegrityError, match="published_has_a_reviewer"), transaction.atomic():
        changed(record, status="published", published_revision=record.revision)


@pytest.mark.parametrize("noun", RECORD_MAKERS)
def test_sql_cannot_call_another_revision_published(noun: str, bob: User) -> None:
    record = factories.MAKERS[noun]()
    with pytest.raises(IntegrityError, match="this_revision"), transaction.atomic():
        changed(record, status="published", reviewed_by=bob, published_revision=record.revision - 1)


@pytest.mark.parametrize("noun", RECORD_MAKERS)
def test_a_status_is_one_of_the_four(noun: str) -> None:
    with pytest.raises(IntegrityError, match="status_is_known"), transaction.atomic():
        changed(factories.MAKERS[noun](), status="live")
