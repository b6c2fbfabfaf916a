"""What an import does: the right thing to each row, everything or nothing, and every error at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.tables.imports import prepare
from desk.tables.problems import Refused
from desk.tables.resources import resource
from nouns.declarations import noun_models
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.desk.tables.sheets import as_csv, as_workbook, exported, imported, looked, reasons, said, table
from tracker.models import GrantAward, LegalAuthority, Letter, Policy, Publication, Record, Source, Statement, Status
from tracker.publishing import restoring

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

NOUNS = sorted(noun_models())
AWARD = ("slug", "program", "jurisdiction", "recipient_as_written", "award_id", "fiscal_year", "amount", "amount_kind")


@pytest.fixture
def jag(db: None) -> Any:
    factories.state("IL")
    return factories.program(slug="jag", short_name="JAG")


def award(number: int, **cells: Any) -> list[Any]:
    """The cells of a new award to Illinois."""
    values = {
        "slug": "", "program": "jag", "jurisdiction": "illinois", "recipient_as_written": f"Recipient {number}",
        "award_id": f"2016-DJ-BX-{number:04}", "fiscal_year": 2016, "amount": "1500.50", "amount_kind": "award",
    }  # fmt: skip
    return [{**values, **cells}[name] for name in AWARD]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("noun", NOUNS)
def test_importing_an_export_of_any_noun_changes_nothing(noun: str, suffix: str, bob: User) -> None:
    model = noun_models()[noun]
    for _ in range(3):
        factories.MAKERS[noun]()
    before = list(model._base_manager.order_by("pk").values())
    history = model.history.count()
    report = imported(model, exported(model, suffix), bob)
    assert report.counts == {"add": 0, "change": 0, "unchanged": len(before)}
    assert list(model._base_manager.order_by("pk").values()) == before
    assert model.history.count() == history


@pytest.mark.parametrize("noun", NOUNS)
def test_every_field_that_staff_may_type_has_a_column_and_no_other(noun: str) -> None:
    model = noun_models()[noun]
    columns = {column.attribute for column in resource(model).columns.values()}
    never = {"status", "revision", "reviewed_by", "submitted_by", "created_by", "published_revision", "published_at"}
    assert not columns & never
    typed = {name for name in model.PUBLIC_FIELDS if model._meta.get_field(name).editable}
    assert typed - columns <= {*model.DERIVED_FIELDS, "sha256"}


def test_new_rows_become_drafts_as_the_form_makes_them(jag: Any, alice: User) -> None:
    report = imported(GrantAward, as_csv(AWARD, award(1), award(2, slug="my-own")), alice)
    assert report.counts["add"] == 2
    first, second = GrantAward.objects.order_by("pk")
    assert (first.slug, second.slug) == ("2016-jag-illinois", "my-own")
    assert (first.status, first.revision, first.created_by, first.reviewed_by) == (Status.DRAFT, 1, alice, None)
    assert (first.state, first.award_id_normalised, first.amount) == ("IL", "2016DJBX0001", Decimal("1500.50"))
    [line] = first.history.all()
    assert (line.history_type, line.history_user, line.history_change_reason) == ("+", alice, "From a table")


def test_a_changed_row_is_the_next_revision_and_a_draft_while_the_public_one_stays(
    jag: Any, alice: User, publish: Publish
) -> None:
    made = factories.grant(slug="a", program=jag, amount="1000.00")
    publish(made)
    report = imported(GrantAward, as_csv(("slug", "amount"), ("a", "1200")), alice)
    made.refresh_from_db()
    assert report.counts == {"add": 0, "change": 1, "unchanged": 0}
    assert report.rows[0]["cells"] == [["amount", "1000.00", "1200.00"]]
    assert (made.amount, made.status, made.revision) == (Decimal(1200), Status.DRAFT, made.published_revision + 1)
    assert GrantAward.edition.get(slug="a").amount == Decimal(1000)
    line = made.history.first()
    assert (line.history_type, line.revision, line.history_user) == ("~", made.revision, alice)


def test_a_row_without_a_slug_is_about_the_noun_that_has_its_key(jag: Any, alice: User) -> None:
    made = factories.grant(slug="a", program=jag, award_id="2016-DJ-BX-0001")
    report = imported(GrantAward, as_csv(("slug", "award_id", "note"), ("", "2016 dj bx 0001", "Seen")), alice)
    made.refresh_from_db()
    assert report.counts["change"] == 1
    assert made.note == "Seen"


def test_links_to_many_are_replaced_and_stand_in_the_history(bob: User) -> None:
    first, second = factories.authority(slug="one"), factories.authority(slug="two")
    letter = factories.letter(slug="a")
    letter.legal_authorities.set([first])
    imported(Letter, as_csv(("slug", "legal_authorities"), ("a", "two; one")), bob)
    assert set(letter.legal_authorities.all()) == {first, second}
    assert len(restoring.past(letter, [letter.history.first()])[0].fields["legal_authorities"]) == 2
    imported(Letter, as_csv(("slug", "legal_authorities"), ("a", "two")), bob)
    assert list(letter.legal_authorities.all()) == [second]


def test_the_columns_of_a_citation_cite_a_source_once(jag: Any, alice: User) -> None:
    factories.source(slug="list")
    rows = as_csv((*AWARD, "source", "locator", "quote"), [*award(1), "list", "p. 3", "To Illinois"])
    imported(GrantAward, rows, alice)
    [citation] = GrantAward.objects.get().citations.all()
    assert (citation.source.slug, citation.locator, citation.quote) == ("list", "p. 3", "To Illinois")
    made = GrantAward.objects.get()
    assert made.revision == 1
    assert len(restoring.past(made, [made.history.get()])[0].children["citations"]) == 1
    assert imported(GrantAward, rows, alice).counts["unchanged"] == 1


def test_references_are_published_as_their_form_publishes_them(
    bob: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(using="default", execute=True):
        imported(LegalAuthority, as_csv(("slug", "citation"), ("", "8 U.S.C. 1644")), bob)
    assert LegalAuthority.edition.get().slug == "8-usc-1644"


def test_who_may_not_write_a_noun_in_its_form_may_not_import_it(alice: User) -> None:
    with pytest.raises(PermissionDenied):
        imported(LegalAuthority, as_csv(("slug", "citation"), ("", "8 U.S.C. 1644")), alice)
    assert not LegalAuthority.objects.exists()


def test_every_error_of_every_row_is_told_at_once_and_nothing_is_written(jag: Any, alice: User) -> None:
    factories.grant(slug="taken", program=jag, award_id="2016-DJ-BX-0009")
    content = as_csv(
        AWARD,
        award(1, program="jga", fiscal_year="year", amount="-5"),
        award(2),
        award(3, award_id="2016-DJ-BX-0009", amount_kind="gift", slug="x"),
        award(2, recipient_as_written=""),
    )
    report = looked(GrantAward, content)
    assert said(report) == [
        (2, "program", "jga"),
        (2, "fiscal_year", "year"),
        (2, "amount", "-5"),
        (4, "amount_kind", "gift"),
        (4, "award_id", "2016-DJ-BX-0009"),
        (5, "recipient_as_written", ""),
        (5, "award_id", "2016-DJ-BX-0002"),
    ]
    assert all(problem.reason for problem in report.problems)
    with pytest.raises(Refused):
        imported(GrantAward, content, alice)
    assert GrantAward.objects.count() == 1


def test_one_wrong_row_keeps_the_others_out(alice: User) -> None:
    for slug in ("a", "b"):
        factories.statement(slug=slug, note="Before")
    content = as_csv(("slug", "said_on", "note"), ("a", "2017-04-22", "After"), ("b", "a Friday", "After"))
    with pytest.raises(Refused):
        imported(Statement, content, alice)
    assert set(Statement.objects.values_list("note", flat=True)) == {"Before"}


def test_a_rule_of_the_database_is_told_like_any_other_error(alice: User) -> None:
    factories.policy(slug="a", adopted_on="2016-01-04")
    report = looked(Policy, as_csv(("slug", "ended_on"), ("a", "2015")))
    assert [(problem.row, problem.column, problem.reason) for problem in report.problems] == [
        (2, "ended_on", "The end is before the start.")
    ]


def test_what_follows_from_other_columns_may_not_be_contradicted() -> None:
    factories.letter(slug="a")
    report = looked(Letter, as_csv(("slug", "jurisdiction", "state"), ("a", "illinois", "CA")))
    assert said(report) == [(2, "state", "CA")]


def test_two_rows_about_one_noun_are_refused() -> None:
    factories.statement(slug="a")
    report = looked(Statement, as_csv(("slug", "note"), ("a", "One"), ("a", "Two")))
    assert said(report) == [(3, "slug", "a")]


def test_an_address_that_was_ever_public_is_not_given_away(jag: Any, alice: User, publish: Publish) -> None:
    made = factories.grant(slug="a", program=jag)
    publish(made)
    GrantAward.objects.filter(pk=made.pk).update(slug="b")
    assert said(looked(GrantAward, as_csv(AWARD, award(1, slug="a")))) == [(2, "slug", "a")]
    assert Publication.objects.filter(slug="a").exists()


def test_missing_required_columns_are_named_once() -> None:
    report = looked(GrantAward, as_csv(("slug", "note"), ("", "One"), ("", "Two")))
    assert {problem.column for problem in report.problems} >= {"program", "jurisdiction", "fiscal_year"}
    assert len(report.problems) == 5


@pytest.mark.parametrize(
    ("header", "word"),
    [
        (("slug", "recipient_as_writen"), "recipient_as_written"),
        (("slug", "Award ID"), "award_id"),
        (("slug", "note", "note"), "2 times"),
        (("slug", "status"), "never read"),
        (("slug", "revision"), "never read"),
        (("slug", "reviewed_by"), "never read"),
        (("slug", "published_revision"), "never read"),
        (("slug", "award_id_normalised"), "never read"),
        (("slug", "state"), "follows"),
        (("slug", "shares"), "form"),
        (("", "slug"), "no name"),
        (("note",), "missing"),
    ],
)
def test_a_header_with_an_unknown_a_doubled_or_a_protected_column_is_refused(header: Any, word: str) -> None:
    report = looked(GrantAward, as_csv(header, ["a"] * len(header)))
    assert word in reasons(report)
    assert {problem.row for problem in report.problems} == {1}


def test_a_chunk_asks_as_much_for_five_hundred_rows_as_for_five(jag: Any, django_assert_max_num_queries: Any) -> None:
    def asked(rows: int) -> int:
        content = as_csv(AWARD, *(award(number, fiscal_year=1990 + number % 100) for number in range(rows)))
        with CaptureQueriesContext(connection) as queries:
            assert looked(GrantAward, content).problems == []
        return len(queries)

    asked(5)
    few = asked(5)
    # Many new awards of one place and year share the words of their addresses, which costs no query more.
    assert asked(450) <= few + 2


def test_what_changed_since_it_was_looked_at_is_not_written(jag: Any, alice: User) -> None:
    made = factories.grant(slug="a", program=jag)
    content = as_csv(("slug", "note"), ("a", "Mine"))
    seen = looked(GrantAward, content)
    made.note = "Theirs"
    made.save()
    with pytest.raises(Refused, match="changed"):
        prepare(table(GrantAward, content), seen=seen.digest)
    made.refresh_from_db()
    assert made.note == "Theirs"


def test_what_changed_between_planning_and_writing_is_not_overwritten(jag: Any, alice: User) -> None:
    made = factories.grant(slug="a", program=jag)
    prepared = prepare(table(GrantAward, as_csv(("slug", "note"), ("a", "Mine"))))
    new = prepare(table(GrantAward, as_csv(AWARD, award(1))))
    made.note = "Theirs"
    made.save()
    factories.grant(award_id="2016-DJ-BX-0001", program=jag)
    for late in (prepared, new):
        with pytest.raises(Refused, match="changed"):
            late.write(by=alice, reason="")
    made.refresh_from_db()
    assert (made.note, GrantAward.objects.count()) == ("Theirs", 2)


def test_a_value_that_only_looks_different_is_no_change(jag: Any) -> None:
    factories.grant(slug="a", program=jag, amount="1000.00", note="One\nTwo")
    report = looked(GrantAward, as_csv(("slug", "amount", "note"), ("a", "1000", " One\r\nTwo ")))
    assert report.counts["unchanged"] == 1


def test_a_withdrawn_or_reviewed_record_cannot_be_published_by_a_table(publish: Publish, alice: User) -> None:
    made = factories.letter(slug="a")
    publish(made)
    imported(Letter, as_csv(("slug", "summary"), ("a", "New")), alice)
    made.refresh_from_db()
    assert isinstance(made, Record)
    assert (made.status, Letter.edition.get(slug="a").summary) == (Status.DRAFT, "")


def test_a_workbook_gives_dates_numbers_and_texts_as_they_are_meant(alice: User) -> None:
    content = as_workbook(
        ("slug", "title", "kind", "published_on", "note"),
        ("", "A", "news", date(2017, 4, 21), "'=1+1"),
        ("", "B", "news", 2017, 3.10),
        ("", "C", "news", "2017-04", None),
    )
    imported(Source, content, alice)
    assert list(Source.objects.order_by("title").values_list("published_on", "note")) == [
        ("2017-04-21", "=1+1"),
        ("2017", "3.1"),
        ("2017-04", ""),
    ]
