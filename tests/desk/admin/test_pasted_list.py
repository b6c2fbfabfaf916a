"""A mailing with its pasted list: what each line means, and letters for all of them or none."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tracker.models import Letter, LetterBatch

URL = "/admin/tracker/letterbatch/paste/"


def a_mailing(**fields: Any) -> dict[str, Any]:
    """The form of a new mailing to two states and to one name that two places bear."""
    for code, geoid in (("IL", "17"), ("NJ", "34")):
        place = factories.state(code)
        place.geoid = geoid
        place.save()
    given = {"state": "NJ", "name": "Middlesex", "slug": "middlesex-county-nj"}
    factories.jurisdiction(kind="county", geoid="34023", full_name="Middlesex County", **given)
    factories.jurisdiction(
        kind="place", geoid="3445690", full_name="Middlesex borough", **given | {"slug": "middlesex-nj"}
    )
    return {
        "title": "Letters of a day in May",
        "sent_on": "2018-05-04",
        "sender_agency": factories.justice_department().pk,
        "due_on": "2018-06-01",
        "source": factories.source().pk,
        "lines": "\u2022 State of Illinois;\n2. Middlesex, New Jersey; and\n\n- Middlesex County, New Jersey.",
        **fields,
    }


def test_each_line_shows_what_it_means_and_nothing_is_guessed(contributor: Client) -> None:
    page = contributor.post(URL, a_mailing())
    rows = [row for _, _, row in page.context["rows"]]
    assert [row.as_written for row in rows] == [
        "State of Illinois", "Middlesex, New Jersey", "Middlesex County, New Jersey",
    ]  # fmt: skip
    assert [row.place and row.place.geoid for row in rows] == ["17", None, "34023"]
    assert {place.geoid for place in rows[1].candidates} == {"34023", "3445690"}
    assert all(row.why for row in rows)
    assert Letter.objects.count() == 0


def test_all_letters_are_logged_with_deadline_and_source(contributor: Client) -> None:
    contributor.post(URL, a_mailing(_save="1"))
    batch = LetterBatch.objects.get()
    letters = list(batch.letters.order_by("pk"))
    assert [letter.jurisdiction and letter.jurisdiction.geoid for letter in letters] == ["17", None, "34023"]
    for letter in letters:
        assert letter.status == "draft"
        assert [event.due_on for event in letter.events.all()] == ["2018-06-01"]
        assert letter.citations.count() == 1
        assert letter.history.count() == 1
    assert letters[0].slug == "2018-05-04-illinois"


def test_a_chosen_candidate_is_taken_and_a_line_can_be_left_out(contributor: Client) -> None:
    data = a_mailing(_save="1")
    page = contributor.post(URL, {key: value for key, value in data.items() if key != "_save"})
    borough = next(place for place in page.context["rows"][1][2].candidates if place.geoid == "3445690")
    contributor.post(URL, {**data, "place-0": "out", "place-1": str(borough.pk)})
    assert [letter.jurisdiction.geoid for letter in Letter.objects.order_by("pk")] == ["3445690", "34023"]  # type: ignore[union-attr]


def test_pasting_the_same_list_again_creates_none_and_says_so(contributor: Client) -> None:
    data = a_mailing(_save="1")
    contributor.post(URL, data)
    again = contributor.post(URL, data, follow=True)
    assert Letter.objects.count() == 3
    assert LetterBatch.objects.count() == 1
    assert "in the record already" in again.content.decode()


def test_one_wrong_letter_leaves_none(contributor: Client) -> None:
    page = contributor.post(URL, a_mailing(_save="1", due_on="2018-05-01"))
    assert "A deadline is not before the day that it was set." in page.content.decode()
    assert (Letter.objects.count(), LetterBatch.objects.count()) == (0, 0)


def test_a_new_mailing_without_its_day_is_refused_and_keeps_what_was_typed(contributor: Client) -> None:
    page = contributor.post(URL, a_mailing(sent_on="", demand="Documents of a kind"))
    assert page.context["form"].errors["sent_on"]
    assert "Documents of a kind" in page.content.decode()


def test_nobody_without_the_right_logs_a_mailing(contributor: Client, alice: Any) -> None:
    alice.groups.clear()
    assert contributor.post(URL, {"lines": "Illinois"}).status_code in {302, 403}
    assert LetterBatch.objects.count() == 0


def test_a_long_list_asks_as_much_as_a_short_one(contributor: Client) -> None:
    data = a_mailing()
    contributor.post(URL, data)

    def asked(lines: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            contributor.post(URL, {**data, "lines": lines})
        return len(queries)

    assert asked(data["lines"]) == asked(data["lines"] * 20)
