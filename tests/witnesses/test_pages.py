"""Witnesses and organisations on their pages: listed, read one by one, and corrected."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.refusals import Refused
from accounts.roles import CONSOLE, Role
from evidence.quotes.models import Quote
from evidence.sessions.actions import AppearanceEntry, PanelEntry, log_session
from evidence.submissions.actions import SubmitterEntry, receive_submission, record_consent
from evidence.tags.actions import tag_theme
from evidence.witnesses.actions import change_organisation, change_witness, name_organisation, name_witness
from evidence.witnesses.models import Organisation, Witness
from inquiry.models import Inquiry
from tests.builders import a_person, a_session, a_spoken_quote, a_submission, an_inquiry, missions
from tests.editing import on

pytestmark = pytest.mark.django_db

SECRETARIAT = (Role.CLERK, Role.ADMINISTRATOR)


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


@pytest.fixture
def clerk(client: Client, inquiry: Inquiry) -> Any:
    person = a_person(inquiry)
    client.force_login(person)
    return person


def page(name: str, *args: object) -> str:
    return reverse(f"witnesses:{name}", args=args)


def shown(client: Client, name: str, *args: object, asked: str = "") -> str:
    answer = client.get(page(name, *args) + asked)
    assert answer.status_code == 200
    return answer.content.decode()


def names(client: Client, inquiry: Inquiry, asked: str = "", name: str = "list") -> list[str]:
    """The names in a list, in its order."""
    return [row.name for row in client.get(page(name, inquiry.code) + asked).context["page"]]


def people(inquiry: Inquiry) -> None:
    """Ann was heard twice, for two bodies; Bob once; Cem only wrote."""
    ann = AppearanceEntry("Ann Example", "Chair", "Example Residents", "residents", lived_experience=True)
    bob = AppearanceEntry("bob Example", "Researcher", "Example Institute", "think_tank")
    log_session(inquiry=inquiry, number=1, title="First", panels=[PanelEntry(appearances=[ann, bob])], by=CONSOLE)
    again = AppearanceEntry("Ann Example", "Trustee", "Example Institute", "think_tank", lived_experience=True)
    log_session(inquiry=inquiry, number=2, title="Second", panels=[PanelEntry(appearances=[again])], by=CONSOLE)
    cem = SubmitterEntry(person="Cem Example", organisation="Example Firm", sector="business")
    receive_submission(inquiry=inquiry, submitters=[cem], accept=True, by=CONSOLE)


@pytest.mark.parametrize("role", Role)
def test_everyone_reads_who_gave_evidence_and_for_whom(client: Client, inquiry: Inquiry, role: Role) -> None:
    people(inquiry)
    client.force_login(a_person(inquiry, role))
    assert names(client, inquiry) == ["Ann Example", "bob Example", "Cem Example"]
    rows = client.get(page("list", inquiry.code)).context["page"]
    assert [(r.heard, r.wrote, [b.name for b in r.bodies]) for r in rows] == [
        (2, 0, ["Example Residents", "Example Institute"]),
        (1, 0, ["Example Institute"]),
        (0, 1, ["Example Firm"]),
    ]
    bodies = client.get(page("organisations", inquiry.code)).context["page"]
    assert [(r.name, r.heard, r.wrote) for r in bodies] == [
        ("Example Firm", 0, 1),
        ("Example Institute", 2, 0),
        ("Example Residents", 1, 0),
    ]


@pytest.mark.parametrize("name", ["list", "organisations"])
def test_a_stranger_is_told_that_there_is_no_such_inquiry(client: Client, inquiry: Inquiry, name: str) -> None:
    people(inquiry)
    client.force_login(a_person(an_inquiry()))
    assert client.get(page(name, inquiry.code)).status_code == 404


def test_a_record_of_another_inquiry_does_not_exist(client: Client, inquiry: Inquiry, clerk: Any) -> None:
    people(an_inquiry())
    for name, row in (("detail", Witness.objects.first()), ("organisation", Organisation.objects.first())):
        assert row
        assert client.get(page(name, inquiry.code, row.pk)).status_code == 404
        form = "edit" if name == "detail" else "organisation_edit"
        assert client.post(page(form, inquiry.code, row.pk), {"name": "Taken over"}).status_code == 404


def test_empty_lists_say_what_to_do_next(client: Client, inquiry: Inquiry, clerk: Any) -> None:
    assert reverse("sessions:add", args=[inquiry.code]) in shown(client, "list", inquiry.code)
    assert reverse("submissions:add", args=[inquiry.code]) in shown(client, "organisations", inquiry.code)
    client.force_login(a_person(inquiry, Role.MEMBER))
    for name in ("list", "organisations"):
        body = shown(client, name, inquiry.code)
        assert "will stand here" in body
        assert "Log a" not in body


def test_filters_without_a_hit_say_so_and_bad_ones_are_passed_over(
    client: Client, inquiry: Inquiry, clerk: Any
) -> None:
    people(inquiry)
    for name in ("list", "organisations"):
        assert "Nothing found" in shown(client, name, inquiry.code, asked="?q=nobody")
        assert len(names(client, inquiry, "?sector=bogus&sort=bogus&page=99", name)) == 3


def test_a_name_is_found_by_a_part_of_it(client: Client, inquiry: Inquiry, clerk: Any) -> None:
    people(inquiry)
    assert names(client, inquiry, "?q=BOB") == ["bob Example"]
    assert names(client, inquiry, "?q=instit", "organisations") == ["Example Institute"]


def test_facets_narrow_the_lists_and_count_people_not_mentions(client: Client, inquiry: Inquiry, clerk: Any) -> None:
    people(inquiry)
    assert names(client, inquiry, "?lived_experience=True") == ["Ann Example"]
    assert names(client, inquiry, "?sector=think_tank") == ["Ann Example", "bob Example"]
    assert names(client, inquiry, "?sector=business") == ["Cem Example"]
    assert names(client, inquiry, "?sector=think_tank&lived_experience=False") == ["bob Example"]
    body = shown(client, "list", inquiry.code, asked="?lived_experience=True")
    assert "Think tank (1)" in body
    assert "Business" not in body
    assert "Think tank (2)" in shown(client, "list", inquiry.code)
    assert names(client, inquiry, "?sector=residents", "organisations") == ["Example Residents"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["Ann Example", "bob Example", "Cem Example"]),
        ("-name", ["Cem Example", "bob Example", "Ann Example"]),
        ("-heard", ["Ann Example", "bob Example", "Cem Example"]),
        ("-wrote", ["Cem Example", "Ann Example", "bob Example"]),
        ("lived", ["bob Example", "Cem Example", "Ann Example"]),
    ],
)
def test_any_column_sorts(client: Client, inquiry: Inquiry, clerk: Any, sort: str, order: list[str]) -> None:
    people(inquiry)
    assert names(client, inquiry, f"?sort={sort}") == order


def test_any_column_of_organisations_sorts(client: Client, inquiry: Inquiry, clerk: Any) -> None:
    people(inquiry)
    firsts = {
        sort: names(client, inquiry, f"?sort={sort}", "organisations")[0] for sort in ("-name", "-heard", "sector")
    }
    assert firsts == {"-name": "Example Residents", "-heard": "Example Institute", "sector": "Example Firm"}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("role", [Role.CLERK, Role.MEMBER])
@pytest.mark.parametrize(("name", "queries"), [("list", 11), ("organisations", 7)])
def test_the_number_of_queries_does_not_grow(
    client: Client, inquiry: Inquiry, rows: int, role: Role, name: str, queries: int, django_assert_num_queries: Any
) -> None:
    for n in range(rows):
        a_session(inquiry, number=n + 1, witnesses=((f"Person {n}", f"Body {n}"),))
        a_submission(inquiry, person=f"Person {n}", submitter=f"Other body {n}", text=None)
    client.force_login(a_person(inquiry, role))
    with django_assert_num_queries(queries):
        shown(client, name, inquiry.code)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("detail", 12), ("organisation", 8)])
def test_a_page_of_one_asks_as_much_for_much_evidence(
    client: Client, inquiry: Inquiry, clerk: Any, rows: int, name: str, queries: int, django_assert_num_queries: Any
) -> None:
    for n in range(rows):
        a_spoken_quote(a_session(inquiry, number=n + 1, witnesses=(("Ann Example", "Example Body"),)), f"Words {n}.")
        a_submission(inquiry, person="Ann Example", submitter="Example Body", text=None)
    row: Any = (Witness if name == "detail" else Organisation).objects.get()
    with django_assert_num_queries(queries):
        shown(client, name, inquiry.code, row.pk)


@pytest.mark.parametrize("role", Role)
def test_a_witness_stands_with_all_that_they_gave(client: Client, inquiry: Inquiry, role: Role) -> None:
    session = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),), title="On streets")
    submission = a_submission(inquiry, person="Ann Example", submitter="Example Firm", text=None)
    quote = a_spoken_quote(session, "Nobody asked us.")
    ann = Witness.objects.get()
    mission = missions(inquiry)[0]
    tag_theme(evidence=ann, theme=mission, by=CONSOLE)
    client.force_login(a_person(inquiry, role))
    body = shown(client, "detail", inquiry.code, ann.pk)
    for words in (
        "On streets",
        "Example Trust",
        "Nobody asked us.",
        submission.reference,
        "Example Firm",
        str(mission),
    ):
        assert words in body
    for link in (("sessions:detail", session.pk), ("submissions:detail", 1), ("review:quote", quote.pk)):
        assert reverse(link[0], args=[inquiry.code, link[1]]) in body
    assert (reverse("tags:edit", args=[inquiry.code, "witness", ann.pk]) in body) == (role != Role.MEMBER)
    assert (page("edit", inquiry.code, ann.pk) in body) == (role in SECRETARIAT)
    body = shown(client, "organisation", inquiry.code, Organisation.objects.get(name="Example Trust").pk)
    assert "Ann Example" in body
    assert "On streets" in body
    assert submission.reference not in body


@pytest.mark.parametrize("role", Role)
def test_only_the_secretariat_corrects_names(client: Client, inquiry: Inquiry, role: Role) -> None:
    people(inquiry)
    client.force_login(a_person(inquiry, role))
    ann, body = Witness.objects.get(name="Ann Example"), Organisation.objects.get(name="Example Firm")
    opened = [
        client.get(page("edit", inquiry.code, ann.pk)),
        client.get(page("organisation_edit", inquiry.code, body.pk)),
    ]
    assert [answer.status_code for answer in opened] == ([200, 200] if role in SECRETARIAT else [403, 403])
    seen = [answer.context["form"]["seen"].value() if role in SECRETARIAT else "x" for answer in opened]
    client.post(page("edit", inquiry.code, ann.pk), {"seen": seen[0], "name": "  Dr  Ann Example "})
    client.post(
        page("organisation_edit", inquiry.code, body.pk),
        {"seen": seen[1], "name": "Example Company", "sector": "civil_society"},
    )
    ann.refresh_from_db()
    body.refresh_from_db()
    changed = ("Dr Ann Example", False, "Example Company", "civil_society")
    as_before = ("Ann Example", True, "Example Firm", "business")
    assert (ann.name, ann.lived_experience, body.name, body.sector) == (changed if role in SECRETARIAT else as_before)


def test_what_cannot_stand_is_said_and_nothing_typed_is_lost(client: Client, inquiry: Inquiry, clerk: Any) -> None:
    people(inquiry)
    ann, firm = Witness.objects.get(name="Ann Example"), Organisation.objects.get(name="Example Firm")
    address = page("edit", inquiry.code, ann.pk)
    seen = client.get(address).context["form"]["seen"].value()
    for typed, said in (("", "Fill in the name."), ("x" * 201, "at most 200 characters")):
        body = client.post(address, {"seen": seen, "name": typed}).content.decode()
        assert said in body
        assert typed in body
    address = page("organisation_edit", inquiry.code, firm.pk)
    seen = client.get(address).context["form"]["seen"].value()
    typed_too = {"seen": seen, "name": "example INSTITUTE", "sector": "academia"}
    body = client.post(address, typed_too).content.decode()
    assert "There is an organisation called “example INSTITUTE” already." in body
    assert 'value="example INSTITUTE"' in body
    assert '<option value="academia" selected>' in body
    firm.refresh_from_db()
    assert firm.name == "Example Firm"


def test_who_is_second_to_save_is_told_and_shown_both(client: Client, inquiry: Inquiry, clerk: Any) -> None:
    people(inquiry)
    ann, firm = Witness.objects.get(name="Ann Example"), Organisation.objects.get(name="Example Firm")
    for address, row in (
        (page("edit", inquiry.code, ann.pk), ann),
        (page("organisation_edit", inquiry.code, firm.pk), firm),
    ):
        seen = client.get(address).context["form"]["seen"].value()
        if row is ann:
            change_witness(witness=ann, name="Ann Of Another", by=CONSOLE)
        else:
            change_organisation(organisation=firm, name="Firm Of Another", by=CONSOLE)
        typed = {"seen": seen, "name": "Mine Example", "sector": "other"}
        refused = client.post(address, typed)
        body = refused.content.decode()
        assert "Somebody else changed this" in body
        assert "Of Another" in body
        assert 'value="Mine Example"' in body
        row.refresh_from_db()
        assert row.name.endswith("Of Another")
        client.post(address, typed | {"seen": refused.context["form"]["seen"].value()})
        row.refresh_from_db()
        assert row.name == "Mine Example"


def test_a_witness_consents_and_takes_it_back(client: Client, inquiry: Inquiry, clerk: Any) -> None:
    session = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
    quote = a_spoken_quote(session)
    appearance, ann = quote.appearance, quote.appearance.witness
    assert "No consent is recorded." in shown(client, "detail", inquiry.code, ann.pk)
    add = reverse("sessions:consent_add", args=[inquiry.code, appearance.pk])
    assert add in shown(client, "detail", inquiry.code, ann.pk)
    told = client.post(add, {"agreed_to": ["named"], "wording": "Typed with care."}).content.decode()
    assert "There is a problem" in told
    assert "Typed with care." in told
    client.post(add, {"agreed_to": ["named", "quoted"], "wording": "You can quote me.", **on("given_on", "2023-05-02")})
    assert {(each.to, each.recorded_by) for each in appearance.consents.all()} == {("named", clerk), ("quoted", clerk)}
    body = shown(client, "detail", inquiry.code, ann.pk)
    assert "You can quote me." in body
    consent = appearance.consents.get(to="quoted")
    back = reverse("sessions:consent_withdraw", args=[inquiry.code, consent.pk])
    assert back in body
    assert "Withdraw the consent to be quoted?" in client.get(back).content.decode()
    assert quote in Quote.objects.may_be_printed()
    client.post(back, on("withdrawn_on", "2023-06-01"))
    assert "Withdrawn 1 June 2023" in shown(client, "detail", inquiry.code, ann.pk)
    assert quote not in Quote.objects.may_be_printed()
    assert "withdrawn already" in client.post(back, on("withdrawn_on", "2023-06-01")).content.decode()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
def test_what_a_witness_agreed_to_is_for_the_secretariat(client: Client, inquiry: Inquiry, role: Role) -> None:
    quote = a_spoken_quote(a_session(inquiry, witnesses=(("Ann Example", ""),)))
    given_on = dt.date(2023, 5, 2)
    record_consent(of=quote.appearance, to="named", wording="MARKER", given_on=given_on, by=CONSOLE)
    client.force_login(a_person(inquiry, role))
    body = shown(client, "detail", inquiry.code, quote.appearance.witness.pk)
    assert "MARKER" not in body
    assert "consent" not in body.lower()


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("OK Group", "O\u212a Group", True),
        ("istanbul", "\u0130stanbul", True),
        ("stra\u00dfe", "STRA\u1e9eE", True),
        ("\u00e5ngs", "\u212bNGS", True),
        ("Caf\u00e9", "cafe\u0301", True),
        ("Stra\u017fe", "Strase", False),
    ],
)
def test_names_are_told_apart_as_the_database_tells_them_apart(
    inquiry: Inquiry, first: str, second: str, same: bool
) -> None:
    bodies = [name_organisation(inquiry=inquiry, name=name, by=CONSOLE) for name in (first, second)]
    people = [name_witness(inquiry=inquiry, name=name, by=CONSOLE) for name in (first, second)]
    assert (bodies[0] == bodies[1], people[0] == people[1]) == (same, same)
    other = name_organisation(inquiry=inquiry, name="Something else", by=CONSOLE)
    with pytest.raises(Refused, match="There is an organisation called"):
        change_organisation(organisation=other, name=second, by=CONSOLE)
