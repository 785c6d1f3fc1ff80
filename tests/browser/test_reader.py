"""The reader in a real browser: words become quotes by mouse, by keyboard, and without script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.roles import Role
from evidence.documents.models import Passage, Redaction
from evidence.quotes.models import Quote, Verdict
from evidence.submissions.models import Submission
from inquiry.models import Inquiry, Theme
from tests import builders
from tests.browser.conftest import LOOKS, Scheme, SignIn, assert_accessible
from tests.reader.placing import address, redacted

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = (
    "1. Our street 🌍 has a hall 👩\u200d👩\u200d👧, and Ve\u0301lo club members say nobody has the key.\n\n"
    "2. We asked for a youth worker for six years.\n\n3. A third example paragraph."
)


@pytest.fixture
def inquiry() -> Inquiry:
    return builders.an_inquiry()


@pytest.fixture
def missions(inquiry: Inquiry) -> list[Theme]:
    return builders.missions(inquiry, 12)


@pytest.fixture
def submission(inquiry: Inquiry) -> Submission:
    return builders.a_submission(inquiry, text=TEXT)


def box_of(page: Page, passage: int, words: str) -> dict[str, float]:
    """Where on the screen words stand."""
    box: dict[str, float] = page.evaluate(
        """([n, words]) => {
          const passage = document.querySelectorAll("[data-words]")[n];
          const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            const boxes = [...range.getClientRects()];
            const [first, last] = [boxes[0], boxes.at(-1)];
            const middle = (box) => box.top + box.height / 2;
            return { left: first.left, top: middle(first), right: last.right, bottom: middle(last) };
          }
        }""",
        [passage, words],
    )
    return box


def drag(page: Page, first: tuple[int, str], last: tuple[int, str]) -> None:
    """Selects with the mouse, from before the first words to after the last."""
    page.locator("[data-words]").nth(first[0]).scroll_into_view_if_needed()
    start, end = box_of(page, *first), box_of(page, *last)
    page.mouse.move(start["left"] + 0.5, start["top"])
    page.mouse.down()
    page.mouse.move(end["right"] - 0.5, end["bottom"], steps=8)
    page.mouse.up()
    expect(page.locator("[data-quote-words]")).to_have_text(re.compile(f"{re.escape(last[1])}$"))


def saved(page: Page) -> Quote:
    expect(page.get_by_text("The quote was saved")).to_be_visible()
    return Quote.objects.latest("pk")


def tags(quote: Quote) -> set[Any]:
    return {tag.theme_id or (tag.recommendation_id, tag.stance) for tag in quote.tags.all()}


def test_a_clerk_selects_words_and_tags_them(
    as_person: SignIn, inquiry: Inquiry, missions: list[Theme], submission: Submission
) -> None:
    recommendation = builders.a_recommendation(inquiry)
    page = as_person(builders.a_person(inquiry))
    page.goto(address(submission))
    drag(page, (0, "nobody"), (0, "the key"))
    panel = page.locator("[data-quote-panel]")
    expect(panel.locator("[data-quote-words]")).to_have_text("nobody has the key")
    expect(panel.locator(".verdict")).to_contain_text("verbatim")
    expect(panel.get_by_text("Example Residents Association (2023)")).to_be_visible()
    page.keyboard.press("9")
    expect(panel.get_by_label("9 Example mission 9")).to_be_checked()
    panel.get_by_label(str(recommendation)).select_option("supports")
    panel.get_by_role("button", name="Save quote").click()
    quote = saved(page)
    assert (quote.text, quote.verdict) == ("nobody has the key", Verdict.VERBATIM)
    assert tags(quote) == {missions[8].pk, (recommendation.pk, "supports")}
    expect(page.locator(f"mark#q-{quote.pk}")).to_have_text("nobody has the key")
    expect(page.locator("#quotes")).to_contain_text("supports 1.1")
    expect(panel).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The quote was removed.")).to_be_visible()
    assert not Quote.objects.standing().exists()


def test_words_after_an_emoji_are_the_words_that_were_selected(
    as_person: SignIn, inquiry: Inquiry, submission: Submission
) -> None:
    page = as_person(builders.a_person(inquiry))
    page.goto(address(submission))
    drag(page, (0, "has a hall"), (0, "club"))
    page.get_by_role("button", name="Save quote").click()
    first = saved(page)
    assert first.text == "has a hall 👩\u200d👩\u200d👧, and Vélo club"
    assert first.verdict == Verdict.VERBATIM
    drag(page, (0, "members"), (1, "youth worker"))
    page.get_by_role("button", name="Save quote").click()
    expect(page.locator("mark[data-quotes]")).to_have_count(3)
    second = saved(page)
    assert second.text == "members say nobody has the key.\n\nWe asked for a youth worker"
    assert second.verdict == Verdict.VERBATIM


def test_quotes_may_overlap(as_person: SignIn, inquiry: Inquiry, submission: Submission) -> None:
    builders.a_written_quote(submission, passage=1, start=0, end=18)
    page = as_person(builders.a_person(inquiry))
    page.goto(address(submission))
    drag(page, (1, "asked for"), (1, "for six"))
    page.get_by_role("button", name="Save quote").click()
    quote = saved(page)
    assert quote.text == "asked for a youth worker for six"
    expect(page.locator("mark mark")).to_have_text("asked for a you")


def test_the_keyboard_alone_takes_a_quote(
    as_person: SignIn, inquiry: Inquiry, missions: list[Theme], submission: Submission
) -> None:
    page = as_person(builders.a_person(inquiry))
    page.goto(address(submission))
    for key in "jjq1-=":
        page.keyboard.press(key)
    expect(page.locator("[data-quote-words]")).to_have_text("We asked for a youth worker for six years.")
    page.keyboard.press("Enter")
    quote = saved(page)
    assert quote.first_passage == builders.passages(submission)[1]
    assert tags(quote) == {missions[0].pk, missions[10].pk, missions[11].pk}
    expect(page.locator(f"#p-{quote.first_passage_id}")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(f"#p-{builders.passages(submission)[2].pk}")).to_be_focused()
    page.keyboard.press("q")
    page.keyboard.press("3")
    page.keyboard.press("Escape")
    expect(page.locator("[data-quote-panel]")).to_be_hidden()
    page.keyboard.press("q")
    expect(page.locator("[data-quote-panel] input:checked")).to_have_count(0)
    assert Quote.objects.count() == 1


def test_words_are_shortened_with_marks_and_judged_as_they_are_typed(
    as_person: SignIn, inquiry: Inquiry, submission: Submission
) -> None:
    page = as_person(builders.a_person(inquiry))
    page.goto(address(submission))
    drag(page, (1, "We asked"), (1, "six years"))
    panel = page.locator("[data-quote-panel]")
    panel.get_by_text("Shorten or change the words").click()
    words = panel.get_by_label("Words as quoted")
    words.fill("We asked for six years")
    expect(panel.locator(".verdict")).to_contain_text("mismatch")
    words.fill("We asked […] for six years")
    expect(panel.locator(".verdict")).to_contain_text("edited")
    panel.get_by_role("button", name="Save quote").click()
    assert saved(page).text == "We asked […] for six years"


def test_what_was_typed_stays_when_it_cannot_be_saved(
    as_person: SignIn, inquiry: Inquiry, missions: list[Theme], submission: Submission
) -> None:
    page = as_person(builders.a_person(inquiry))
    page.goto(address(submission))
    drag(page, (1, "We asked"), (1, "six years"))
    page.keyboard.press("2")
    page.evaluate("document.querySelector('[data-quote-form] [name=end]').value = 4000")
    page.get_by_role("button", name="Save quote").click()
    panel = page.locator("[data-quote-panel]")
    expect(panel.get_by_role("alert").first).to_contain_text("anchored to words that stand in its document")
    expect(panel.get_by_label("2 Example mission 2")).to_be_checked()
    expect(panel.locator("[data-quote-words]")).to_contain_text("We asked for a youth worker")
    drag(page, (0, "nobody"), (1, "youth worker"))
    expect(panel.get_by_label("2 Example mission 2")).to_be_checked()
    panel.get_by_role("button", name="Save quote").click()
    assert tags(saved(page)) == {missions[1].pk}


def test_words_are_redacted_where_they_are_selected(
    as_person: SignIn, inquiry: Inquiry, submission: Submission
) -> None:
    page = as_person(builders.a_person(inquiry))
    page.goto(address(submission))
    drag(page, (1, "youth worker"), (1, "youth worker"))
    panel = page.locator("[data-quote-panel]")
    panel.get_by_text("Redact these words").click()
    panel.get_by_label("Reason").fill("Could be known by it.")
    panel.get_by_role("button", name="Redact", exact=True).click()
    expect(page.locator("del.redacted")).to_contain_text("youth worker")
    expect(page.get_by_role("heading", name="Redactions")).to_be_visible()
    redaction = Redaction.objects.get()
    assert (redaction.start, redaction.end, redaction.reason) == (15, 27, "Could be known by it.")
    reader = as_person(builders.a_person(inquiry, Role.MEMBER))
    reader.goto(address(submission))
    expect(reader.locator(".passage").nth(1)).to_contain_text("We asked for a ████████████")
    page.get_by_role("button", name="Lift").click()
    expect(page.locator("del.redacted")).to_have_count(0)


def test_a_passage_far_down_is_where_the_page_opens(as_person: SignIn, inquiry: Inquiry) -> None:
    long = builders.a_submission(
        inquiry, text="\n\n".join(f"{n}. {'A word or two. ' * (n % 40 + 1)}" for n in range(1, 100))
    )
    passage = Passage.objects.get(document__submission_file__submission=long, number="80")
    page = as_person(builders.a_person(inquiry))
    page.goto(f"{address(long)}?at={passage.pk}#p-{passage.pk}")
    expect(page.locator(f"#p-{passage.pk}")).to_be_in_viewport(ratio=0.9)


def test_a_quote_pointed_at_stands_out_as_a_whole(as_person: SignIn, inquiry: Inquiry, submission: Submission) -> None:
    quote = builders.a_written_quote(submission, passage=1, start=0, end=18)
    builders.a_written_quote(submission, passage=1, start=3, end=8)
    page = as_person(builders.a_person(inquiry, Role.MEMBER))
    page.goto(f"{address(submission, at=quote.first_passage_id)}#q-{quote.pk}")
    expect(page.locator("mark.now")).to_have_count(3)


def test_without_script_words_are_copied(as_person: SignIn, inquiry: Inquiry, submission: Submission) -> None:
    recommendation = builders.a_recommendation(inquiry)
    page = as_person(builders.a_person(inquiry), java_script_enabled=False)
    page.goto(address(submission))
    page.get_by_role("link", name="Quote paragraph 2").click()
    page.get_by_label("Words").fill("youth worker for seven years")
    page.get_by_label(str(recommendation)).select_option("challenges")
    page.get_by_role("button", name="Save quote").click()
    expect(page.get_by_role("alert")).to_contain_text("These words do not stand in the passage")
    expect(page.get_by_label(str(recommendation))).to_have_value("challenges")
    page.get_by_label("Words").fill("youth worker for [six] years")
    page.get_by_role("button", name="Save quote").click()
    quote = saved(page)
    assert (quote.text, quote.verdict) == ("youth worker for [six] years", Verdict.EDITED)
    assert tags(quote) == {(recommendation.pk, "challenges")}
    expect(page.locator(f"mark#q-{quote.pk}")).to_have_text("youth worker for six years")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing(
    as_person: SignIn,
    inquiry: Inquiry,
    missions: list[Theme],
    submission: Submission,
    width: int,
    scheme: Scheme,
) -> None:
    builders.a_recommendation(inquiry)
    builders.a_written_quote(submission, passage=1, start=0, end=18)
    quote = builders.a_written_quote(submission, passage=1, start=3, end=30)
    redacted(submission, "example", passage=2)
    page = as_person(builders.a_person(inquiry), width=width, scheme=scheme)
    page.goto(f"{address(submission)}#q-{quote.pk}")
    assert_accessible(page)
    page.keyboard.press("j")
    page.keyboard.press("q")
    expect(page.locator("[data-quote-panel] .verdict")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert_accessible(page)
    first = builders.passages(submission)[0].pk
    for form in ("quote_form", "redact"):
        page.goto(address(submission, form, passage=first))
        assert_accessible(page)
    member = as_person(builders.a_person(inquiry, Role.MEMBER), width=width, scheme=scheme)
    member.goto(address(submission))
    assert_accessible(member)


WORDS_AND_PANEL = """() => {
  const panel = document.querySelector("[data-quote-panel]").getBoundingClientRect();
  const words = [...CSS.highlights.get("quoting")][0].getBoundingClientRect();
  return { panel: panel.top, top: words.top, bottom: words.bottom };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_words_are_read_above_the_panel(as_person: SignIn, inquiry: Inquiry, scheme: Scheme) -> None:
    builders.missions(inquiry, 12)
    builders.a_recommendation(inquiry)
    long = "\n\n".join(f"{n}. Our street has a hall and nobody has the key, as we said {n} times." for n in range(30))
    submission = builders.a_submission(inquiry, text=long)
    page = as_person(builders.a_person(inquiry), width=320, scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address(submission))
    panel = page.locator("[data-quote-panel]")

    def assert_words_above_the_panel() -> None:
        expect(panel.locator(".verdict")).to_be_attached()
        at = page.evaluate(WORDS_AND_PANEL)
        assert 0 <= at["top"] < at["bottom"] <= at["panel"], at
        assert at["panel"] >= 320, at

    # The last one has least below it to be scrolled by.
    for number in (5, 29):
        page.locator("[data-passage]").nth(number).evaluate("passage => { passage.tabIndex = -1; passage.focus(); }")
        page.keyboard.press("q")
        assert_words_above_the_panel()
        # As high as it grows, and worked with to its end by the keyboard.
        panel.get_by_text("Shorten or change the words").click()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("1")
        expect(panel.locator('input[data-key="1"]')).to_be_checked()
        assert_words_above_the_panel()
        assert_accessible(page)
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
    begun = page.locator("[data-passage]").nth(12).get_attribute("data-passage")
    page.goto(address(submission, at=begun, quote=begun))
    assert_words_above_the_panel()
    panel.get_by_role("button", name="Save quote").click()
    expect(page.get_by_text("The quote was saved")).to_be_visible()
