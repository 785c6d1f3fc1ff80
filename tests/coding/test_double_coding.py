"""Two people code the same passages, neither seeing the other's; what comes out, and how it is settled."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import CONSOLE, NotAllowed, Role
from evidence.coding.actions import code_passage, finish, give_up, open_round, settle
from evidence.coding.comparing import compare
from evidence.coding.models import Code, Coder, Coding, Round, Settlement, Unit
from evidence.documents.models import Passage
from evidence.submissions.actions import decide_publication
from evidence.submissions.models import Submission
from evidence.tags.models import Tag
from inquiry.actions import change_theme
from inquiry.models import Inquiry, Rule
from tests.builders import a_person, a_session, a_submission, a_transcript, an_inquiry, missions, passages
from tests.coding.rounds import a_coded_round, a_round, code, coders_of, units_of
from tests.review.scene import SECRETS, guarded
from tests.telling import without_tokens

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    inquiry = an_inquiry("LUI")
    missions(inquiry, 3)
    for _ in range(2):
        a_submission(inquiry)
    return inquiry


def page(client: Client, name: str, *keys: Any, **asked: Any) -> str:
    answer = client.get(reverse(f"coding:{name}", args=["LUI", *keys]), asked)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def opened(inquiry: Inquiry, **details: Any) -> Round:
    given = {"title": "A round", "framework": inquiry.frameworks.get(), "by": CONSOLE}
    coders = (a_person(inquiry, Role.ADVISER), a_person(inquiry))
    return open_round(inquiry=inquiry, **given | {"coders": coders, "count": 200} | details)


# What is drawn


def test_the_same_seed_draws_the_same_passages_and_the_seed_is_kept(inquiry: Inquiry) -> None:
    drawn = [opened(inquiry, title=f"Round {n}", count=3, seed=seed) for n, seed in enumerate((5, 5, 6, None))]
    one, two, three, _ = ([unit.passage_id for unit in units_of(each)] for each in drawn)
    assert one == two
    assert len(one) == len(three) == 3
    assert [each.seed for each in drawn[:3]] == [5, 5, 6]
    assert drawn[3].seed is not None


def test_of_one_source_all_of_it_or_some(inquiry: Inquiry) -> None:
    submission = Submission.objects.select_related("inquiry").earliest("pk")
    whole = opened(inquiry, source=submission, count=None)
    assert [unit.passage_id for unit in units_of(whole)] == [each.pk for each in passages(submission)]
    assert (whole.drawn_from, whole.seed) == ("LUI0001", None)
    session = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"), ("Bob Example", "Example Council")))
    a_transcript(session)
    heard = opened(inquiry, title="Heard", source=session, count=None)
    assert {unit.passage.speaker for unit in heard.units.select_related("passage")} == {"Ann Example", "Bob Example"}


def test_nothing_that_may_not_be_seen_or_printed_is_drawn() -> None:
    scene = guarded()
    private = a_session(scene.inquiry, number=9, rule=Rule.PRIVATE, witnesses=(("Ann Example", "Example Trust"),))
    a_transcript(private, "question,speaker,text\nQ1,Chair,Where?\n,Ann Example,Privately told.\n")
    theirs = a_round(scene.inquiry)
    drawn = " ".join(Passage.objects.filter(coded_in__round=theirs).values_list("received_text", flat=True))
    assert "Unsigned words." in drawn
    assert [secret for secret in SECRETS if secret in drawn] == []


def test_a_round_that_cannot_be_is_refused_in_a_sentence(inquiry: Inquiry) -> None:
    clerk, member = a_person(inquiry), a_person(inquiry, Role.MEMBER)
    wrong = (
        ({"coders": (clerk, clerk)}, "two different people"),
        ({"coders": (clerk, member)}, "may not tag evidence"),
        ({"coders": (a_person(an_inquiry()), clerk)}, "may not tag evidence"),
        ({"count": None}, "how many passages"),
        ({"source": a_submission(inquiry, text=None)}, "no passage that both may see"),
        ({"source": a_submission(inquiry, text="\n\n".join(["A line."] * 201)), "count": None}, "more than 200"),
    )
    for details, sentence in wrong:
        with pytest.raises(Refused, match=sentence):
            opened(inquiry, **details)
    assert not Round.objects.exists()
    with pytest.raises(NotAllowed):
        opened(inquiry, by=member)


# Blind


def everyone(inquiry: Inquiry) -> list[User]:
    return [a_person(inquiry, role) for role in (Role.CLERK, Role.ADVISER, Role.ADMINISTRATOR)]


def shown_to(person: User, round: Round) -> list[str]:
    """All pages on which anything of a round could be told, without what differs each time."""
    client = Client()
    client.force_login(person)
    unit, coding = units_of(round)[0], Coding.objects.filter(coder__round=round).first()
    pages = [reverse("coding:rounds", args=["LUI"]), reverse("review:overview", args=["LUI"])]
    pages += [reverse(f"coding:{name}", args=["LUI", round.pk]) for name in ("detail", "code", "settle")]
    pages += [reverse("coding:settle", args=["LUI", round.pk]) + f"?unit={unit.pk}"]
    pages += [reverse("history:newest", args=["LUI"])]
    for kind, pk in (("coding", coding.pk if coding else 1), ("code", Code.objects.first().pk if coding else 1)):
        pages.append(reverse("history:record", args=["LUI", kind, pk]))
    return [without_tokens(client.get(address, follow=True).content.decode()) for address in pages]


def test_what_a_coder_chooses_changes_no_page_of_anybody_else(inquiry: Inquiry) -> None:
    """Not of the other coder, nor of the secretariat, nor in history, nor in a count."""
    round = a_round(inquiry)
    ada, bo = coders_of(round)
    others = [bo, *everyone(inquiry)]
    before = [shown_to(person, round) for person in others]
    mine = shown_to(ada, round)
    for unit in units_of(round):
        code_passage(unit=unit, themes=round.themes()[:2], by=ada)
    assert [shown_to(person, round) for person in others] == before
    assert shown_to(ada, round) != mine


def test_the_rows_are_the_coders_alone_until_both_have_finished(inquiry: Inquiry) -> None:
    round = code(a_round(inquiry), [("1", "2"), ("12", "")])
    ada, bo = coders_of(round)
    units = len(units_of(round))
    strangers = [*everyone(inquiry), CONSOLE]

    def seen() -> list[tuple[int, int]]:
        return [
            (Coding.objects.visible_to(p).count(), Code.objects.visible_to(p).count()) for p in (ada, bo, *strangers)
        ]

    alone = [(units, 3), (units, 1)] + [(0, 0)] * len(strangers)
    assert seen() == alone
    finish(round=round, by=ada)
    assert seen() == alone
    assert compare(round, ada).together.of.n == 0
    finish(round=round, by=bo)
    assert seen() == [(2 * units, 4)] * (2 + len(strangers))


def test_another_round_that_both_have_finished_opens_nothing(inquiry: Inquiry) -> None:
    a_coded_round(inquiry)
    open_one = a_round(inquiry, title="Another", coded=2)
    clerk = a_person(inquiry)
    assert not Coding.objects.visible_to(clerk).filter(coder__round=open_one).exists()
    assert Coding.objects.visible_to(clerk).exists()
    client = Client()
    client.force_login(clerk)
    hidden = Code.objects.filter(coding__coder__round=open_one).first()
    told = Code.objects.exclude(coding__coder__round=open_one).first()
    for row, status in ((hidden, 404), (told, 200)):
        assert client.get(reverse("history:record", args=["LUI", "code", row.pk])).status_code == status


# Coding


def test_a_coder_codes_passage_by_passage_says_it_anew_and_finishes(client: Client, inquiry: Inquiry) -> None:
    round = a_round(inquiry, count=2)
    ada = coders_of(round)[0]
    one, two, _ = round.themes()
    client.force_login(ada)
    here = reverse("coding:code", args=["LUI", round.pk])
    assert "0 of 2 coded" in page(client, "code", round.pk)
    client.post(f"{here}?at=1", {"themes": [one.pk, two.pk]})
    client.post(f"{here}?at=1", {"themes": [two.pk]})
    told = client.post(reverse("coding:finish", args=["LUI", round.pk]), follow=True).content.decode()
    assert "1 passage is not coded yet." in told
    client.post(f"{here}?at=2", {})
    assert list(Code.objects.values_list("theme", flat=True)) == [two.pk]
    assert Coding.objects.count() == 2
    assert "I have finished" in client.get(here, follow=True).content.decode()
    client.post(reverse("coding:finish", args=["LUI", round.pk]))
    assert "You have finished" in page(client, "code", round.pk)
    client.post(f"{here}?at=1", {"themes": [one.pk]})
    assert list(Code.objects.values_list("theme", flat=True)) == [two.pk]
    with pytest.raises(Refused, match="You have finished"):
        code_passage(unit=units_of(round)[0], themes=[one], by=ada)
    assert not Tag.objects.exists()


def test_nobody_else_codes_and_no_theme_of_another_framework(client: Client, inquiry: Inquiry) -> None:
    round, other = a_round(inquiry), missions(inquiry)[0]
    clerk, unit = a_person(inquiry), units_of(round)[0]
    with pytest.raises(Refused, match="Only the two people"):
        code_passage(unit=unit, themes=[], by=clerk)
    with pytest.raises(Refused, match="not one of this round"):
        code_passage(unit=unit, themes=[other], by=coders_of(round)[0])
    client.force_login(clerk)
    assert "Others code this round" in page(client, "code", round.pk)
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert client.get(reverse("coding:rounds", args=["LUI"])).status_code == 403


def test_the_themes_of_a_round_stay_those_that_it_began_with(inquiry: Inquiry) -> None:
    round = a_round(inquiry)
    before = list(round.themes())
    change_theme(theme=before[0], retired_on=round.created_at.date().replace(year=2099), by=CONSOLE)
    assert list(round.themes()) == before


def test_the_database_keeps_a_round_as_it_is(inquiry: Inquiry) -> None:
    finished, other = a_coded_round(inquiry), a_round(inquiry, title="Other", coded=1)
    coding = Coding.objects.filter(coder__round=finished).first()
    theme = finished.themes()[2]
    unit, stranger = units_of(other)[1], Coder.objects.filter(round=finished).first()
    wrong = {
        "changes nothing in it": lambda: Code.objects.bulk_create([Code(inquiry=inquiry, coding=coding, theme=theme)]),
        "their own round": lambda: Coding.objects.bulk_create([Coding(inquiry=inquiry, unit=unit, coder=stranger)]),
        "before both coders": lambda: Settlement.objects.bulk_create(
            [Settlement(inquiry=inquiry, unit=unit, outcome="both")]
        ),
        "known_settlement": lambda: Settlement.objects.update(outcome="maybe"),
    }
    for sentence, write in wrong.items():
        with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
            write()


# What comes out


def test_agreement_is_told_by_theme_and_over_all(client: Client, inquiry: Inquiry) -> None:
    round = code(a_round(inquiry), [("1", "1"), ("1", ""), ("2", "2"), ("2", "12")])
    for person in coders_of(round):
        finish(round=round, by=person)
    found = compare(round, a_person(inquiry))
    n = len(units_of(round))
    assert [(row.given, row.of.same) for row in found.rows] == [
        ((2, 2), n - 2),
        ((2, 2), n),
        ((0, 0), n),
        ((4, 3), n - 2),
    ]
    assert found.rows[1].of.kappa == 1.0
    assert found.rows[2].of.alpha is None
    client.force_login(a_person(inquiry, Role.ADVISER))
    shown = page(client, "detail", round.pk)
    assert f"{n - 2} of {n}" in shown
    assert "neither is defined" in shown
    assert "Settle 2 disagreements" in shown


@pytest.mark.parametrize(
    ("outcome", "themes"),
    [("first", ["1", "2"]), ("second", ["2", "3"]), ("both", ["1", "2", "3"]), ("neither", ["2"])],
)
def test_a_disagreement_is_settled_and_tags_nothing_before_it_is_quoted(
    client: Client, inquiry: Inquiry, outcome: str, themes: list[str]
) -> None:
    round = code(a_round(inquiry), [("12", "23")])
    for person in coders_of(round):
        finish(round=round, by=person)
    clerk = a_person(inquiry, name="Cleo Clerk (fictional)")
    client.force_login(clerk)
    address = reverse("coding:settle", args=["LUI", round.pk])
    assert "Choose on which themes it bears." in client.post(address, {}).content.decode()
    told = client.post(address, {"outcome": outcome, "reason": "By the definition."}, follow=True).content.decode()
    assert "All disagreements are settled." in told
    assert "Cleo Clerk (fictional)" in told
    settled = Settlement.objects.get()
    assert (settled.outcome, settled.settled_by) == (outcome, clerk)
    assert not Tag.objects.exists()
    # The reader opens with the passage and its themes; a person saves it.
    quote_it = re.search(r'href="(/LUI/read/[^"#]*quote=[^"#]*)', told)
    assert quote_it
    form = client.get(quote_it[1].replace("&amp;", "&")).context["form"]
    assert form["themes"].value() == [str(theme.pk) for theme in round.themes() if theme.number in themes]


def test_what_is_settled_can_be_settled_anew_and_what_is_agreed_cannot(client: Client, inquiry: Inquiry) -> None:
    round = a_coded_round(inquiry)
    first = Settlement.objects.get()
    clerk = a_person(inquiry)
    client.force_login(clerk)
    client.post(reverse("coding:settle", args=["LUI", round.pk]) + f"?unit={first.unit_id}", {"outcome": "first"})
    first.refresh_from_db()
    assert (first.outcome, first.settled_by) == ("first", clerk)
    agreed = units_of(round)[2]
    with pytest.raises(Refused, match="nothing to settle"):
        settle(unit=agreed, outcome="first", by=CONSOLE)
    with pytest.raises(Refused, match="before both coders have finished"):
        settle(unit=units_of(a_round(inquiry, title="Open"))[0], outcome="first", by=CONSOLE)
    with pytest.raises(NotAllowed):
        settle(unit=agreed, outcome="first", by=a_person(inquiry, Role.MEMBER))


def test_a_passage_that_is_confidential_since_counts_for_those_who_may_see_it(inquiry: Inquiry) -> None:
    round = a_coded_round(inquiry)
    submission = Submission.objects.earliest("pk")
    hidden = Unit.objects.filter(passage__in=passages(submission)).count()
    decide_publication(submission=submission, treatment="confidential", by=CONSOLE)
    clerk, adviser = a_person(inquiry), a_person(inquiry, Role.ADVISER)
    assert compare(round, clerk).together.of.n - compare(round, adviser).together.of.n == hidden
    assert not Settlement.objects.visible_to(adviser).exists()
    client = Client()
    client.force_login(adviser)
    for name in ("detail", "settle"):
        assert submission.reference not in page(client, name, round.pk)


# Given up


def test_whoever_opened_a_round_gives_it_up_and_what_was_coded_can_be_read(client: Client, inquiry: Inquiry) -> None:
    opener, other = a_person(inquiry, Role.ADVISER), a_person(inquiry)
    coders = (a_person(inquiry, Role.ADVISER, "Ada Coder (fictional)"), a_person(inquiry, name="Bo Coder (fictional)"))
    round = opened(inquiry, coders=coders, count=3, by=opener)
    code_passage(unit=units_of(round)[0], themes=round.themes()[:1], by=coders[0])
    code_passage(unit=units_of(round)[0], themes=round.themes()[1:2], by=coders[1])
    code_passage(unit=units_of(round)[1], themes=[], by=coders[1])
    finish_early = reverse("coding:finish", args=["LUI", round.pk])
    address = reverse("coding:give_up", args=["LUI", round.pk])
    client.force_login(other)
    assert "who opened it, or an administrator" in page(client, "give_up", round.pk)
    assert "Give up this round" not in page(client, "detail", round.pk)
    assert "Being coded" in page(client, "coded", round.pk)
    client.post(address, {"why": "Mine"})
    assert not Round.objects.exclude(given_up_at=None).exists()

    client.force_login(opener)
    assert address in page(client, "detail", round.pk)
    told = client.post(address, {"why": "Bo has left."}, follow=True).content.decode()
    assert f"by {opener}: Bo has left." in told
    assert reverse("coding:settle", args=["LUI", round.pk]) not in told
    assert finish_early not in told
    client.force_login(other)
    assert "given up" in page(client, "rounds")
    shown = page(client, "coded", round.pk)
    assert [
        shown.count(said) for said in ("1 Example mission 1", "2 Example mission 2", "on no theme", "not coded")
    ] == [*(1, 1, 1, 1)]
    assert compare(round_again(round), other).together.of.n == 1
    assert "Nothing in it is settled" in page(client, "settle", round.pk)
    assert not Tag.objects.exists()
    client.force_login(a_person(inquiry, Role.ADMINISTRATOR))
    history = client.get(reverse("history:record", args=["LUI", "round", round.pk])).content.decode()
    assert "Bo has left." in history
    assert str(opener) in history


def round_again(round: Round) -> Round:
    return Round.objects.select_related("framework", "inquiry", "opened_by").get(pk=round.pk)


def test_after_it_was_given_up_nothing_in_a_round_changes(client: Client, inquiry: Inquiry) -> None:
    round = a_round(inquiry, coded=1)
    ada, bo = coders_of(round)
    administrator = a_person(inquiry, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="An administrator of the inquiry can give this round up"):
        give_up(round=round_again(round), by=ada)
    with pytest.raises(NotAllowed):
        give_up(round=round_again(round), by=a_person(inquiry, Role.MEMBER))
    give_up(round=round_again(round), by=administrator)
    unit, coder = units_of(round)[1], Coder.objects.filter(round=round).first()
    refused: dict[str, Callable[[], object]] = {
        "given up before": lambda: give_up(round=round_again(round), by=administrator),
        "nothing in it is coded": lambda: code_passage(unit=unit, themes=[], by=bo),
        "coded any more": lambda: finish(round=round_again(round), by=ada),
        "nothing in it is settled": lambda: settle(unit=unit, outcome="both", by=administrator),
    }
    for sentence, write in refused.items():
        with pytest.raises(Refused, match=sentence):
            write()
    coding = Coding.objects.get()
    wrong: dict[str, Callable[[], object]] = {
        "stays so": lambda: Round.objects.update(given_up_at=None),
        "nothing in it changes": lambda: Coder.objects.update(finished_at=round.created_at),
        "nothing in it changes any": lambda: Coding.objects.bulk_create(
            [Coding(inquiry=inquiry, unit=unit, coder=coder)]
        ),
        "in it changes any more": lambda: Code.objects.bulk_create(
            [Code(inquiry=inquiry, coding=coding, theme=round.themes()[1])]
        ),
        "before both coders": lambda: Settlement.objects.bulk_create(
            [Settlement(inquiry=inquiry, unit=unit, outcome="both")]
        ),
    }
    for sentence, write in wrong.items():
        with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
            write()
    client.force_login(ada)
    assert "This round was given up" in page(client, "code", round.pk)


def test_a_round_that_both_have_finished_is_not_given_up(client: Client, inquiry: Inquiry) -> None:
    round = a_coded_round(inquiry)
    with pytest.raises(Refused, match="Both coders have finished this round"):
        give_up(round=round_again(round), by=CONSOLE)
    with pytest.raises(IntegrityError, match="nothing to give up"), transaction.atomic():
        Round.objects.update(given_up_at=round.created_at)
    with pytest.raises(IntegrityError, match="round_given_up_at_some_time"), transaction.atomic():
        Round.objects.update(given_up_why="No reason.")
    client.force_login(a_person(inquiry, Role.ADMINISTRATOR))
    assert "nothing to give up" in page(client, "give_up", round.pk)
    assert page(client, "coded", round.pk).count("Ada Coder (fictional)") == len(units_of(round))


def test_what_was_coded_of_a_passage_that_is_confidential_is_read_by_those_who_may_see_it(
    client: Client, inquiry: Inquiry
) -> None:
    round = a_round(inquiry, coded=200)
    give_up(round=round_again(round), by=CONSOLE)
    submission = Submission.objects.earliest("pk")
    decide_publication(submission=submission, treatment="confidential", by=CONSOLE)
    for role, there in ((Role.CLERK, True), (Role.ADVISER, False)):
        client.force_login(a_person(inquiry, role))
        assert (submission.reference in page(client, "coded", round.pk)) is there


# Pages


def test_a_round_is_opened_on_a_page_and_what_is_wrong_is_said(client: Client, inquiry: Inquiry) -> None:
    ada, bo = a_person(inquiry, Role.ADVISER), a_person(inquiry)
    client.force_login(ada)
    given = {"title": "First", "framework": inquiry.frameworks.get().pk, "first": ada.pk, "second": bo.pk}
    address = reverse("coding:open", args=["LUI"])
    for source in ("LUI0099", "(", "session 44", "\0", "SMD0001", "9" * 40):
        assert "There is a problem" in client.post(address, given | {"source": source, "count": 2}).content.decode()
    for count in ("0", "201", "x"):
        assert "There is a problem" in client.post(address, given | {"count": count}).content.decode()
    assert "Say how many passages are drawn." in client.post(address, given).content.decode()
    told = client.post(address, given | {"source": "lui 1", "count": "", "seed": ""}, follow=True).content.decode()
    assert "The round is open." in told
    again = client.post(address, given | {"count": 2}).content.decode()
    assert "There is a problem" in again


def test_odd_addresses_give_a_page_or_say_that_there_is_none(client: Client, inquiry: Inquiry) -> None:
    round = a_coded_round(inquiry)
    client.force_login(coders_of(round)[0])
    for odd in ("(", "\0", str(10**9), "9" * 40):
        page(client, "rounds", page=odd)
        page(client, "settle", round.pk, page=odd, unit=odd)
        page(client, "code", round.pk, at=odd)
        page(client, "coded", round.pk, page=odd)
    elsewhere = an_inquiry("SMD")
    missions(elsewhere)
    a_submission(elsewhere)
    theirs = a_round(elsewhere)
    for name in ("detail", "code", "settle", "coded", "give_up"):
        assert client.get(reverse(f"coding:{name}", args=["LUI", theirs.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_for_one_row_as_for_three(
    client: Client, inquiry: Inquiry, rows: int, django_assert_num_queries: Any
) -> None:
    rounds = [a_round(inquiry, title=f"Round {n}") for n in range(rows)]
    finished = code(rounds[0], [("1", "2")] * (rows + 1))
    for person in coders_of(finished):
        finish(round=finished, by=person)
    for unit in units_of(finished)[:rows]:
        settle(unit=unit, outcome="both", by=CONSOLE)
    at_work = a_round(inquiry, title="At work", coded=rows)
    client.force_login(coders_of(at_work)[0])
    pages = (
        ("rounds", (), 9),
        ("detail", (finished.pk,), 11),
        ("settle", (finished.pk,), 14),
        ("coded", (finished.pk,), 13),
    )
    for name, keys, queries in (*pages, ("detail", (at_work.pk,), 11), ("code", (at_work.pk,), 17)):
        with django_assert_num_queries(queries):
            page(client, name, *keys)
