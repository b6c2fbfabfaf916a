"""The lists: the rows of the API's question, the form and chips that say what was asked, and the ways on from there."""

from __future__ import annotations

import csv
import re
from html import escape
from io import StringIO

import pytest
from django.test import Client

from public.nouns import NOUNS
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish, letter_to_california, letter_to_illinois
from tests.dashboard.conftest import Read
from tracker.models import LawsuitParty, Letter, PolicyAnswer

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_has_a_list_with_a_linked_name_for_each_row(noun: str, publish: Publish, read: Read) -> None:
    record = factories.MAKERS[noun]()
    publish(record)
    page = read(f"/{noun}/")
    assert f'<th scope="row"><a href="/{noun}/{record.slug}/">' in page.html
    assert f'aria-current="page">{NOUNS[noun].heading}</a>' in page.html


def test_a_draft_is_on_no_list(published_letter: Letter, draft_letter: Letter, read: Read) -> None:
    page = read("/letters/")
    assert page.rows == ["State of Illinois"]
    assert "Draft recipient" not in page.html


def test_a_filter_selects_its_rows_and_stands_in_the_form_and_among_the_chips(
    published_letter: Letter, other_state_letter: Letter, read: Read
) -> None:
    page = read("/letters/", state="IL")
    assert page.rows == ["State of Illinois"]
    assert 'name="state" value="IL" checked><span>Illinois</span>' in page.html
    assert 'aria-label="Remove the filter State: Illinois"' in page.html


def test_a_chip_takes_away_its_own_filter_and_no_other(published_letter: Letter, read: Read) -> None:
    page = read("/letters/", state="IL,CA", standing="overdue", ordering="sent_on")
    chips = page.html.split('aria-label="Filters in use"')[1].split("</ul>")[0]
    assert 'href="/letters/?standing=overdue&amp;ordering=sent_on"' in chips
    assert 'href="/letters/?state=IL,CA&amp;ordering=sent_on"' in chips


def test_the_data_links_give_the_rows_of_the_page_in_its_order(
    published_letter: Letter, other_state_letter: Letter, read: Read, visitor: Client
) -> None:
    page = read("/letters/", state="IL,CA", ordering="sent_on")
    csv_url, json_url = [link for link in page.links if link.startswith("/api/v1/letters/")]
    assert f'value="http://testserver{escape(json_url)}"' in page.html
    as_json = [row["recipient_as_written"] for row in visitor.get(json_url).json()["results"]]
    text = b"".join(visitor.get(csv_url)).decode("utf-8-sig")
    as_csv = [row["recipient_as_written"] for row in csv.DictReader(StringIO(text))]
    assert page.rows == as_json == as_csv == ["State of Illinois", "State of California"]


def test_an_unknown_parameter_is_refused_by_name_with_the_nearest_right_one(
    published_letter: Letter, read: Read
) -> None:
    page = read("/letters/", 400, stat="IL")
    assert "stat=IL There is no such parameter. Did you mean state ?" in page.words
    assert page.rows == []


def test_a_wrong_value_is_named_and_what_was_typed_stays_in_the_form(published_letter: Letter, read: Read) -> None:
    page = read("/letters/", 400, sent_after="spring", jurisdiction="ilinois", state="IL")
    assert 'name="sent_after" type="text" value="spring"' in page.html
    assert 'name="jurisdiction" type="text" value="ilinois"' in page.html
    assert 'name="state" type="text" value="IL"' in page.html
    assert "Did you mean illinois ?" in page.words


@pytest.mark.parametrize("name", ["format", "fields"])
def test_a_parameter_that_shapes_data_is_refused_with_the_way_to_the_data(name: str, read: Read) -> None:
    page = read("/letters/", 400, **{name: "csv"})
    assert f"{name}=csv This parameter shapes data. Use it with /api/v1/letters/." in page.words


def test_boxes_left_empty_are_dropped_from_the_address(visitor: Client) -> None:
    response = visitor.get("/letters/?q=&state=IL&sent_after=&ordering=sent_on")
    assert (response.status_code, response.headers["Location"]) == (302, "/letters/?state=IL&ordering=sent_on")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("state=illinois", "state=IL"),
        ("state=IL&state=&state=New Jersey", "state=IL,NJ"),
        ("jurisdiction=Illinois", "jurisdiction=illinois"),
        ("jurisdiction=City of Chicago, IL&jurisdiction=illinois", "jurisdiction=chicago-il,illinois"),
        ("jurisdiction=chicago, illinois", "jurisdiction=chicago-il"),
        ("standing=due&standing=overdue", "standing=due,overdue"),
    ],
)
def test_what_people_type_becomes_one_address(typed: str, kept: str, publish: Publish, visitor: Client) -> None:
    publish(
        factories.state("IL"), factories.jurisdiction(slug="chicago-il", name="Chicago", full_name="City of Chicago")
    )
    response = visitor.get(f"/letters/?{typed}")
    assert (response.status_code, response.headers["Location"]) == (302, f"/letters/?{kept}")
    assert visitor.get(response.headers["Location"]).status_code == 200


def test_a_name_of_several_places_is_never_guessed(publish: Publish, read: Read) -> None:
    publish(
        factories.jurisdiction(slug="middlesex-county-nj", name="Middlesex", kind="county", state="NJ"),
        factories.jurisdiction(slug="middlesex-nj", name="Middlesex", state="NJ"),
    )
    page = read("/letters/", 400, jurisdiction="Middlesex, New Jersey")
    assert "Several are called that. Give the slug of one: middlesex-" in page.words
    assert "middlesex-county-nj" in page.words
    assert "New Jersey'" not in page.words
    assert 'value="Middlesex, New Jersey"' in page.html


def test_what_a_case_challenges_is_asked_for_by_its_title(publish: Publish, visitor: Client, read: Read) -> None:
    order = factories.federal_action(slug="order", title="Order on safety, and more")
    suit = factories.lawsuit(slug="suit")
    suit.federal_actions.set([order])
    suit.refresh_from_db()
    publish(suit, factories.lawsuit(slug="other"), factories.federal_action(title="Order that nobody challenges"))
    form = read("/lawsuits/").html.split('<details class="filters"')[1]
    assert '<option value="Order on safety, and more">' in form
    assert "Order that nobody challenges" not in form
    response = visitor.get("/lawsuits/?challenges=order on Safety, and more")
    assert (response.status_code, response.headers["Location"]) == (302, "/lawsuits/?challenges=order")
    page = read("/lawsuits/", challenges="order")
    assert len(page.rows) == 1
    assert 'id="challenges-order" name="challenges" value="order" checked' in page.html
    publish(factories.federal_action(slug="again", title="Order on safety, and more"))
    refused = read("/lawsuits/", 400, challenges="Order on safety, and more")
    assert "Several are called that. Give the slug of one: again (Order on safety, and more), order (" in refused.words


@pytest.fixture(scope="class")
def one_of_each(publish_kept: Publish) -> None:
    """Two letters to two states, and a few of everything else, in Illinois, California and nowhere."""
    publish_kept(letter_to_illinois(), letter_to_california())
    authority = factories.authority(slug="8-usc-1373")
    relying = factories.letter(sent_on="2017-11-15", due_on="")
    relying.legal_authorities.set([authority])
    chicago = factories.jurisdiction(slug="chicago-il", name="Chicago")
    case, claim = factories.lawsuit(), factories.statement()
    for name in ("City of Chicago", "Chicago Police Department"):
        LawsuitParty(lawsuit=case, role="plaintiff", name=name, jurisdiction=chicago).save()
    claim.jurisdictions.set([factories.state("CA"), chicago])
    policy = factories.policy(jurisdiction=chicago)
    PolicyAnswer(policy=policy, question=factories.question(), answer="yes").save()
    for record in (relying, case, claim, policy):
        record.refresh_from_db()
    publish_kept(relying, case, factories.lawsuit(), claim, factories.statement(), policy)
    publish_kept(factories.policy(stance="mixed"), factories.grant(), factories.grant(amount_kind="allocation"))


@pytest.mark.usefixtures("one_of_each")
class TestEachChoice:
    @pytest.mark.parametrize(
        ("noun", "question"),
        [
            ("letters", {}),
            ("letters", {"state": "IL", "standing": "overdue", "on": "2017-07-01"}),
            ("letters", {"sent_after": "2017-05-01", "authority": "8-usc-1373"}),
            ("policies", {"stance": "limits"}),
            ("grants", {"amount_kind": "award"}),
            ("lawsuits", {"state": "IL"}),
            ("statements", {"state": "CA"}),
            ("jurisdictions", {"kind": "state"}),
            ("jurisdictions", {"has": "letters"}),
        ],
    )
    def test_each_choice_says_how_many_rows_it_gives(self, noun: str, question: dict[str, str], read: Read) -> None:
        page = read(f"/{noun}/", **question)
        boxes = re.findall(r'name="(\w+)" value="([^"]+)"[^>]*><span>[^<]*</span><span class="count">(\d+)<', page.html)
        assert boxes
        for name, value, number in boxes:
            assert len(read(f"/{noun}/", **{**question, name: value}).rows) == int(number), (name, value)


def test_an_unknown_parameter_is_refused_even_when_it_is_empty(read: Read) -> None:
    assert "stat There is no such parameter." in read("/letters/", 400, stat="").words


def test_standing_is_as_of_the_day_asked_about(published_letter: Letter, read: Read) -> None:
    before, after = read("/letters/", on="2017-06-30"), read("/letters/", on="2017-07-01")
    assert "Reply due" in before.words
    assert "Overdue: no reply on record" in after.words.split("Due on", 1)[1]
    assert (
        "The world on 1 July 2017. What came later is left out; standings and deadlines are those of that day."
        in after.words
    )


def test_a_column_sorts_by_its_link_and_says_how_it_is_sorted(
    published_letter: Letter, other_state_letter: Letter, read: Read
) -> None:
    page = read("/letters/", ordering="sent_on")
    assert page.rows == ["State of Illinois", "State of California"]
    assert '<th scope="col" aria-sort="ascending">' in page.html
    assert "/letters/?ordering=-sent_on" in page.links
    assert read("/letters/", ordering="-sent_on").rows == ["State of California", "State of Illinois"]


def test_pages_lead_on_and_back_and_keep_the_question(publish: Publish, read: Read) -> None:
    publish(*(factories.letter(recipient_as_written=f"Recipient {letter}") for letter in "ABC"))
    first = read("/letters/", state="IL", page_size="2")
    assert "3 letters" in first.words
    (following,) = [link for link in first.links if "cursor=" in link]
    second = read(following)
    assert first.rows + second.rows == ["Recipient A", "Recipient B", "Recipient C"]
    assert "state=IL" in following
    (back,) = [link for link in second.links if "cursor=" in link]
    assert read(back).rows == first.rows


def test_nouns_that_are_few_are_offered_by_name(publish: Publish, read: Read) -> None:
    batch = factories.letter_batch(title="Proof of compliance", slug="2017-04-21")
    publish(batch, factories.letter(batch=batch))
    page = read("/letters/", batch="2017-04-21")
    assert 'name="batch" value="2017-04-21" checked><span>Proof of compliance</span>' in page.html


def test_a_programme_named_by_its_assistance_listing_is_ticked(publish: Publish, read: Read) -> None:
    publish(factories.grant(program=factories.program(name="Byrne JAG", slug="jag", assistance_listing="16.738")))
    assert 'value="jag" checked><span>Byrne JAG</span>' in read("/grants/", program="16.738").html


def test_money_and_dates_read_as_people_write_them(publish: Publish, read: Read) -> None:
    publish(factories.grant(amount="1680000.00"), factories.policy(adopted_on="2014-07"))
    assert '<td class="number" data-label="Amount">$1,680,000</td>' in read("/grants/").html
    assert '<time datetime="2014-07">July 2014</time>' in read("/policies/").html


def test_words_of_a_record_are_never_markup(publish: Publish, read: Read) -> None:
    name = "<script>alert(1)</script>"
    publish(factories.letter(recipient_as_written=name, slug="odd"))
    for address in ("/", "/letters/", "/letters/odd/", "/jurisdictions/illinois/", "/search/?q=alert"):
        page = read(address)
        assert "<script>" not in page.html
        assert "&lt;script&gt;" in page.html


def test_answers_and_questions_say_how_many_policies_have_them(publish: Publish, read: Read) -> None:
    held, warrant = factories.question(slug="held"), factories.question(slug="warrant")
    for question, answer in ((held, "yes"), (held, "no"), (held, "no"), (warrant, "no"), (None, "")):
        policy = factories.policy()
        if question:
            PolicyAnswer(policy=policy, question=question, answer=answer).save()
            policy.refresh_from_db()
        publish(policy)

    def counts(name: str, **params: str) -> dict[str, str]:
        html = read("/policies/", **params).html
        return dict(re.findall(rf'name="{name}" value="(\w+)".*?<span class="count">(\d+)</span></label>', html))

    answers = counts("answer", question="held", answer="yes")
    assert answers == {"yes": "1", "no": "2", "partly": "0", "unclear": "0", "none_found": "0", "not_researched": "2"}
    assert counts("question", question="held", answer="no") == {"held": "2", "warrant": "1"}
    assert len(read("/policies/", question="held", answer="no").rows) == 2
