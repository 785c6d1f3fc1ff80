"""A framework of themes that comes as a file: by command, and on a page that shows first what it would make."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE
from evidence.loading.trial import LEVELLING_UP
from evidence.tags.actions import tag_theme
from inquiry.framework_files import EXAMPLE
from inquiry.models import Framework, Inquiry, Theme
from tests.builders import a_person, a_session, an_inquiry

pytestmark = pytest.mark.django_db

TREE = json.loads(EXAMPLE)
WRONG: list[tuple[Any, str]] = [
    (b"", "cannot be read as JSON"),
    (b"{", "cannot be read as JSON"),
    (b"[" * 100_000, "cannot be read as JSON"),
    (b"\xff\xfe", "not text in UTF-8"),
    ([], "should hold one framework"),
    (TREE | {"name": ""}, "The framework has no name"),
    (TREE | {"name": "F" * 201}, "Shorten it to 200"),
    (TREE | {"name": ["F"]}, "the name should be text"),
    (TREE | {"version": "a\x00b"}, "the version should be text"),
    (TREE | {"levels": []}, "names no levels"),
    (TREE | {"levels": ["L"] * 7}, "6 levels at most"),
    (TREE | {"levels": ["Objective", ""]}, "A level’s name should be text"),
    (TREE | {"levels": ["Objective"]}, "deeper than the levels"),
    (TREE | {"published": "February"}, "should be a day"),
    (TREE | {"themes": {"A": 1}}, "should be a list of themes"),
    (TREE | {"themes": [{"title": "Halls"}]}, "A theme has no number"),
    (TREE | {"themes": [{"number": "1"}]}, "Theme 1 has no title"),
    (TREE | {"themes": [{"number": "12345678901", "title": "Halls"}]}, "Shorten it to 10"),
    (TREE | {"themes": [{"number": "1", "title": t} for t in ("Halls", "Keys")]}, "Two themes have the number 1."),
    (TREE | {"themes": [{"number": str(n), "title": "T"} for n in range(1001)]}, "1,000 themes at most"),
]


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry("EXA")


def content(wrong: Any) -> bytes:
    return wrong if isinstance(wrong, bytes) else json.dumps(wrong).encode()


def tree(inquiry: Inquiry) -> list[tuple[str, str, str]]:
    return list(Theme.objects.filter(inquiry=inquiry).in_order().values_list("number", "title", "aim"))


def test_an_inquiry_that_was_created_by_command_gets_its_framework_by_command() -> None:
    call_command("create_inquiry", code="EXB", title="Example", body="Example Group", stdout=io.StringIO())
    said = io.StringIO()
    call_command("load_framework", LEVELLING_UP / "framework.json", inquiry="EXB", stdout=said)
    assert "EXB: Levelling Up White Paper, with 16 themes" in said.getvalue()
    mission = Theme.objects.leaves().get(number="9")
    assert mission.parent.title == "Restoring a sense of community, local pride and belonging"
    assert tag_theme(evidence=a_session(Inquiry.objects.get(code="EXB")), theme=mission, by=CONSOLE)


@pytest.mark.parametrize(("wrong", "sentence"), WRONG)
def test_a_file_that_is_no_framework_is_refused_in_a_sentence(
    client: Client, inquiry: Inquiry, tmp_path: Path, wrong: Any, sentence: str
) -> None:
    file = tmp_path / "framework.json"
    file.write_bytes(content(wrong))
    with pytest.raises(CommandError, match=sentence):
        call_command("load_framework", file, inquiry="EXA")
    client.force_login(a_person(inquiry))
    sent = SimpleUploadedFile("framework.json", content(wrong))
    shown = client.post(reverse("inquiry:framework_add", args=["EXA"]), {"file": sent}).content.decode()
    assert sentence in shown or "The submitted file is empty" in shown
    assert not Framework.objects.exists()


def test_a_command_that_finds_no_inquiry_or_no_file_says_so(inquiry: Inquiry, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no inquiry with the code NIX"):
        call_command("load_framework", tmp_path / "a.json", inquiry="NIX")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_framework", tmp_path / "a.json", inquiry="EXA")


def test_a_clerk_sees_the_tree_before_it_is_entered(client: Client, inquiry: Inquiry) -> None:
    client.force_login(a_person(inquiry))
    address = reverse("inquiry:framework_add", args=["EXA"])
    for page in ("review:overview", "review:themes", "inquiry:settings"):
        assert address in client.get(reverse(page, args=["EXA"])).content.decode(), page
    assert "&quot;levels&quot;" in client.get(address).content.decode()
    looked = client.post(address, {"file": SimpleUploadedFile("f.json", b"\xef\xbb\xbf" + EXAMPLE.encode())})
    shown = looked.content.decode()
    for words in ("Example White Paper", "Objective, Mission", "Pride in place", "Every hall open by 2030."):
        assert words in shown
    assert not Framework.objects.exists()
    entered = client.post(address, {"content": looked.context["form"].content_read}, follow=True).content.decode()
    assert "“Example White Paper” is entered" in entered
    assert tree(inquiry) == [("A", "Pride in place", ""), ("1", "Halls", "Every hall open by 2030.")]
    assert "2 themes" in client.get(reverse("inquiry:settings", args=["EXA"])).content.decode()


def test_the_same_framework_is_not_entered_twice(client: Client, inquiry: Inquiry) -> None:
    client.force_login(a_person(inquiry))
    address = reverse("inquiry:framework_add", args=["EXA"])
    client.post(address, {"content": EXAMPLE})
    for again in ({"content": EXAMPLE}, {"file": SimpleUploadedFile("f.json", EXAMPLE.encode())}):
        assert "has the framework “Example White Paper” already" in client.post(address, again).content.decode()
    assert "Choose the file." in client.post(address, {}).content.decode()
    large = SimpleUploadedFile("f.json", EXAMPLE.encode() + b" " * 600_000)
    assert "too large" in client.post(address, {"file": large}).content.decode()
    assert Framework.objects.count() == 1
