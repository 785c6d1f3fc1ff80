"""Submissions that are alike are found, shown to the secretariat, and handled as one."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.refusals import Refused
from accounts.roles import CONSOLE, NotAllowed, Role
from evidence.campaigns.actions import (
    compare_with_others,
    mark_as_campaign,
    not_compared,
    rename_campaign,
    say_not_alike,
    take_out_of_campaign,
)
from evidence.campaigns.models import Campaign, InCampaign, Likeness, NotAlike
from evidence.campaigns.tasks import compare, sweep
from evidence.documents.actions import read_document
from evidence.submissions.actions import accept_submission, add_file
from evidence.submissions.models import Submission
from inquiry.models import Inquiry
from tests.builders import a_person, a_submission, an_inquiry
from tests.editing import on

pytestmark = pytest.mark.django_db

LETTER = (
    "We ask the inquiry to see that the hall in our street is opened again. It was built by residents, paid for by "
    "residents and shut without a word to residents. Its key should be kept by those who live there. "
)
OTHER = (
    "Buses stopped in the evening three years ago, and since then nobody under twenty can take a job in the town. "
    "A bus costs less than a benefit, and brings more people home from work at night than any new road does. "
)


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry("LUI")


@pytest.fixture
def letters(inquiry: Inquiry) -> list[Submission]:
    """Three letters of a kind, and one of another."""
    texts = (LETTER, f"{LETTER}\n\nI would use it on Mondays.", LETTER, OTHER)
    return [compared(a_submission(inquiry, text=text, state="received")) for text in texts]


def compared(submission: Submission) -> Submission:
    compare_with_others(submission.pk)
    return submission


def groups() -> dict[int, list[int]]:
    """The number of the first of each group, and the others'."""
    rows = Likeness.objects.filter(first__isnull=False).order_by("submission__number")
    found: dict[int, list[int]] = {}
    for first, number in rows.values_list("first__submission__number", "submission__number"):
        found.setdefault(first, []).append(number)
    return found


def page(client: Client, name: str = "alike", *keys: Any, **asked: Any) -> str:
    return client.get(reverse(f"campaigns:{name}", args=["LUI", *keys]), asked).content.decode()


def post(client: Client, first: int, **data: Any) -> str:
    return client.post(reverse("campaigns:group", args=["LUI", first]), data, follow=True).content.decode()


def test_letters_of_a_kind_are_found_and_others_are_not(letters: list[Submission]) -> None:
    assert groups() == {1: [2, 3]}
    likeness = dict(Likeness.objects.values_list("submission__number", "alike"))
    assert likeness[3] > likeness[2] > 60


def test_another_inquirys_letters_are_never_compared(letters: list[Submission]) -> None:
    compared(a_submission(an_inquiry(), text=LETTER))
    assert groups() == {1: [2, 3]}


def test_the_job_that_reads_the_last_file_compares(inquiry: Inquiry, letters: list[Submission]) -> None:
    new = a_submission(inquiry, text=LETTER)
    more = add_file(submission=new, name="more.txt", data=b"A short note.", by=CONSOLE)
    compare(more.pk)
    assert groups() == {1: [2, 3]}
    read_document(more.pk)
    compare(more.pk)
    assert groups() == {1: [2, 3, 5]}
    made = Likeness.objects.get(submission=new).made_at
    compare(new.files.exclude(document=more).get().document_id)
    assert Likeness.objects.get(submission=new).made_at == made


def test_what_no_message_came_for_is_swept_up_once(inquiry: Inquiry, letters: list[Submission]) -> None:
    assert not not_compared().exists()
    new = a_submission(inquiry, text=LETTER)
    assert list(not_compared()) == [new]
    sweep()
    assert groups() == {1: [2, 3, 5]}
    assert not not_compared().exists()
    Likeness.objects.filter(submission=new).update(way="another")
    assert list(not_compared()) == [new]


def test_words_that_come_later_are_compared_anew(letters: list[Submission]) -> None:
    """The first is like the others no more: they stay together, and it stands alone."""
    more = add_file(submission=letters[0], name="more.txt", data=(OTHER * 8).encode(), by=CONSOLE)
    read_document(more.pk)
    assert list(not_compared()) == [letters[0]]
    sweep()
    assert groups() == {2: [3]}


def test_all_can_be_compared_again_and_what_people_said_stands(inquiry: Inquiry, letters: list[Submission]) -> None:
    say_not_alike(first=letters[0], submissions=[letters[1]], by=CONSOLE)
    Likeness.objects.all().delete()
    call_command("compare_submissions", "--inquiry", "LUI", verbosity=0)
    assert 2 not in groups().get(1, [])
    assert 3 in {*groups().get(1, []), *groups().get(2, [])}
    with pytest.raises(CommandError, match="no inquiry NONE"):
        call_command("compare_submissions", "--inquiry", "NONE")


def test_a_group_shows_how_alike_and_which_words_differ(client: Client, letters: list[Submission]) -> None:
    client.force_login(a_person(letters[0].inquiry))
    shown = page(client)
    assert "3 submissions" in shown
    assert "like LUI0001" in shown
    assert "We ask the inquiry to see" in shown
    assert "LUI0004" not in shown
    shown = page(client, "group", 1)
    assert "I would use it on Mondays." in shown
    assert "LUI0004" not in shown


def test_a_group_is_marked_as_a_campaign_and_found_by_it(client: Client, letters: list[Submission]) -> None:
    clerk = a_person(letters[0].inquiry)
    client.force_login(clerk)
    assert "Fill in the name of the campaign." in post(client, 1, step="campaign", name=" ")
    shown = post(client, 1, step="campaign", name="Save  the hall")
    assert "3 submissions marked as letters of “Save the hall”." in shown
    assert {(i.submission.number, i.marked_by) for i in InCampaign.objects.all()} == {(n, clerk) for n in (1, 2, 3)}
    campaign = Campaign.objects.get()
    listed = client.get(reverse("submissions:list", args=["LUI"]), {"campaign": campaign.pk}).content.decode()
    assert "Save the hall (3)" in listed
    assert "LUI0003" in listed
    assert "LUI0004" not in listed
    compared(a_submission(letters[0].inquiry, text=LETTER))
    assert "1 more like “Save the hall”" in page(client)
    history = client.get(reverse("history:newest", args=["LUI"])).content.decode()
    assert "Letter of a campaign" in history


def test_a_group_goes_through_the_bulk_steps_as_one(client: Client, letters: list[Submission]) -> None:
    client.force_login(a_person(letters[0].inquiry))
    assert 'name="number" value="1,3,2"' in page(client, "group", 1)
    client.post(reverse("submissions:accept_many", args=["LUI"]), {"number": "1,3,2"})
    asked = client.post(reverse("submissions:decide_many", args=["LUI"]), {"number": "1,3,2"}).content.decode()
    assert "Decide on publication of 3 submissions" in asked
    data = {"number": "1,2,3", "treatment": "anonymised", **on("decided_on", "2023-05-02")}
    client.post(reverse("submissions:decide_many", args=["LUI"]), data)
    decisions = Submission.objects.order_by("number").values_list("decision", flat=True)
    assert list(decisions) == ["anonymised"] * 3 + [""]


def test_not_alike_is_kept_with_who_said_so(client: Client, letters: list[Submission]) -> None:
    clerk = a_person(letters[0].inquiry)
    client.force_login(clerk)
    assert "Choose submissions first." in post(client, 1, step="not_alike")
    assert "1 submission will not be shown with LUI0001 again." in post(client, 1, step="not_alike", number=["2"])
    said = NotAlike.objects.get()
    assert (said.submission, said.other, said.said_by) == (letters[1], letters[0], clerk)
    assert groups() == {1: [3]}
    compared(letters[1])
    compared(letters[0])
    assert 2 not in groups().get(1, [])
    post(client, 1, step="not_alike", number=["3"])
    assert groups() == {2: [3]}


def test_a_letter_leaves_its_campaign_and_an_empty_one_is_no_more(
    client: Client, inquiry: Inquiry, letters: list[Submission]
) -> None:
    campaign = mark_as_campaign(inquiry=inquiry, name="Save the hall", submissions=letters[:2], by=CONSOLE)
    client.force_login(a_person(inquiry))
    post(client, 1, step="leave", number=["2"])
    assert [each.submission for each in campaign.letters.all()] == [letters[0]]
    other = mark_as_campaign(inquiry=inquiry, name="Open the hall", submissions=letters[:1], by=CONSOLE)
    assert list(Campaign.objects.all()) == [other]
    assert take_out_of_campaign(inquiry=inquiry, submissions=letters, by=CONSOLE) == 1
    assert not Campaign.objects.exists()


def test_a_campaign_is_renamed_to_a_name_that_is_free(
    client: Client, inquiry: Inquiry, letters: list[Submission]
) -> None:
    campaign = mark_as_campaign(inquiry=inquiry, name="Save the hall", submissions=letters[:1], by=CONSOLE)
    mark_as_campaign(inquiry=inquiry, name="Buses", submissions=letters[3:], by=CONSOLE)
    client.force_login(a_person(inquiry))
    address = reverse("campaigns:rename", args=["LUI", campaign.pk])
    assert "There is a campaign “Buses” already." in client.post(address, {"name": "Buses"}).content.decode()
    client.post(address, {"name": "Open the hall"})
    campaign.refresh_from_db()
    assert campaign.name == "Open the hall"
    with pytest.raises(Refused):
        mark_as_campaign(inquiry=inquiry, name=" ", submissions=letters, by=CONSOLE)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
def test_nobody_else_learns_of_campaigns(
    client: Client, inquiry: Inquiry, letters: list[Submission], role: Role
) -> None:
    for each in letters:
        accept_submission(submission=each, by=CONSOLE)
    campaign = mark_as_campaign(inquiry=inquiry, name="Save the hall", submissions=letters[:2], by=CONSOLE)
    person = a_person(inquiry, role)
    client.force_login(person)
    listed = client.get(reverse("submissions:list", args=["LUI"]), {"campaign": campaign.pk}).content.decode()
    assert "LUI0001" in listed
    assert "LUI0004" in listed
    detail = client.get(reverse("submissions:detail", args=["LUI", 1])).content.decode()
    assert "Save the hall" not in listed + detail
    assert "Alike" not in listed
    for model in (Campaign, InCampaign, NotAlike, Likeness):
        assert not model.objects.visible_to(person).exists()
    for refused in (
        lambda: mark_as_campaign(inquiry=inquiry, name="x", submissions=letters, by=person),
        lambda: take_out_of_campaign(inquiry=inquiry, submissions=letters, by=person),
        lambda: say_not_alike(first=letters[0], submissions=letters, by=person),
        lambda: rename_campaign(campaign=campaign, name="x", by=person),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_what_is_said_of_submissions_stays_in_its_inquiry(letters: list[Submission]) -> None:
    elsewhere = a_submission(an_inquiry(), text=None)
    for wrong in (
        lambda: NotAlike.objects.create(inquiry=elsewhere.inquiry, submission=elsewhere, other=letters[0]),
        lambda: NotAlike.objects.create(inquiry=elsewhere.inquiry, submission=elsewhere, other=elsewhere),
        lambda: Likeness.objects.update(alike=101),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_an_inquiry_without_likeness_says_what_will_stand_here(client: Client, inquiry: Inquiry) -> None:
    client.force_login(a_person(inquiry))
    assert "No two submissions are alike" in page(client)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client: Client, inquiry: Inquiry, rows: int, django_assert_num_queries
) -> None:
    for text in (LETTER, OTHER, " ".join(f"word{n}" for n in range(60)))[:rows]:
        for _ in range(rows + 1):
            compared(a_submission(inquiry, text=text))
    client.force_login(a_person(inquiry))
    with django_assert_num_queries(8):
        page(client)
    with django_assert_num_queries(15):
        page(client, "group", 1)
