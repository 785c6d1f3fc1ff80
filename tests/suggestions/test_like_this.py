"""Passages like the quotes on a theme: which are found, why, and who may set them aside."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, NotAllowed, Role
from evidence.documents.actions import redact
from evidence.documents.models import Passage
from evidence.quotes.actions import remove_quote
from evidence.quotes.models import Quote
from evidence.submissions.actions import decide_publication, withdraw_submission
from evidence.submissions.models import Submission
from evidence.suggestions.actions import bring_back, dismiss
from evidence.suggestions.likeness import likest
from evidence.suggestions.models import Dismissal
from evidence.tags.actions import tag_theme
from evidence.tags.models import Tag
from inquiry.actions import change_theme
from inquiry.models import Inquiry, Rule, Theme
from tests.builders import (
    a_person,
    a_session,
    a_submission,
    a_transcript,
    a_written_quote,
    an_inquiry,
    missions,
    passages,
    turns,
)

pytestmark = pytest.mark.django_db

QUOTED = "The ferry was cut and islanders cannot reach a hospital in winter."
ALIKE = "Without the ferry nobody on the island can reach the hospital, least of all in winter."
SAID = ALIKE.replace(",", "")
SPOKEN = f"question,speaker,text\nQ1,Chair,{SAID} Is it so?\n,Ann Example,{SAID}\n"
OTHERWISE = (
    "A library was closed and its books were sold.",
    "The market square floods whenever it rains.",
    "Our school has no music teacher this year.",
    "Rents have doubled and landlords do not answer.",
)


@pytest.fixture
def inquiry(client: Client) -> Inquiry:
    inquiry = an_inquiry("LUI")
    client.force_login(a_person(inquiry))
    return inquiry


@pytest.fixture
def theme(inquiry: Inquiry) -> Theme:
    """A theme with one quote, and evidence about other things."""
    found = missions(inquiry, 2)[0]
    tag_theme(evidence=a_written_quote(a_submission(inquiry, text=f"1. {QUOTED}")), theme=found, by=CONSOLE)
    a_submission(inquiry, submitter="Other Body", text="\n\n".join(f"{n}. {o}" for n, o in enumerate(OTHERWISE, 1)))
    return found


def suggested(person: Any, theme: Theme) -> list[str]:
    found = [like.passage for like in likest(person, theme)]
    texts = dict(Passage.objects.filter(pk__in=found).values_list("pk", "received_text"))
    return [texts[pk] for pk in found]


def page(client: Client, theme: Theme, name: str = "like", **asked: Any) -> str:
    answer = client.get(reverse(f"suggestions:{name}", args=["LUI", theme.pk]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def alike(inquiry: Inquiry, text: str = ALIKE, **details: Any) -> Submission:
    return a_submission(inquiry, submitter="Island Body", text=f"1. {text}", **details)


def test_what_shares_the_telling_words_is_found_with_the_quotes_that_it_is_like(
    client: Client, inquiry: Inquiry, theme: Theme
) -> None:
    alike(inquiry)
    alike(inquiry, "The hospital is full, and so is its car park in summer.")
    assert suggested(CONSOLE, theme) == [ALIKE]
    shown = page(client, theme)
    assert "<mark>ferry</mark>" in shown
    assert "<mark>hospital</mark>" in shown
    assert "Island Body" in shown
    assert "Like 1 quote" in shown
    assert Tag.objects.count() == 1


def test_the_nearer_stands_first_and_what_is_quoted_on_the_theme_is_not_there(inquiry: Inquiry, theme: Theme) -> None:
    nearer = f"{QUOTED[:-1]}, they say."
    for text in (ALIKE, nearer):
        alike(inquiry, text)
    assert suggested(CONSOLE, theme) == [nearer, ALIKE]
    quote = a_written_quote(Submission.objects.get(number=4), end=20)
    assert nearer in suggested(CONSOLE, theme)
    tag_theme(evidence=quote, theme=theme, by=CONSOLE)
    assert suggested(CONSOLE, theme) == [ALIKE]
    remove_quote(quote=quote, by=CONSOLE)
    assert suggested(CONSOLE, theme) == [nearer, ALIKE]


def test_words_that_are_quoted_on_something_else_are_offered_to_be_tagged(
    client: Client, inquiry: Inquiry, theme: Theme
) -> None:
    quote = a_written_quote(alike(inquiry))
    shown = page(client, theme)
    assert "Tag the quote “Without the ferry" in shown
    assert reverse("tags:edit", args=["LUI", "quote", quote.pk]) in shown
    remove_quote(quote=quote, by=CONSOLE)
    assert "Tag the quote" not in page(client, theme)


def test_a_quote_that_was_removed_suggests_nothing(client: Client, inquiry: Inquiry, theme: Theme) -> None:
    alike(inquiry)
    remove_quote(quote=Quote.objects.get(), by=CONSOLE)
    assert suggested(CONSOLE, theme) == []
    assert "Nothing like its quotes is left" in page(client, theme)


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADVISER])
def test_what_may_not_be_seen_or_printed_is_never_suggested(inquiry: Inquiry, theme: Theme, role: Role) -> None:
    alike(inquiry, f"{ALIKE} Confidential.", state="decided", treatment="confidential")
    alike(inquiry, f"{ALIKE} Asked to be confidential.", requested="confidential")
    alike(inquiry, f"{ALIKE} Only received.", state="received")
    withdraw_submission(submission=alike(inquiry, f"{ALIKE} Withdrawn."), reason="asked to", by=CONSOLE)
    redacted = alike(inquiry, f"Ann Example says: {ALIKE}")
    redact(passage=passages(redacted)[0], start=0, end=11, reason="a name", by=CONSOLE)
    private = a_session(inquiry, number=7, rule=Rule.PRIVATE, witnesses=(("Ann Example", "Example Trust"),))
    a_transcript(private, SPOKEN)
    person = a_person(inquiry, role)
    assert suggested(person, theme) == []
    alike(inquiry)
    assert suggested(person, theme) == [ALIKE]


def test_the_words_of_evidence_that_one_may_not_read_suggest_nothing(
    client: Client, inquiry: Inquiry, theme: Theme
) -> None:
    """A quote of confidential evidence shares its words with an open passage: only its readers are told."""
    hidden = a_submission(inquiry, text="1. A zebra ate the turnip harvest.")
    tag_theme(evidence=a_written_quote(hidden), theme=theme, by=CONSOLE)
    decide_publication(submission=hidden, treatment="confidential", by=CONSOLE)
    open_to_all = "Our turnip harvest failed, and no zebra did it."
    alike(inquiry, open_to_all)
    assert suggested(a_person(inquiry), theme) == [open_to_all]
    adviser = a_person(inquiry, Role.ADVISER)
    assert suggested(adviser, theme) == []
    client.force_login(adviser)
    assert "zebra" not in page(client, theme)


def test_of_a_hearing_only_a_witness_s_words_in_the_version_that_counts(inquiry: Inquiry, theme: Theme) -> None:
    session = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
    a_transcript(session, SPOKEN)
    assert suggested(CONSOLE, theme) == [SAID]
    again = a_transcript(session, SPOKEN.replace("island can", "isle can"), corrected=True)
    assert [turns(again)[1].received_text] == suggested(CONSOLE, theme)


def test_nothing_of_another_inquiry(inquiry: Inquiry, theme: Theme) -> None:
    elsewhere = an_inquiry()
    alike(elsewhere)
    assert suggested(CONSOLE, theme) == []


def test_what_is_set_aside_is_kept_with_who_said_so_and_comes_back(
    client: Client, inquiry: Inquiry, theme: Theme
) -> None:
    passage = passages(alike(inquiry))[0]
    told = client.post(reverse("suggestions:dismiss", args=["LUI", theme.pk, passage.pk]), follow=True)
    assert "It is not suggested for this theme again." in told.content.decode()
    said = Dismissal.objects.get()
    assert dismiss(theme=theme, passage=passage, by=CONSOLE) == said
    assert said.dismissed_by.name in page(client, theme, "dismissed")
    assert ALIKE not in page(client, theme)
    # For another theme it was not said.
    other = missions(inquiry, 1)[0]
    tag_theme(evidence=Quote.objects.get(), theme=other, by=CONSOLE)
    assert suggested(CONSOLE, other) == [ALIKE]
    client.post(reverse("suggestions:bring_back", args=["LUI", theme.pk, passage.pk]))
    assert suggested(CONSOLE, theme) == [ALIKE]
    assert "Nothing was set aside" in page(client, theme, "dismissed")


def test_quoting_a_suggestion_opens_the_reader_with_its_words_and_the_theme(
    client: Client, inquiry: Inquiry, theme: Theme
) -> None:
    passage = passages(alike(inquiry))[0]
    address = reverse("reader:document", args=["LUI", passage.document_id])
    asked = {"at": passage.pk, "quote": passage.pk, "theme": theme.pk}
    form = client.get(address, asked).context["form"]
    sent = {name: form[name].value() for name in ("first_passage", "start", "last_passage", "end", "text", "themes")}
    person = a_person(inquiry, Role.ADVISER)
    client.force_login(person)
    client.post(reverse("reader:take", args=["LUI", passage.document_id]), sent)
    tag = Tag.objects.get(quote__text=ALIKE)
    assert (tag.theme, tag.tagged_by, tag.quote.taken_by) == (theme, person, person)
    assert suggested(CONSOLE, theme) == []
    for odd in ({"quote": "(", "theme": "x"}, {"quote": "9" * 30}, {"quote": passage.pk, "theme": "\0"}):
        assert client.get(address, odd).status_code == 200


def test_empty_pages_say_what_to_do(client: Client, inquiry: Inquiry, theme: Theme) -> None:
    empty, retired = missions(inquiry, 2)
    assert "Nothing to compare with yet" in page(client, empty)
    change_theme(theme=retired, retired_on="2024-01-26", by=CONSOLE)
    assert "This theme is retired" in page(client, retired)
    for odd in ("(", "\0", str(10**9), "-1"):
        page(client, theme, page=odd)
        page(client, theme, "dismissed", page=odd)
    assert client.get(reverse("suggestions:like", args=["LUI", theme.parent_id])).status_code == 404


def test_members_neither_look_nor_set_aside(client: Client, inquiry: Inquiry, theme: Theme) -> None:
    passage, member = passages(alike(inquiry))[0], a_person(inquiry, Role.MEMBER)
    client.force_login(member)
    assert client.get(reverse("suggestions:like", args=["LUI", theme.pk])).status_code == 403
    for forbidden in (dismiss, bring_back):
        with pytest.raises(NotAllowed):
            forbidden(theme=theme, passage=passage, by=member)


def test_what_was_set_aside_of_evidence_that_is_confidential_since_is_not_there(
    client: Client, inquiry: Inquiry, theme: Theme
) -> None:
    submission = alike(inquiry)
    dismiss(theme=theme, passage=passages(submission)[0], by=CONSOLE)
    decide_publication(submission=submission, treatment="confidential", by=CONSOLE)
    client.force_login(a_person(inquiry, Role.ADVISER))
    assert "Nothing was set aside" in page(client, theme, "dismissed")
    assert "Not about it" not in page(client, theme)


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_for_one_row_as_for_three(
    client: Client, inquiry: Inquiry, theme: Theme, rows: int, django_assert_num_queries: Any
) -> None:
    for n in range(rows):
        alike(inquiry, f"{ALIKE} {n}.")
        tag_theme(evidence=a_written_quote(alike(inquiry, f"{QUOTED} {n}.")), theme=theme, by=CONSOLE)
        dismiss(theme=theme, passage=passages(alike(inquiry, f"{ALIKE} Away {n}."))[0], by=CONSOLE)
    for name, queries in (("like", 23), ("dismissed", 11)):
        with django_assert_num_queries(queries):
            page(client, theme, name)
