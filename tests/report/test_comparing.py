"""Snapshots compared, on the page and by the commands for scripts."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.roles import CONSOLE, Role
from evidence.quotes.actions import edit_quote, remove_quote
from inquiry.models import Inquiry
from report.actions import ask_from_snapshot
from report.comparing import compare
from report.models import Export, Format
from tests.builders import (
    a_person,
    a_session,
    a_spoken_quote,
    a_submission,
    a_written_quote,
    an_inquiry,
)
from tests.report.exporting import finished, made, page, read
from tests.report.sample import sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


def test_what_came_went_and_changed_is_told(client, inquiry):
    stays = a_written_quote(a_submission(inquiry, text="One hall is shut.", state="published"))
    goes = a_written_quote(a_submission(inquiry, text="The hall is gone.", state="published"))
    before = made(inquiry).snapshot
    edit_quote(quote=stays, text="[The] hall is shut.", by=CONSOLE)
    remove_quote(quote=goes, by=CONSOLE)
    a_spoken_quote(a_session(inquiry, witnesses=(("Ann Example", ""),)), text="A hall came.")
    after = made(inquiry).snapshot
    client.force_login(a_person(inquiry, Role.MEMBER))
    shown = client.get(page("compare", inquiry.code)).content.decode()
    found = [(one.kind, one.before, one.after) for one in compare(before.appendix(), after.appendix())]
    said = {kind: (old, new) for kind, old, new in found if "hall" in old + new}
    assert "The hall is gone." in said["went"][0]
    assert "One hall is shut." in said["changed"][0]
    assert "[The] hall is shut." in said["changed"][1]
    assert "A hall came." in said["came"][1]
    for words in ("The hall is gone.", "A hall came.", "[The] hall is shut."):
        assert words in shown
    same = client.get(page("compare", inquiry.code), {"before": after.pk, "after": after.pk}).content.decode()
    assert "They print the same." in same


def test_the_same_appendix_differs_in_nothing_and_each_layout_can_be_compared():
    assert compare(sample(), sample()) == []
    assert {one.kind for one in compare(sample(), sample(parts=()))} == {"went"}
    assert {one.kind for one in compare(sample(parts=()), sample())} == {"came"}


@pytest.mark.parametrize(
    "asked", ["?before=(&after=%00", "?before=99999999999999999999&after=1", "?page=10**9", "?before="]
)
def test_a_comparison_that_cannot_be_is_refused_in_a_sentence(client, inquiry, asked):
    made(inquiry), made(inquiry)
    client.force_login(a_person(inquiry))
    assert client.get(page("compare", inquiry.code) + asked).status_code == 200


def test_snapshots_of_another_inquiry_or_recalled_are_not_to_be_compared(client, inquiry):
    other = made(an_inquiry()).snapshot
    made(inquiry), made(inquiry)
    client.force_login(a_person(inquiry))
    answer = client.get(page("compare", inquiry.code), {"before": other.pk, "after": other.pk})
    assert "This snapshot is not there any more." in answer.content.decode()
    Export.objects.filter(inquiry=inquiry).recall("Gone.")
    assert "There are no two snapshots" in client.get(page("compare", inquiry.code)).content.decode()


def test_what_was_left_out_of_a_snapshot_the_secretariat_alone_sees(client, inquiry):
    a_submission(inquiry, submitter="MARKER Trust", state="decided", treatment="confidential")
    snapshot = made(inquiry, by=a_person(inquiry)).snapshot
    for role, seen in ((Role.CLERK, True), (Role.ADVISER, False), (Role.MEMBER, False)):
        client.force_login(a_person(inquiry, role))
        shown = client.get(page("snapshot", inquiry.code, snapshot.pk)).content.decode()
        assert ("MARKER" in shown) == seen


@pytest.mark.parametrize(
    "asked", ["?layout=(", "?parts=%00&parts=nothing", "?layout=%00&include_unchecked=x", "?page=10**9"]
)
def test_an_address_that_asks_for_what_is_not_shows_what_is_usual(client, inquiry, asked):
    client.force_login(a_person(inquiry))
    shown = client.get(page("appendix", inquiry.code) + asked)
    assert shown.status_code == 200
    assert "Evidence sessions" in shown.content.decode()


def test_the_preview_is_in_the_layout_and_of_the_parts_that_are_chosen(client, inquiry):
    a_submission(inquiry, submitter="Example Trust", state="published")
    client.force_login(a_person(inquiry))
    answer = client.get(page("appendix", inquiry.code), {"layout": "commons", "parts": ["written"]})
    shown = answer.content.decode()
    assert "Published written evidence" in shown
    assert 'id="part-2"' not in shown
    client.post(page("export", inquiry.code), answer.context["form"].initial | {"format": "csv"})
    export = finished(Export.objects.latest("pk"))
    assert (export.layout, export.parts) == ("commons", ["written"])
    assert read(export).decode("utf-8-sig").splitlines()[0] == "No.,Submitted by,Reference"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_as_often_for_one_file_as_for_three(client, inquiry, rows, django_assert_num_queries):
    first = made(inquiry)
    for format in ("html", "json", "csv")[: rows - 1]:
        finished(ask_from_snapshot(snapshot=first.snapshot, format=format, by=CONSOLE))
    for _ in range(rows):
        a_submission(inquiry, state="published")
    made(inquiry)
    client.force_login(a_person(inquiry))
    with django_assert_num_queries(8):
        client.get(page("snapshot", inquiry.code, first.snapshot_id))
    with django_assert_num_queries(14):
        client.get(page("compare", inquiry.code))


def exported(inquiry: Inquiry, tmp_path: Any, format: str, *asked: str) -> tuple[bytes, str]:
    said = StringIO()
    file = tmp_path / f"out.{format}"
    command = ["--inquiry", inquiry.code, "--format", format, *asked, "-o", str(file)]
    call_command("export_appendix", *command, stdout=said, stderr=StringIO())
    return file.read_bytes(), said.getvalue().split()[-1]


@pytest.mark.parametrize(
    ("format", "layout"), [*((format, "commons") for format in Format.values), ("json", "appg"), ("json", "lords")]
)
def test_the_command_writes_every_format_and_again_from_its_snapshot(inquiry, tmp_path, format, layout):
    a_written_quote(a_submission(inquiry, state="published"))
    first, number = exported(inquiry, tmp_path, format, "--layout", layout)
    a_submission(inquiry, submitter="Later Trust", state="published")
    again, same = exported(inquiry, tmp_path, format, "--snapshot", number)
    assert (again, same) == (first, number)
    export = Export.objects.latest("pk")
    assert (export.size, export.file.name, export.layout) == (len(first), "", layout)


def test_the_command_takes_parts_and_refuses_in_a_sentence(inquiry, tmp_path):
    made_, number = exported(inquiry, tmp_path, "json", "--parts", "written,themes", "references")
    assert [part["kind"] for part in json.loads(made_)["parts"]] == ["written", "themes", "references"]
    for asked, why in (
        (["--parts", "nonsense"], "There is no part “nonsense”"),
        (["--snapshot", "0"], "There is no snapshot 0 of"),
        (["--snapshot", number, "--layout", "lords"], "A snapshot has its layout"),
    ):
        with pytest.raises(CommandError, match=why):
            exported(inquiry, tmp_path, "json", *asked)


def test_the_command_compares_snapshots(inquiry, tmp_path):
    _, before = exported(inquiry, tmp_path, "json")
    a_submission(inquiry, submitter="Later Trust", state="published")
    _, after = exported(inquiry, tmp_path, "json")
    said = StringIO()
    call_command("compare_snapshots", before, after, "--json", stdout=said)
    (difference,) = json.loads(said.getvalue())["differences"]
    assert (difference["kind"], difference["part"]) == ("came", "Written evidence")
    assert "Later Trust" in difference["after"]
    plain = StringIO()
    call_command("compare_snapshots", before, after, stdout=plain)
    assert plain.getvalue().startswith("+ Written evidence: Later Trust")
    same = StringIO()
    call_command("compare_snapshots", after, after, stdout=same)
    assert same.getvalue() == "They print the same.\n"
    other, foreign = exported(an_inquiry(), tmp_path, "json")
    for pair, why in (((before, foreign), "of different inquiries"), ((before, "0"), "There is no snapshot 0")):
        with pytest.raises(CommandError, match=why):
            call_command("compare_snapshots", *pair)
    assert other
