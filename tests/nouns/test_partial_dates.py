from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from nouns.partial_dates import PartialDate, PartialDateField, on_or_after, on_or_before, surely_before
from tests import factories
from tests.conftest import BOTH_DATABASES
from tracker.models import Statement


@pytest.mark.parametrize(
    ("text", "precision", "first", "last", "words"),
    [
        ("2017-04-21", "day", date(2017, 4, 21), date(2017, 4, 21), "21 April 2017"),
        ("2016-02", "month", date(2016, 2, 1), date(2016, 2, 29), "February 2016"),
        ("2003", "year", date(2003, 1, 1), date(2003, 12, 31), "2003"),
    ],
)
def test_a_partial_date_knows_its_days(text: str, precision: str, first: date, last: date, words: str) -> None:
    partial = PartialDate(text)
    assert (partial.precision, partial.first_day, partial.last_day, partial.in_words) == (precision, first, last, words)
    assert str(partial) == text


@pytest.mark.parametrize(
    "text", ["2017-02-30", "2017-13", "17", "21 April 2017", "2017-4-1", "0000-01-01", "2017-04-21 "]
)
def test_what_is_no_date_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(ValueError, match=r"2014-07-21|calendar|does not exist"):
        PartialDate(text)
    with pytest.raises(ValidationError, match=r"Write 2014-07-21, or 2014-07 or 2014"):
        PartialDateField().clean(text, None)


@pytest.fixture
def said(db: None) -> None:
    for on in ("2017-04-20", "2017-04-21", "2017-04", "2017", "2017-05", "2016", ""):
        factories.statement(slug=f"on-{on or 'unknown'}", said_on=on)


def found(*conditions: object) -> set[str]:
    return {str(on) for on in Statement.objects.filter(*conditions).values_list("said_on", flat=True)}


@pytest.mark.usefixtures("said")
@pytest.mark.django_db(databases=BOTH_DATABASES)
class TestRanges:
    def test_a_date_matches_a_range_when_any_of_its_days_does(self) -> None:
        assert found(on_or_after("said_on", date(2017, 4, 21))) == {"2017-04-21", "2017-04", "2017", "2017-05"}
        assert found(on_or_before("said_on", date(2017, 4, 20))) == {"2017-04-20", "2017-04", "2017", "2016"}
        assert found(on_or_after("said_on", date(2018, 1, 1))) == set()

    def test_only_what_lies_wholly_before_is_surely_before(self) -> None:
        assert found(surely_before("said_on", date(2017, 4, 21))) == {"2017-04-20", "2016"}
        assert found(surely_before("said_on", date(2017, 5, 1))) == {"2017-04-20", "2017-04-21", "2017-04", "2016"}

    def test_dates_sort_by_their_first_day_and_unknown_ones_first(self) -> None:
        ordered = list(Statement.objects.order_by("said_on").values_list("said_on", flat=True))
        assert ordered == ["", "2016", "2017", "2017-04", "2017-04-20", "2017-04-21", "2017-05"]
