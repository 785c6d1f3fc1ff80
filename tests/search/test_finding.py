"""What is found, by words as people type them, and how facets narrow it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.documents.actions import redact
from evidence.search import candidates, finding
from evidence.search.finding import FACETS, find
from evidence.tags.actions import tag_recommendation, tag_theme
from inquiry.models import Inquiry
from inquiry.words import asked_for
from tests import builders
from tests.review.scene import many

pytestmark = pytest.mark.django_db
LETTER = """\
1. The people’s hall was shut in 2019; nobody asked the Müller family.

2. A youth worker helped communities that had lost their library.

3. Housing is dear.
"""


@pytest.fixture
def inquiry() -> Inquiry:
    inquiry = builders.an_inquiry("LUI")
    builders.a_submission(inquiry, submitter="Vale Trust", text=LETTER)
    return inquiry


def found(inquiry: Inquiry, words: str, user: Any = CONSOLE, *, typing: bool = False, **chosen: Any) -> list[str]:
    return [kind for kind, _ in find(user, inquiry, asked_for(words, typing=typing), chosen).hits]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("people's hall", ["passage"]),
        ("people’s", ["passage"]),
        ("muller", ["passage"]),
        ("community", ["passage"]),
        ('"youth worker"', ["passage"]),
        ('"worker youth"', []),
        ("library OR dear", ["passage", "passage"]),
        ("library -youth", []),
        ("commun*", ["passage"]),
        ("commun", []),
        ("librar* OR hous*", ["passage", "passage"]),
        ("vale", ["submission"]),
        ("the", []),
        ("absent", []),
    ],
)
def test_words_are_found_as_people_type_them(inquiry: Inquiry, words: str, kinds: list[str]) -> None:
    assert found(inquiry, words) == kinds


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [("libr", ["passage"]), ("youth libr", ["passage"]), ("dear OR libr", ["passage", "passage"]), ('"youth w', [])],
)
def test_the_last_word_may_have_only_begun(inquiry: Inquiry, typed: str, kinds: list[str]) -> None:
    assert found(inquiry, typed, typing=True) == kinds


@pytest.mark.parametrize(
    "odd", ["(", '"', "'", "&", "!!", ":*", "a:*|b", "-", "OR", "*", "\0", "‏مرحبا", "<b>", "%", "\\", "é" * 300]
)
def test_odd_words_are_only_words(client: Client, inquiry: Inquiry, odd: str) -> None:
    client.force_login(builders.a_person(inquiry))
    for page in ("search:search", "search:suggest"):
        assert client.get(reverse(page, args=["LUI"]), {"q": odd, "go": "1"}).status_code == 200


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [("(", "There is no letter and no figure in it."), ("“", "No word to look for"), ("the", "Too common to look for")],
)
def test_where_nothing_can_be_found_it_is_said_why(client: Client, inquiry: Inquiry, odd: str, sentence: str) -> None:
    client.force_login(builders.a_person(inquiry))
    assert sentence in client.get(reverse("search:search", args=["LUI"]), {"q": odd}).content.decode()


@pytest.mark.parametrize(
    "asked",
    [{"page": "1000000000"}, {"page": "-1"}, {"page": "x"}, {"theme": "999999"}, {"year": "\0"}, {"kind": "x" * 9000}],
)
def test_what_is_gone_or_absurd_in_an_address_is_passed_over(
    client: Client, inquiry: Inquiry, asked: dict[str, str]
) -> None:
    client.force_login(builders.a_person(inquiry))
    shown = client.get(reverse("search:search", args=["LUI"]), {"q": "hall", **asked})
    assert "1 result for" in shown.content.decode()


def test_too_long_a_question_is_refused_in_a_sentence(client: Client, inquiry: Inquiry) -> None:
    client.force_login(builders.a_person(inquiry))
    shown = client.get(reverse("search:search", args=["LUI"]), {"q": "word " * 2000})
    assert "Ask with at most 300 characters." in shown.content.decode()


def test_facets_say_what_they_would_leave() -> None:
    """Each count is what ticking that value alone beside the rest would show."""
    scene = many(3)
    inquiry, query = scene.inquiry, asked_for("street OR witness OR writer OR words OR example OR body")
    stances = [("theme", str(scene.theme.pk)), ("stance", "supports"), ("heard", "written"), ("kind", "quote")]
    for chosen in ({}, *({name: [value]} for name, value in stances), {"stance": ["supports"], "heard": ["written"]}):
        counts = find(CONSOLE, inquiry, query, chosen).counts
        assert any(counts.values())
        for name in FACETS:
            for value, count in counts[name].items():
                assert find(CONSOLE, inquiry, query, {**chosen, name: [value]}).total == count, (chosen, name, value)


DAYS = [
    # from, to, and what of a month, a day, two days and a year is kept.
    ("", "", {"March", "Tenth", "Two days", "Written"}),
    ("2023-03-11", "", {"March", "Two days", "Written"}),
    ("2023-03-12", "2023-03-31", {"March", "Written"}),
    ("", "2023-03-09", {"March", "Written"}),
    ("2023-03-10", "2023-03-10", {"March", "Tenth", "Two days", "Written"}),
    ("2023-04-01", "", {"Written"}),
    ("", "2022-12-31", set()),
    ("2024-01-01", "", set()),
]


@pytest.fixture
def dated() -> Inquiry:
    inquiry = builders.an_inquiry("LUI")
    dates = {
        "March": ("2023-03-01", "month", 1),
        "Tenth": ("2023-03-10", "day", 1),
        "Two days": ("2023-03-10", "day", 2),
    }
    for n, (title, (day, precision, days)) in enumerate(dates.items(), 1):
        date = {"date": dt.date.fromisoformat(day), "date_precision": precision, "days": days}
        builders.a_session(inquiry, number=n, title=f"{title} hall", **date)
    received = {"received_on": dt.date(2023, 1, 1), "received_precision": "year"}
    builders.a_submission(inquiry, submitter="Written hall", **received)
    builders.a_session(inquiry, number=9, title="Some day, hall")
    return inquiry


@pytest.mark.parametrize(("first", "last", "titles"), DAYS)
def test_days_keep_what_may_have_been_on_them_and_counts_follow(
    client: Client, dated: Inquiry, first: str, last: str, titles: set[str]
) -> None:
    client.force_login(builders.a_person(dated))
    asked = {"q": "hall", "from": first, "to": last}
    shown = client.get(reverse("search:search", args=["LUI"]), asked)
    always = set() if first or last else {"Some day,"}
    assert {hit.title.removesuffix(" hall") for hit in shown.context["hits"]} == titles | always
    kinds = dict(shown.context["form"]["kind"].field.choices) if titles else {}
    assert kinds.get("session", "Sessions (0)") == f"Sessions ({len(titles - {'Written'} | always)})"
    sessions = client.get(reverse("search:search", args=["LUI"]), {**asked, "kind": "session"})
    assert sessions.context["found"].counts["kind"] == shown.context["found"].counts["kind"]


def test_days_are_kept_with_the_list_and_hold_in_its_file(client: Client, dated: Inquiry) -> None:
    client.force_login(builders.a_person(dated))
    address, asked = reverse("search:search", args=["LUI"]), "q=hall&from=2023-03-10&to="
    kept = client.post(reverse("lists:keep", args=["LUI"]), {"page": "search", "name": "March", "query": asked})
    assert kept["Location"] == f"{address}?{asked}"
    rows = client.get(f"{address}?{asked}&as=json")
    told = json.loads(b"".join(rows.streaming_content))["rows"]
    assert sorted(row["kind"] for row in told if row["kind"] != "passage") == ["session"] * 3 + ["submission"]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"from": "yesterday"}, "Write the day as 2023-04-06."),
        ({"to": "2023-02-30"}, "Write the day as 2023-04-06."),
        ({"to": "\0"}, "Write the day as 2023-04-06."),
        ({"from": "9" * 10_000}, "Write the day as 2023-04-06."),
        ({"from": "2023-03-10", "to": "2023-03-09"}, "The last day is before the first."),
    ],
)
def test_days_that_are_none_are_said_to_be_and_no_file_is_made_of_them(
    client: Client, dated: Inquiry, days: dict[str, str], sentence: str
) -> None:
    client.force_login(builders.a_person(dated))
    for more in ({}, {"as": "csv"}):
        shown = client.get(reverse("search:search", args=["LUI"]), {"q": "hall", **days, **more})
        assert sentence in shown.content.decode()
        assert len(shown.context["hits"]) >= 4


def test_a_stance_is_one_on_the_recommendation_chosen() -> None:
    scene = many(2)
    other = builders.a_recommendation(scene.inquiry, "Another")
    tag_recommendation(evidence=scene.quotes["spoken 0"], recommendation=other, stance="qualifies", by=CONSOLE)
    chosen = {"recommendation": [str(other.pk)], "kind": ["quote"]}
    query = asked_for("street")
    assert find(CONSOLE, scene.inquiry, query, chosen).counts["stance"] == {"qualifies": 1}
    assert find(CONSOLE, scene.inquiry, query, {**chosen, "stance": ["supports"]}).total == 0


def test_a_hit_shows_why_and_leads_to_the_words(client: Client, inquiry: Inquiry) -> None:
    client.force_login(builders.a_person(inquiry, Role.MEMBER))
    response = client.get(reverse("search:search", args=["LUI"]), {"q": "people's hall"})
    (hit,) = response.context["hits"]
    assert hit.snippet.startswith("The <mark>people</mark>’s <mark>hall</mark> was shut")
    assert (hit.title, hit.place, hit.citation) == ("Vale Trust", "LUI0001, para 1", "Vale Trust (2023)")
    reader = client.get(hit.url).content.decode()
    assert "<u>people</u>’s <u>hall</u>" in reader


def test_markup_in_the_words_is_printed_as_typed(client: Client) -> None:
    inquiry = builders.an_inquiry("LUI")
    builders.a_submission(inquiry, text="A <script>alert(1)</script> & a hall.")
    client.force_login(builders.a_person(inquiry))
    response = client.get(reverse("search:search", args=["LUI"]), {"q": "hall"})
    assert response.context["hits"][0].snippet == ("A &lt;script&gt;alert(1)&lt;/script&gt; &amp; a <mark>hall</mark>.")


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("lui 1", ["LUI0001"]),
        ("LUI0001", ["LUI0001"]),
        ("lui0001 para 2", ["LUI0001, para 2"]),
        ("para 2", ["LUI0001, para 2", "LUI0002, para 2"]),
        ("Q2", ["Session 1, Q2"]),
        ("LUI0099", []),
        ("XYZ 1", []),
        ("Q999999", []),
        ("1", []),
    ],
)
def test_a_reference_goes_straight_there(client: Client, inquiry: Inquiry, typed: str, labels: list[str]) -> None:
    builders.a_submission(inquiry, submitter="Dale Trust", text=LETTER.replace("hall", "barn"))
    builders.a_transcript(builders.a_session(inquiry, witnesses=builders.HEARD))
    client.force_login(builders.a_person(inquiry, Role.MEMBER))
    address = reverse("search:search", args=["LUI"])
    response = client.get(address, {"q": typed})
    assert [jump.label for jump in response.context["jumps"]] == labels
    gone = client.get(address, {"q": typed, "go": "1"})
    assert gone.status_code == (302 if len(labels) == 1 else 200)


def test_of_two_paragraphs_the_one_that_is_read_is_meant(client: Client, inquiry: Inquiry) -> None:
    other = builders.a_submission(inquiry, submitter="Dale Trust", text=LETTER.replace("hall", "barn"))
    client.force_login(builders.a_person(inquiry, Role.MEMBER))
    document = other.files.get().document_id
    response = client.get(reverse("search:search", args=["LUI"]), {"q": "para 2", "go": "1", "in": document})
    assert response["Location"].startswith(f"/LUI/read/{document}/?at=")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("kind", "queries"),
    [("passage", 14), ("quote", 15), ("submission", 13), ("witness", 13), ("session", 12)],
)
def test_queries(client: Client, django_assert_num_queries: Any, rows: int, kind: str, queries: int) -> None:
    scene = many(rows)
    for n in range(rows):
        session = builders.a_session(scene.inquiry, number=10 + n, witnesses=builders.HEARD)
        builders.a_transcript(session, builders.SPOKEN.replace("hall", f"hall of {n} rooms"))
    client.force_login(builders.a_person(scene.inquiry))
    words = "street OR witness OR writer OR words OR session OR hall OR example OR help"
    with django_assert_num_queries(queries):
        response = client.get(reverse("search:search", args=[scene.inquiry.code]), {"q": words, "kind": kind})
    assert {hit.kind for hit in response.context["hits"]} == {kind}


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_while_typing(client: Client, django_assert_num_queries: Any, rows: int) -> None:
    inquiry = many(rows).inquiry
    client.force_login(builders.a_person(inquiry))
    with django_assert_num_queries(9):
        response = client.get(reverse("search:suggest", args=[inquiry.code]), {"q": "youth wor"})
    assert {hit.kind for hit in response.context["hits"]} == {"passage"}


def told(*arguments: str, capsys: Any) -> dict[str, Any]:
    call_command("search_evidence", "--inquiry", "LUI", *arguments, "--json")
    return json.loads(capsys.readouterr().out)


def test_for_scripts(inquiry: Inquiry, capsys: pytest.CaptureFixture[str]) -> None:
    member = builders.a_person(inquiry, Role.MEMBER)
    redact(passage=builders.passages(inquiry.submissions.get())[2], start=0, end=7, reason="a name", by=CONSOLE)
    hall = told("people's hall", capsys=capsys)
    assert hall["total"] == 1
    assert hall["hits"][0] | {"link": ""} == {
        "kind": "passage",
        "reference": "LUI0001 para 1",
        "citation": "Vale Trust (2023)",
        "snippet": "The people’s hall was shut in 2019; nobody asked the Müller family.",
        "link": "",
    }
    assert told("housing", capsys=capsys)["total"] == 1
    assert told("housing", "--as", member.email, capsys=capsys)["total"] == 0
    assert told("hall", "--from", "2023-03-01", "--to", "2023-03-01", capsys=capsys)["total"] == 1
    assert told("hall", "--from", "2023-03-02", capsys=capsys)["total"] == 0
    mission = builders.missions(inquiry)[1]
    tag_theme(evidence=builders.a_written_quote(inquiry.submissions.get(), end=20), theme=mission, by=CONSOLE)
    assert [hit["kind"] for hit in told("hall", "--theme", "2", capsys=capsys)["hits"]] == ["quote"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["hall", "--as", "nobody@example.org"], "Nobody signs in as nobody@example.org."),
        (["hall", "--theme", "99"], "There is no theme 99."),
        (["hall", "--from", "March"], "Write the day as 2023-04-06."),
        (["hall", "--from", "2023-03-10", "--to", "2023-03-09"], "The last day is before the first."),
        (["hall " * 100], "Ask with at most 300 characters."),
    ],
)
def test_a_script_is_told_what_is_wrong(inquiry: Inquiry, arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("search_evidence", "--inquiry", "LUI", *arguments)


def test_where_more_stands_than_is_looked_at_the_page_says_so(
    client: Client, inquiry: Inquiry, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (candidates, finding):
        monkeypatch.setattr(module, "BEST", 1)
    client.force_login(builders.a_person(inquiry, Role.MEMBER))

    def shown(**asked: str) -> str:
        return client.get(reverse("search:search", args=["LUI"]), {"q": "library OR dear", **asked}).content.decode()

    all_of_them = shown()
    assert "2,000 or more for “library OR dear”" in all_of_them
    assert "only the first 2,000 of a kind were looked at. Add a word" in all_of_them
    some = shown(kind="passage")
    assert "1 result for “library OR dear”" in some
    assert "only the first 2,000 of a kind were looked at, with a filter too." in some
    nothing = shown(kind="passage", lived="yes")
    assert "Nothing fits among the first 2,000 of a kind" in nothing
    assert "were looked at" not in nothing
