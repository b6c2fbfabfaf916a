"""Search finds the same on either database: words in any form, phrases, negations, misspellings, and never a fault."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connections
from django.test import TestCase
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nouns.databases import PUBLISHED, RECORD
from public.search import postgresql, searching
from public.search.plan import TooCommon, fetch
from public.search.query import MOST_TERMS, UnusableQuery, parse
from public.search.searching import search
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.public.conftest import Searchable
from tracker.models import Letter, SearchEntry
from tracker.publishing import search_tables, workflow
from tracker.publishing.edition import replay

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000000) SELECT count(*) FROM n"


def found(query: str, **narrowing: list[str]) -> set[str]:
    return {hit.slug for hit in search(query, **narrowing).hits}  # type: ignore[arg-type]  # Names of sequences.


@pytest.mark.parametrize("query", ["8 U.S.C. § 1373", "8 USC 1373", "8 usc §1373", '"8 U.S.C. 1373"', "1373"])
def test_law_is_found_however_it_is_cited(query: str, searchable: Searchable) -> None:
    searchable(cited="Letters under 8 U.S.C. § 1373", other="Letters under 8 U.S.C. § 1644")
    assert found(query) == {"cited"}


@pytest.mark.parametrize("query", ["detainers", "detainer", "DETAINED", "detain"])
def test_word_is_found_in_any_of_its_forms(query: str, searchable: Searchable) -> None:
    searchable(form="Holds on a detainer", other="Holds on a warrant")
    assert found(query) == {"form"}


@pytest.mark.parametrize("query", ["O'Neil", "o\u2019neil", "O NEIL", '"O\'Neil"'])
def test_apostrophe_is_no_obstacle(query: str, searchable: Searchable) -> None:
    searchable(oneil="Statement of Sheriff O'Neil", neil="Statement of Sheriff Neil")
    assert found(query) == {"oneil"}


def test_word_with_a_minus_is_left_out(searchable: Searchable) -> None:
    searchable(chicago="A detainer in Chicago", boston="A detainer in Boston")
    assert found("detainer -Chicago") == {"boston"}
    assert found('detainer -"in chicago"') == {"boston"}


def test_either_word_is_enough_with_or(searchable: Searchable) -> None:
    searchable(chicago="Ordinance of Chicago", boston="Ordinance of Boston", miami="Ordinance of Miami")
    assert found("Chicago OR Boston") == {"chicago", "boston"}
    assert found("ordinance Chicago or ordinance Miami") == {"chicago", "miami"}


def test_phrase_keeps_words_together(searchable: Searchable) -> None:
    searchable(together="Trust Act of the city", apart="Act of trust")
    assert found('"trust act"') == {"together"}
    assert found("trust act") == {"together", "apart"}


@pytest.mark.parametrize("query", ["dona ana", "Doña Ana", "DOÑA"])
def test_accents_may_be_left_out(query: str, searchable: Searchable) -> None:
    searchable(accent="Jail of Doña Ana County", plain="Jail of Cook County")
    assert found(query) == {"accent"}


@pytest.mark.parametrize("query", ["16.738", "sheriff", "police/sheriff", "2019-12-31", "welcoming"])
def test_words_are_found_beside_punctuation(query: str, searchable: Searchable) -> None:
    searchable(beside="Police/sheriff: grants 16.738 (of 2019-12-31); non-welcoming", other="Nothing of it")
    assert found(query) == {"beside"}


@pytest.mark.parametrize(
    ("query", "right"), [("Chcago", "chicago"), ("detaner", "detainer"), ("Milwakee", "milwaukee")]
)
def test_misspelt_word_finds_the_one_most_like_it_and_says_so(query: str, right: str, searchable: Searchable) -> None:
    searchable(chicago="Ordinance of Chicago", detainer="Holds on a detainer", milwaukee="Milwaukee County")
    result = search(query)
    assert [hit.slug for hit in result.hits] == [right]
    assert result.misspelt


def test_right_word_is_not_called_misspelt(searchable: Searchable) -> None:
    searchable(chicago="Ordinance of Chicago")
    assert not search("Chicago").misspelt


def test_word_like_none_finds_nothing(searchable: Searchable) -> None:
    searchable(chicago="Ordinance of Chicago")
    result = search("xylophone")
    assert (result.hits, result.count, result.misspelt) == ((), 0, False)


def test_match_in_the_title_comes_before_one_in_the_text(publish: Publish) -> None:
    publish(
        factories.source(slug="text", title="An article", note="About a consent decree, among much else."),
        factories.source(slug="title", title="Consent decree"),
    )
    assert [hit.slug for hit in search("consent decree").hits] == ["title", "text"]


def test_search_is_narrowed_by_noun_and_state(
    published_letter: Letter, other_state_letter: Letter, searchable: Searchable
) -> None:
    searchable(source="Illinois and California")
    assert found("illinois OR california", noun=["letters"]) == {"2017-04-21-illinois", "2017-11-15-california"}
    assert found("illinois OR california", noun=["letters"], state=["CA"]) == {"2017-11-15-california"}
    assert search("illinois", noun=["letters", "sources"]).counts == {"letters": 1, "sources": 1}


def test_snippet_marks_what_was_found_and_holds_no_markup(publish: Publish) -> None:
    publish(factories.source(slug="script", title="A story", note="<b>Honors</b> a detainer & more"))
    [hit] = search("detainers").hits
    assert [text for text, marked in hit.snippet.pieces() if marked] == ["detainer"]
    assert "".join(text for text, _ in hit.snippet.pieces()) == hit.snippet.text


def test_snippet_is_of_what_people_read_and_never_of_codes_slugs_or_bare_dates(publish: Publish) -> None:
    note = "Words that lead there. " * 20 + "The sheriff holds nobody on a detainer. " + "Words that follow. " * 20
    publish(
        factories.source(slug="long", title="A story", note=note, published_on="2017-03-20"),
        factories.source(slug="coded", title="A report", kind="news", published_on="2019-10-23"),
    )
    [hit] = search("detainers").hits
    assert hit.snippet.text.startswith("… ")
    assert hit.snippet.text.endswith(" …")
    assert "The sheriff holds nobody on a detainer. Words" in hit.snippet.text
    assert len(hit.snippet.text) < 200
    [hit] = search("2019-10-23").hits
    assert hit.slug == "coded"
    assert not [code for code in ("2019", "news", "http", "· ·") if code in hit.snippet.text]


@pytest.mark.parametrize("query", ["", "   ", '"', "-", "- -", "§", "AND", "the", "🙂", "()*^:{}", "'"])
def test_query_without_a_word_is_refused_as_such(query: str) -> None:
    with pytest.raises(UnusableQuery, match="no word to look for"):
        search(query)


@pytest.mark.parametrize("query", ["-chicago", "illinois OR -chicago", "-the -chicago"])
def test_query_of_negations_alone_is_refused_as_such(query: str) -> None:
    with pytest.raises(UnusableQuery, match="only words to leave out"):
        search(query)


def test_query_of_too_many_words_is_refused() -> None:
    with pytest.raises(UnusableQuery, match="too many"):
        search(" ".join(f"word{number}" for number in range(MOST_TERMS + 1)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.lists(
        st.one_of(st.text(max_size=20), st.sampled_from("\" - ( ) * : ^ AND OR NOT NEAR NEAR/2 title: § '".split()))
    ).map(" ".join)
)
@example(query="a" * 10_000)
@example(query="\x00")
@example(query="\x00chicago")
@example(query='"chicago')
@example(query="title:chicago")
@example(query="NEAR(chicago boston)")
@example(query="chicago AND OR NOT")
@example(query="中文 -ß")
@example(query="中" * 10_000)
@example(query="%s %(x)s 100%")
@example(query="\ud7ff\U0010ffff")
@example(query="!'&|<->:*")
def test_no_query_raises_anything_but_its_refusal(query: str, published_letter: Letter) -> None:
    try:
        search(query)
    except UnusableQuery as refusal:
        assert str(refusal)  # noqa: PT017  # Most queries are not refused.


def test_parsed_query_knows_phrases_alternatives_and_negations() -> None:
    query = parse('"trust act" the detainer -U.S.C. OR O\'Neil')
    first, second = query.alternatives
    assert (first.wanted, first.unwanted) == (("trust act", "detainer"), ("USC",))
    assert (second.wanted, second.unwanted) == (("O Neil",), ())


def test_record_is_found_by_its_new_words_and_no_longer_by_its_old(publish: Publish) -> None:
    source = factories.source(slug="renamed", title="Zebra")
    publish(source)
    source.title = "Giraffe"
    source.save()
    publish(source)
    assert (found("giraffe"), found("zebra")) == ({"renamed"}, set())


def test_replayed_edition_is_searched_alike(searchable: Searchable) -> None:
    searchable(chicago="A detainer in Chicago", boston="A detainer in Boston")
    replay()
    assert found("detainer -chicago") == {"boston"}
    assert SearchEntry.edition.filter(noun="sources").count() == 2


@pytest.mark.django_db(databases=BOTH_DATABASES, transaction=True)
def test_index_can_be_dropped_and_made_anew_over_what_is_there() -> None:
    SearchEntry.edition.using(PUBLISHED).bulk_create(
        [SearchEntry(noun="sources", record_id=1, slug="kept", title="Kept words", body="")]
    )
    edition = connections[PUBLISHED]
    with edition.schema_editor() as editor:
        search_tables.drop(apps, editor)
    tables = edition.introspection.table_names()
    assert not [name for name in tables if name.startswith("tracker_searchentry_")]
    with edition.schema_editor() as editor:
        search_tables.create(apps, editor)
    assert found("kept") == {"kept"}


def counting_to(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (postgresql, searching):
        monkeypatch.setattr(module, "MOST_COUNTED", most)


def test_count_is_said_to_be_capped_where_more_match_than_are_counted(
    published_letter: Letter, searchable: Searchable, monkeypatch: pytest.MonkeyPatch
) -> None:
    searchable(**{f"illinois_{number}": f"Illinois {number}" for number in range(5)})
    counting_to(3, monkeypatch)
    result = search("illinois", noun=["letters", "sources"])
    assert (result.counts, result.uncounted) == ({"letters": 1, "sources": 3}, frozenset({"sources"}))
    assert {hit.noun for hit in result.hits} == {"letters", "sources"}
    assert search("illinois 2").uncounted == frozenset()


@pytest.mark.parametrize("query", ["county -cook", "county OR cook", '"of county" cook OR jail', "county 1373"])
def test_what_is_found_does_not_hang_on_how_much_is_counted(
    query: str, searchable: Searchable, monkeypatch: pytest.MonkeyPatch
) -> None:
    searchable(a="Cook County", b="The jail of County Cook, 1373", c="Lake County 1373", d="Jail")
    everything = found(query)
    counting_to(1, monkeypatch)
    assert found(query) == everything


def test_words_of_a_withdrawn_record_mend_nothing(publish: Publish, bob: User) -> None:
    source = factories.source(slug="secret", title="Zebediah")
    publish(source, factories.source(slug="other", title="Zebra crossing"))
    assert found("Zebedia") == {"secret"}
    with TestCase.captureOnCommitCallbacks(using=RECORD, execute=True):
        workflow.withdraw(source, by=bob, reason="Names a minor.")
    assert (found("Zebedia"), found("Zebra")) == (set(), {"other"})
    with connections[PUBLISHED].cursor() as cursor:
        cursor.execute("SELECT term FROM tracker_searchentry_words")
        assert not [term for (term,) in cursor if "zebed" in term]


def test_number_is_never_taken_for_another(searchable: Searchable) -> None:
    searchable(docket="Docket of 1373")
    assert search("1374").count == 0


def test_search_that_would_take_long_is_refused(searchable: Searchable, monkeypatch: pytest.MonkeyPatch) -> None:
    searchable(chicago="Ordinance of Chicago")
    backend = searching.BACKENDS[connections[PUBLISHED].vendor]
    monkeypatch.setattr(backend, "find", lambda *_: fetch(ENDLESS, []))
    monkeypatch.setattr(backend, "PATIENCE", 1)
    with pytest.raises(TooCommon, match="too many records"):
        search("chicago")
    monkeypatch.undo()
    assert found("chicago") == {"chicago"}
