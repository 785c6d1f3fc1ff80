"""The meeting pack: what its reader may see and a report may print, for and against, with room to decide."""

from __future__ import annotations

import io
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.refusals import Refused
from accounts.roles import CONSOLE, Role
from evidence.notes.actions import set_mark
from evidence.quotes.actions import edit_quote
from evidence.submissions.life import State
from evidence.tags.actions import tag_recommendation, tag_theme
from inquiry.ledger import withdraw_recommendation
from inquiry.models import Inquiry
from report.models import Format, PackDownload
from report.pack import assembly
from report.pack.assembly import Choice, assemble
from report.pack.formats import render
from report.pack.structure import Pack
from tests.builders import (
    a_person,
    a_recommendation,
    a_session,
    a_spoken_quote,
    a_submission,
    a_written_quote,
    an_inquiry,
    missions,
)
from tests.review.scene import SECRETS, guarded, many

pytestmark = pytest.mark.django_db


def made(inquiry: Inquiry, by: Any = CONSOLE, **choice: Any) -> Pack:
    return assemble(inquiry, by=by, made_on=timezone.localdate(), choice=Choice(**choice))


def held(pack: Pack) -> list[str]:
    """The words in it."""
    return [one.text for question in pack.questions for side in question.sides for one in side.evidence]


def test_for_and_against_stand_under_each_recommendation_with_what_is_missing_said() -> None:
    scene = many(1)
    tag_recommendation(
        evidence=scene.quotes["spoken 0"],
        recommendation=(other := a_recommendation(scene.inquiry, "Another")),
        stance="qualifies",
        by=CONSOLE,
    )
    pack = made(scene.inquiry, theme=scene.theme)
    first, second, rest = pack.questions
    assert [(side.stance, len(side.evidence)) for side in first.sides] == [("supports", 1), ("challenges", 1)]
    assert first.missing == ""
    assert (second.title, second.missing) == (str(other), "Nothing in this pack speaks for it.")
    assert rest.title == "On no recommendation yet"
    assert rest.sides[0].evidence[0].citation.endswith(f"{scene.inquiry.reference(1)}, the whole of it")
    assert [one.title for one in made(scene.inquiry, recommendation=other).questions] == [str(other)]


def test_what_bears_on_a_withdrawn_recommendation_alone_bears_on_none() -> None:
    scene = many(1)
    withdraw_recommendation(recommendation=scene.recommendation, by=CONSOLE)
    (rest,) = made(scene.inquiry, theme=scene.theme).questions
    assert (rest.title, len(rest.sides[0].evidence)) == ("On no recommendation yet", 3)


def test_who_said_it_is_told_with_the_citation_and_the_place() -> None:
    scene = many(1)
    said = [
        one.citation
        for q in made(scene.inquiry, theme=scene.theme).questions
        for side in q.sides
        for one in side.evidence
    ]
    assert said[0] == "Witness 0, Body 0, oral evidence to inquiry session one"
    assert said[1] == f"Writer 0 (2023) · {scene.inquiry.reference(1)}, para 1"


def test_a_shortlist_is_what_one_has_starred_oneself_or_anybody_has_raised() -> None:
    scene = many(1)
    member, other, adviser = (a_person(scene.inquiry, role) for role in (Role.MEMBER, Role.MEMBER, Role.ADVISER))
    spoken, written = scene.quotes["spoken 0"], scene.quotes["written 0"]
    set_mark(evidence=spoken, way="starred", on=True, by=member)
    set_mark(evidence=written, way="raised", on=True, by=other)
    assert set(held(made(scene.inquiry, member, only="starred"))) == {spoken.text}
    assert set(held(made(scene.inquiry, member, only="raised"))) == {written.text}
    assert made(scene.inquiry, other, only="starred").empty
    assert made(scene.inquiry, adviser, only="raised").empty
    assert set(held(made(scene.inquiry, member, only="starred", theme=missions(scene.inquiry, 1)[0]))) == set()
    with pytest.raises(Refused, match="Choose a theme"):
        made(scene.inquiry, member)


def test_unchecked_and_mismatched_quotes_are_left_out_and_counted() -> None:
    inquiry = an_inquiry()
    theme = missions(inquiry, 1)[0]
    session = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
    good, unchecked = a_spoken_quote(session, "Checked words."), a_spoken_quote(session, "Unchecked words.", "")
    wrong = a_written_quote(a_submission(inquiry, state=State.DECIDED))
    edit_quote(quote=wrong, text="Mismatched words.", by=CONSOLE)
    undecided = a_written_quote(a_submission(inquiry))
    for quote in (good, unchecked, wrong, undecided):
        tag_theme(evidence=quote, theme=theme, by=CONSOLE)
    pack = made(inquiry, theme=theme)
    assert held(pack) == ["Checked words."]
    assert pack.left_out == (
        "1 quote that nobody has checked",
        "1 quote that differs from its source",
        "1 piece of evidence that may not be printed",
    )


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER, Role.CLERK])
@pytest.mark.parametrize("format", [Format.HTML, Format.DOCX, Format.PDF])
def test_no_pack_holds_what_may_not_be_known_or_printed(role: Role, format: Format) -> None:
    scene = guarded()
    person = a_person(scene.inquiry, role)
    for quote in scene.quotes.values():
        set_mark(evidence=quote, way="starred", on=True, by=person)
    decided = a_submission(
        scene.inquiry, submitter="Hidden Body", person="Hidden Person", text="Openly unsigned.",
        requested="anonymised", state=State.DECIDED, treatment="anonymised",
    )  # fmt: skip
    tag_theme(evidence=a_written_quote(decided), theme=scene.theme, by=CONSOLE)
    for choice in ({"theme": scene.theme}, {"only": "starred"}, {"recommendation": scene.recommendation}):
        pack = made(scene.inquiry, person, **choice)
        words = words_of(render(pack, format), format)
        assert [secret for secret in SECRETS if secret in words] == []
        assert "Openly spoken words." in words
        assert ("Openly unsigned." in words) == ("theme" in choice)
        assert ("Anonymous" in words) == ("theme" in choice)


def words_of(file: bytes, format: Format) -> str:
    if format == Format.PDF:
        with closing(pypdfium2.PdfDocument(file)) as document:
            return " ".join(" ".join(leaf.get_textpage().get_text_range() for leaf in document).split())
    if format == Format.DOCX:
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            return " ".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    return file.decode()


def test_the_page_is_whole_in_itself_and_the_print_is_tagged() -> None:
    scene = many(1)
    pack = made(scene.inquiry, theme=scene.theme)
    page = render(pack, Format.HTML).decode()
    assert page.startswith("<!doctype html>")
    for outside in ("http://", "https://", "src=", "<script", "url("):
        assert outside not in page
    for format in (Format.HTML, Format.DOCX, Format.PDF):
        assert render(pack, format) == render(pack, format)
    with pikepdf.open(io.BytesIO(render(pack, Format.PDF))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as meta:
            assert (meta["pdfuaid:part"], meta["dc:title"]) == ("1", pack.title)


def test_a_pack_stays_under_a_megabyte_and_says_what_had_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    inquiry = an_inquiry()
    theme = missions(inquiry, 1)[0]
    session = a_session(inquiry, witnesses=(("Ann Example", ""),))
    for n in range(30):
        quote = a_spoken_quote(session, f"{n} {'🌍 long ' * 3300}")
        tag_theme(evidence=quote, theme=theme, by=CONSOLE)
    pack = made(inquiry, theme=theme)
    assert 0 < len(held(pack)) < 30
    assert pack.left_out == (f"{30 - len(held(pack))} more pieces, for want of room",)
    assert len(render(pack, Format.HTML)) < 1_000_000
    monkeypatch.setattr(assembly, "MOST", 2)
    assert len(held(made(inquiry, theme=theme))) == 2


def test_it_is_chosen_looked_at_and_taken_away(client: Client) -> None:
    scene = many(1)
    member = a_person(scene.inquiry, Role.MEMBER)
    client.force_login(member)
    shown = client.get(reverse("report:pack", args=[scene.inquiry.code]), {"theme": scene.theme.pk})
    assert scene.quotes["spoken 0"].text in shown.content.decode()
    for label, url in shown.context["files"]:
        taken = client.get(url)
        assert taken.status_code == 200, label
        assert "attachment" in taken["Content-Disposition"]
        assert "no-store" in taken["Cache-Control"]
    assert [(each.format, each.theme, each.downloaded_by) for each in PackDownload.objects.order_by("pk")] == [
        (format, scene.theme, member) for format in ("html", "docx", "pdf")
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "?theme=(",
        "?theme=999999",
        "?theme=" + "9" * 30,
        "?only=(",
        "?only=all",
        "?recommendation=%00",
        "?only=%E2%80%AE",
        "",
    ],
)
def test_odd_choices_get_a_sentence(client: Client, asked: str) -> None:
    scene = many(1)
    client.force_login(a_person(scene.inquiry, Role.MEMBER))
    for name, keys in (("report:pack", []), ("report:pack_file", ["html"])):
        answer = client.get(reverse(name, args=[scene.inquiry.code, *keys]) + asked, follow=True)
        assert answer.status_code == 200
        assert "error-summary" in answer.content.decode() or "Nothing to take along yet" in answer.content.decode()
    assert client.get(reverse("report:pack_file", args=[scene.inquiry.code, "csv"])).status_code == 404
    assert not PackDownload.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(client: Client, django_assert_num_queries: Any, rows: int) -> None:
    scene = many(rows)
    client.force_login(a_person(scene.inquiry, Role.MEMBER))
    with django_assert_num_queries(20):
        client.get(reverse("report:pack", args=[scene.inquiry.code]), {"theme": scene.theme.pk})


def test_the_command_writes_a_file_or_says_why_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scene = many(1)
    member = a_person(scene.inquiry, Role.MEMBER)
    file = tmp_path / "pack.html"
    asked = ["export_pack", "--inquiry", scene.inquiry.code, "--format", "html", "-o", str(file)]
    call_command(*asked, "--theme", "1", "--as", member.email)
    assert scene.quotes["spoken 0"].text in file.read_text()
    call_command(*asked, "--recommendation", scene.recommendation.label)
    assert scene.recommendation.title in file.read_text()
    for wrong, why in (
        (("--theme", "99"), "There is no theme 99"),
        (("--recommendation", "9.9"), "There is no recommendation 9.9"),
        (("--theme", "1", "--as", "nobody@example.org"), "Nobody in this inquiry signs in as"),
        (("--only", "starred"), "Say whose stars"),
        ((), "Choose a theme"),
    ):
        with pytest.raises(CommandError, match=why):
            call_command(*asked, *wrong)
