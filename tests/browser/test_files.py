"""Choosing a whole folder of files, by its button and by dropping."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from evidence.documents.models import Document
from tests.browser.conftest import SignIn, assert_accessible
from tests.builders import a_person, a_submission, an_inquiry

pytestmark = [pytest.mark.django_db(transaction=True)]

DROP = """
(input) => {
  const dropped = new DataTransfer();
  dropped.items.add(new File(["Words that were dropped."], "dropped.txt"));
  dropped.items.add(new File(["x"], "Thumbs.db"));
  const how = { dataTransfer: dropped, bubbles: true, cancelable: true };
  input.dispatchEvent(new DragEvent("dragover", how));
  input.dispatchEvent(new DragEvent("drop", how));
}
"""


def test_a_folder_is_chosen_and_dropped(as_person: SignIn, tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for n in range(4):
        (tmp_path / "in" / "deep" / f"letter-{n}.txt").write_text(f"Words of letter {n}.")
    (tmp_path / "in" / "Thumbs.db").write_bytes(b"\x00")
    inquiry = an_inquiry("LUI")
    submission = a_submission(inquiry, text=None)
    page = as_person(a_person(inquiry))
    page.goto(f"/LUI/submissions/{submission.number}/files/")
    expect(page.get_by_text("Files or a folder can be dropped here.")).to_be_visible()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a whole folder").click()
    chooser.value.set_files(tmp_path / "in")
    expect(page.get_by_text("4 files, 1 kB:")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Choose none").click()
    expect(page.get_by_text("Files or a folder can be dropped here.")).to_be_visible()
    page.locator("input[type=file][multiple]").first.evaluate(DROP)
    expect(page.get_by_text("1 file, 1 kB: dropped.txt.")).to_be_visible()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page).to_have_url(re.compile(rf"/LUI/submissions/{submission.number}/$"))
    expect(page.get_by_text("dropped.txt")).to_be_visible()
    assert [document.name for document in Document.objects.all()] == ["dropped.txt"]


def test_files_that_cannot_be_taken_are_left_out_and_the_rest_stay_chosen(as_person: SignIn, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Words of a letter.")
    (tmp_path / "program.exe").write_bytes(b"MZ\x00\x01" * 40)
    inquiry = an_inquiry("LUI")
    page = as_person(a_person(inquiry))
    page.goto("/LUI/submissions/add/")
    page.get_by_label("Organisation").fill("Example Trust")
    page.get_by_label("Files").set_input_files([tmp_path / "letter.txt", tmp_path / "program.exe"])
    page.get_by_role("button", name="Log the submission").click()
    expect(page.get_by_role("alert")).to_contain_text("“program.exe”: This is not a document that can be read.")
    page.get_by_label("Leave these files out, and take the rest").check()
    assert_accessible(page)
    page.get_by_role("button", name="Log the submission").click()
    expect(page).to_have_url(re.compile(r"/LUI/submissions/1/$"))
    assert [document.name for document in Document.objects.all()] == ["letter.txt"]
