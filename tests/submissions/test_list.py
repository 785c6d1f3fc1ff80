"""The list of written evidence."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.documents.models import Document
from evidence.submissions.actions import SubmitterEntry, receive_submission, withdraw_submission
from inquiry.models import Inquiry
from tests.builders import a_person, a_submission, an_inquiry
from tests.editing import on

pytestmark = pytest.mark.django_db


def page(client: Client, inquiry: Inquiry, asked: str = "") -> str:
    response = client.get(reverse("submissions:list", args=[inquiry.code]) + asked)
    assert response.status_code == 200
    return response.content.decode()


def references(client: Client, inquiry: Inquiry, asked: str = "") -> list[int]:
    """The numbers in the list, in its order."""
    response = client.get(reverse("submissions:list", args=[inquiry.code]) + asked)
    return [submission.number for submission in response.context["page"]]


@pytest.mark.parametrize("role", Role)
def test_everyone_finds_accepted_evidence(client: Client, role: Role) -> None:
    inquiry = an_inquiry()
    submission = a_submission(inquiry)
    client.force_login(a_person(inquiry, role))
    shown = page(client, inquiry)
    assert submission.reference in shown
    assert "Example Residents Association" in shown
    assert ("Log a submission" in shown) == (role in (Role.CLERK, Role.ADMINISTRATOR))


def test_a_stranger_is_told_that_there_is_no_such_inquiry(client: Client) -> None:
    inquiry = an_inquiry()
    client.force_login(a_person(an_inquiry()))
    assert client.get(reverse("submissions:list", args=[inquiry.code])).status_code == 404


def test_an_empty_list_says_what_to_do_next(client: Client) -> None:
    inquiry = an_inquiry()
    client.force_login(a_person(inquiry))
    assert "Log the first submission" in page(client, inquiry)
    client.force_login(a_person(inquiry, Role.MEMBER))
    shown = page(client, inquiry)
    assert "No submissions to read yet" in shown
    assert "Log the first" not in shown


def test_filters_without_a_hit_say_so(client: Client) -> None:
    inquiry = an_inquiry()
    a_submission(inquiry)
    client.force_login(a_person(inquiry))
    shown = page(client, inquiry, "?q=nobody")
    assert "Nothing found" in shown
    assert "Log the first submission" not in shown


@pytest.mark.parametrize("written", ["{code}0002", "{code} 2", "{lower}002", "2", "0002", "Second", "second example"])
def test_search_knows_every_form_of_a_reference_and_names(client: Client, written: str) -> None:
    inquiry = an_inquiry()
    a_submission(inquiry, submitter="First Example Body", text=None)
    a_submission(inquiry, submitter="Second Example Body", text=None)
    client.force_login(a_person(inquiry, Role.MEMBER))
    asked = written.format(code=inquiry.code, lower=inquiry.code.lower()).replace(" ", "+")
    assert references(client, inquiry, f"?q={asked}") == [2]


def test_a_reference_of_another_inquiry_finds_nothing(client: Client) -> None:
    inquiry = an_inquiry()
    a_submission(inquiry, text=None)
    client.force_login(a_person(inquiry))
    assert references(client, inquiry, "?q=ZZZ0001") == []


def test_facets_narrow_the_list_and_count_what_the_others_leave(client: Client) -> None:
    inquiry = an_inquiry()
    a_submission(inquiry, state="received", submitter="A", text=None, channel="post")
    a_submission(inquiry, state="accepted", submitter="B", text=None, channel="email")
    a_submission(inquiry, state="decided", treatment="anonymised", submitter="C", channel="email")
    client.force_login(a_person(inquiry))
    assert references(client, inquiry, "?state=received&state=accepted") == [2, 1]
    assert references(client, inquiry, "?state=received&channel=email") == []
    assert references(client, inquiry, "?decision=none") == [2, 1]
    assert references(client, inquiry, "?decision=anonymised") == [3]
    assert references(client, inquiry, "?reading=none") == [2, 1]
    assert references(client, inquiry, "?reading=read") == [3]
    shown = page(client, inquiry, "?channel=email")
    assert "Received (0)" not in shown
    assert "Accepted (1)" in shown
    assert "Post (1)" in shown
    assert "E-mail (2)" in shown


def test_the_sector_of_the_bodies_is_a_facet(client: Client) -> None:
    inquiry = an_inquiry()
    for name, sector in (("Street", "residents"), ("Lane", "residents"), ("Firm", "business")):
        entry = SubmitterEntry(organisation=name, sector=sector)
        receive_submission(inquiry=inquiry, submitters=[entry], accept=True, by=CONSOLE)
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert references(client, inquiry, "?sector=residents") == [2, 1]
    assert "Residents and neighbourhood groups (2)" in page(client, inquiry)
    assert "Business (1)" in page(client, inquiry, "?sector=residents")


def test_a_file_that_could_not_be_read_is_found(client: Client) -> None:
    inquiry = an_inquiry()
    a_submission(inquiry)
    Document.objects.fail(Document.objects.get().pk, "It is broken.")
    client.force_login(a_person(inquiry))
    assert references(client, inquiry, "?reading=failed") == [1]
    assert "File not read" in page(client, inquiry)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("reference", [1, 2, 3]),
        ("-reference", [3, 2, 1]),
        ("from", [2, 3, 1]),
        ("-received", [3, 1, 2]),
        ("", [3, 2, 1]),
    ],
)
def test_any_column_sorts(client: Client, sort: str, order: list[int]) -> None:
    inquiry = an_inquiry()
    for name, day in (("Zebra", 2), ("apple", 1), ("Banana", 3)):
        a_submission(inquiry, submitter=name, text=None, received_on=dt.date(2023, 1, day))
    client.force_login(a_person(inquiry))
    assert references(client, inquiry, f"?sort={sort}") == order


@pytest.mark.parametrize("sort", ["publication", "-publication", "state", "-state", "-from", "nonsense"])
def test_a_sort_that_is_asked_for_in_any_way_gives_a_page(client: Client, sort: str) -> None:
    inquiry = an_inquiry()
    a_submission(inquiry, text=None)
    client.force_login(a_person(inquiry))
    assert references(client, inquiry, f"?sort={sort}&page=99&state=bogus") == [1]


def test_a_list_is_turned_by_pages_of_fifty(client: Client) -> None:
    inquiry = an_inquiry()
    for _ in range(52):
        a_submission(inquiry, text=None, submitter="")
    client.force_login(a_person(inquiry))
    assert references(client, inquiry) == list(range(52, 2, -1))
    assert references(client, inquiry, "?page=2&sort=-reference") == [2, 1]
    assert "51–52 of 52" in page(client, inquiry, "?page=2")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("role", [Role.CLERK, Role.MEMBER])
def test_the_number_of_queries_does_not_grow(client: Client, rows: int, role: Role, django_assert_num_queries) -> None:
    inquiry = an_inquiry()
    for n in range(rows):
        a_submission(inquiry, submitter=f"Body {n}", person=f"Person {n}")
    client.force_login(a_person(inquiry, role))
    # The secretariat is offered the names of campaigns too.
    with django_assert_num_queries(12 if role == Role.CLERK else 11):
        page(client, inquiry)


def test_chosen_submissions_are_accepted_and_the_rest_is_explained(client: Client) -> None:
    inquiry = an_inquiry()
    for _ in range(3):
        a_submission(inquiry, state="received", text=None)
    withdraw_submission(submission=inquiry.submissions.get(number=3), reason="At their wish.", by=CONSOLE)
    client.force_login(a_person(inquiry))
    response = client.post(
        reverse("submissions:accept_many", args=[inquiry.code]),
        {"number": ["1", "3", "99", "x"], "asked": "state=received\r\nX: y"},
        follow=True,
    )
    shown = response.content.decode()
    assert f"Accepted: {inquiry.code}0001." in shown
    assert f"{inquiry.code}0003 is withdrawn, so it cannot become accepted now." in shown
    assert list(inquiry.submissions.order_by("number").values_list("state", flat=True)) == [
        "accepted",
        "received",
        "withdrawn",
    ]


def test_one_decision_for_all_that_were_chosen(client: Client) -> None:
    inquiry = an_inquiry()
    for _ in range(2):
        a_submission(inquiry, text=None)
    client.force_login(a_person(inquiry))
    url = reverse("submissions:decide_many", args=[inquiry.code])
    asks = client.post(url, {"number": ["1", "2"]}).content.decode()
    assert "Decide on publication of 2 submissions" in asks
    incomplete = client.post(url, {"number": ["1", "2"], **on("decided_on", "2023-05-02"), "meeting": "Third meeting"})
    assert "Third meeting" in incomplete.content.decode()
    assert not inquiry.publicationdecisions.exists()
    client.post(url, {"number": ["1", "2"], **on("decided_on", "2023-05-02"), "treatment": "full"})
    assert set(inquiry.submissions.values_list("state", "decision")) == {("decided", "full")}


def test_one_that_cannot_be_decided_on_stays_chosen_with_what_was_typed(client: Client) -> None:
    inquiry = an_inquiry()
    a_submission(inquiry, text=None)
    a_submission(inquiry, text=None, requested="confidential")
    client.force_login(a_person(inquiry))
    url = reverse("submissions:decide_many", args=[inquiry.code])
    decision = {
        **on("decided_on", "2023-05-02"),
        "treatment": "full",
        "meeting": "Third meeting",
        "asked": "state=accepted",
    }
    back = client.post(url, decision | {"number": ["1", "2"]})
    shown = back.content.decode()
    assert f"Decided on: {inquiry.code}0001." in shown
    assert "Decide on publication of 1 submission" in shown
    assert 'name="number" value="2"' in shown
    assert 'name="number" value="1"' not in shown
    assert f'<a href="#id_reason">Reason: {inquiry.code}0002 was sent in with the wish “' in shown
    assert all(
        words in shown
        for words in (
            'value="Third meeting"',
            'name="decided_on_2" value="2023"',
            'name="asked" value="state=accepted"',
        )
    )
    assert "aria-invalid" in shown[shown.index('name="reason"') :][:300]
    again = client.post(url, decision | {"number": "2", "reason": "They have agreed since."})
    assert again.url.endswith("?state=accepted")
    assert set(inquiry.submissions.values_list("state", "decision")) == {("decided", "full")}


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
@pytest.mark.parametrize("name", ["accept_many", "decide_many"])
def test_only_the_secretariat_acts_on_many(client: Client, role: Role, name: str) -> None:
    inquiry = an_inquiry()
    a_submission(inquiry, state="received", text=None)
    client.force_login(a_person(inquiry, role))
    response = client.post(reverse(f"submissions:{name}", args=[inquiry.code]), {"number": "1"})
    assert response.status_code == 403
    assert inquiry.submissions.get().state == "received"


def test_choosing_nothing_says_so(client: Client) -> None:
    inquiry = an_inquiry()
    client.force_login(a_person(inquiry))
    response = client.post(reverse("submissions:decide_many", args=[inquiry.code]), follow=True)
    assert "Choose submissions first." in response.content.decode()
