"""The whole walk in a real browser: from a session logged and a file received to an appendix that is taken away."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pikepdf
import pypandoc
import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.roles import Role
from evidence.loading.actions import load_inquiry
from evidence.loading.trial import LEVELLING_UP
from evidence.quotes.models import Quote
from inquiry.models import Inquiry
from tests.browser.conftest import SignIn
from tests.builders import PASSWORD, a_person, with_a_password

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "It is hard to be proud of a place with nowhere to sit down."
LETTER = f"# A letter (fictional)\n\nWe live by the harbour.\n\n{WORDS}\n\nThank you for reading this.\n"


@pytest.fixture
def inquiry() -> Inquiry:
    return load_inquiry(LEVELLING_UP)


def test_from_a_letter_to_an_appendix(as_person: SignIn, inquiry: Inquiry, tmp_path: Path) -> None:
    clerk = with_a_password(a_person(inquiry, name="Clara Clerk (fictional)"))
    page = as_person(None)
    sign_in(page, clerk)
    log_a_session(page)
    file_a_submission(page, tmp_path)
    take_a_quote(page)
    member = a_person(inquiry, Role.MEMBER, name="Mem Ber (fictional)")
    find_it_under_its_mission(as_person(member, width=390))
    take_the_appendix_away(page, tmp_path)


def sign_in(page: Page, clerk: User) -> None:
    page.goto("/")
    page.get_by_label("E-mail").fill(clerk.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inquiry into levelling up")


def log_a_session(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^Sessions")).first.click()
    page.get_by_role("link", name="Log a session").click()
    page.get_by_label("Number").fill("5")
    page.get_by_label("Title").first.fill("A fifth session (fictional)")
    page.get_by_label("Year").fill("2023")
    for row, (name, body) in enumerate((("Ann Example", "Example Trust"), ("Bob Example", "Example Council"))):
        page.locator(f"[name=panels-0-appearances-{row}-name]").fill(name)
        page.locator(f"[name=panels-0-appearances-{row}-organisation]").fill(body)
    page.get_by_role("button", name="Save the session").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A fifth session (fictional)")
    for name in ("Ann Example", "Bob Example"):
        expect(page.get_by_role("link", name=name)).to_be_visible()


def file_a_submission(page: Page, folder: Path) -> None:
    letter = folder / "letter.docx"
    pypandoc.convert_text(LETTER, "docx", format="markdown", outputfile=str(letter))
    page.get_by_role("link", name=re.compile("^Submissions")).first.click()
    page.get_by_role("link", name="Log a submission").click()
    page.locator("[name=submitters-0-organisation]").fill("Harbour Residents (fictional)")
    page.locator("[name=attached]").set_input_files(letter)
    page.get_by_role("button", name="Log the submission").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("LUI0002")
    page.get_by_role("link", name=re.compile("Read and quote")).first.click()


def take_a_quote(page: Page) -> None:
    # Keys do nothing before the script is there.
    page.wait_for_load_state()
    passage = page.locator("li.passage", has_text=WORDS)
    passage.focus()
    page.keyboard.press("q")
    expect(page.locator("[data-quote-panel]")).to_be_visible()
    page.keyboard.press("9")
    expect(page.get_by_label(re.compile("9 Pride in place"))).to_be_checked()
    stance = page.locator("select", has=page.locator("option")).and_(page.get_by_label(re.compile(r"^2\.5 ")))
    if not stance.is_visible():
        page.get_by_text("Recommendations", exact=True).last.click()
    stance.select_option("supports")
    page.get_by_role("button", name="Save quote").click()
    expect(page.get_by_text("The quote was saved")).to_be_visible()
    quote = Quote.objects.latest("pk")
    assert (quote.text, quote.verdict) == (WORDS, "verbatim")
    assert sorted(str(tag) for tag in quote.tags.all()) == [
        "9 · Pride in place",
        "Supports 2.5 Targeted investment in social infrastructure and local initiatives",
    ]


def find_it_under_its_mission(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Themes")).locator("visible=true").first.click()
    page.get_by_role("link", name=re.compile("Pride in place")).first.click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text("Harbour Residents (fictional)").first).to_be_visible()


def take_the_appendix_away(page: Page, folder: Path) -> None:
    page.get_by_role("link", name=re.compile("^Submissions")).first.click()
    page.get_by_role("link", name="LUI0002").click()
    page.get_by_role("link", name=re.compile("^Decide")).first.click()
    page.get_by_label("In full, with the names").check()
    page.locator("main").get_by_role("button").first.click()
    page.get_by_role("link", name=re.compile("^Appendix")).first.click()
    printed = page.locator(".appendix")
    expect(printed.get_by_text(WORDS).first).to_be_visible()
    for quote in Quote.objects.filter(panel__isnull=False):
        expect(printed.get_by_text(quote.text)).to_be_visible()
    word = export(page, "Word (DOCX)", folder / "appendix.docx")
    assert WORDS in " ".join(pypandoc.convert_file(str(word), "plain", format="docx").split())
    print_ = export(page, "PDF/UA", folder / "appendix.pdf")
    with pikepdf.open(print_) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang).lower() == "en-gb"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as meta:
            assert (meta["pdfuaid:part"], meta["dc:title"]) == ("1", "Appendix: the evidence")
    with closing(pypdfium2.PdfDocument(print_)) as document:
        text = " ".join(leaf.get_textpage().get_text_range() for leaf in document)
    assert WORDS in " ".join(text.split())


def export(page: Page, format: str, file: Path) -> Path:
    page.goto("/LUI/appendix/")
    page.get_by_label("Format").select_option(format)
    page.get_by_role("button", name="Make the file").click()
    link = page.get_by_role("link", name=re.compile("^Download lui-appendix"))
    with page.expect_download() as download:
        link.click()
    download.value.save_as(file)
    return file
