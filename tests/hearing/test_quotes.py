"""Quotes of a transcript: whose they are, how they are cited, and how they follow a correction."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.refusals import Refused
from accounts.roles import CONSOLE, Role
from evidence.quotes.actions import remove_quote, take_quote
from evidence.quotes.citations import cite
from evidence.quotes.models import Quote, Verdict
from evidence.tags.actions import tag_theme
from evidence.transcripts.models import Part, Transcript
from inquiry.models import Inquiry, Panel, Rule
from tests.builders import (
    HEARD,
    SPOKEN,
    a_heard_quote,
    a_person,
    a_session,
    a_transcript,
    an_inquiry,
    missions,
    turns,
)

pytestmark = pytest.mark.django_db
STYLES = {
    "appg": "Ann Example, Example Trust, oral evidence to inquiry session one",
    "commons": "Q1 [Ann Example]",
    "lords": "Q 1 (Ann Example)",
}


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


@pytest.fixture
def transcript(inquiry: Inquiry) -> Transcript:
    return a_transcript(a_session(inquiry, witnesses=HEARD))


def read(quote: Quote) -> Quote:
    return Quote.objects.with_source().get(pk=quote.pk)


def test_a_quote_knows_its_question_speaker_and_version(transcript: Transcript) -> None:
    quote = read(a_heard_quote(transcript, 1, "Nobody has the key."))
    assert quote.appearance
    assert quote.appearance.witness.name == "Ann Example"
    assert (quote.questions, quote.verdict) == ((1, 1), Verdict.VERBATIM)
    assert quote.transcript == transcript
    assert {style: cite(quote, style) for style in STYLES} == STYLES


def test_a_member_is_quoted_too(transcript: Transcript) -> None:
    quote = read(a_heard_quote(transcript, 0))
    assert quote.appearance is None
    assert cite(quote, "commons") == "Q1 [Chair]"


def test_a_range_of_questions_is_cited(inquiry: Inquiry) -> None:
    spoken = "question,speaker,text\nQ1,Ann Example,One.\nQ2,Ann Example,Two.\nQ3,Ann Example,Three.\n"
    transcript = a_transcript(a_session(inquiry, witnesses=HEARD), spoken)
    first, *_, last = turns(transcript)
    quote = read(take_quote(first_passage=first, start=0, last_passage=last, end=6, by=CONSOLE))
    assert (quote.text, quote.verdict) == ("One. Two. Three.", Verdict.VERBATIM)
    assert cite(quote, "commons") == "Qq1-3 [Ann Example]"
    assert cite(quote, "lords") == "QQ 1-3 (Ann Example)"


def test_words_of_two_speakers_are_no_quote(transcript: Transcript) -> None:
    _, ann, bob, *_ = turns(transcript)
    with pytest.raises(Refused, match="more than one speaker"):
        take_quote(first_passage=ann, start=0, last_passage=bob, end=3, by=CONSOLE)


def test_the_database_knows_who_spoke(transcript: Transcript) -> None:
    quote = a_heard_quote(transcript, 1)
    bob = turns(transcript)[2]
    others = transcript.session.panels.get().appearances.get(witness__name="Bob Example")
    for wrong in ({"appearance": others}, {"appearance": None}, {"first_passage": bob, "last_passage": bob, "end": 3}):
        with pytest.raises(IntegrityError, match="whoever spoke"), transaction.atomic():
            Quote.objects.filter(pk=quote.pk).update(**wrong)


def test_words_after_an_emoji_are_counted_in_code_points(transcript: Transcript) -> None:
    quote = a_heard_quote(transcript, 2, "who stays.")
    assert quote.text == "who stays."
    assert quote.start == "And a youth worker 🌍 who stays.".index("who stays.")


def test_its_permanent_address_opens_the_reader_at_the_words(
    client: Client, inquiry: Inquiry, transcript: Transcript
) -> None:
    quote = a_heard_quote(transcript)
    client.force_login(a_person(inquiry, Role.MEMBER))
    led = client.get(reverse("reader:quote", args=[inquiry.code, quote.pk]))
    assert led.url.endswith(f"#q-{quote.pk}")
    assert f'id="q-{quote.pk}"' in client.get(led.url).content.decode()


def corrected(transcript: Transcript, old: str, new: str) -> Transcript:
    spoken = SPOKEN.replace(old, new).replace("Q1,Chair,What", "Q1,Chair,Good morning. What")
    return a_transcript(transcript.session, spoken, corrected=True)


def test_unchanged_words_move_silently_with_their_tags(inquiry: Inquiry, transcript: Transcript) -> None:
    kept, moved = a_heard_quote(transcript, 1), a_heard_quote(transcript, 2, "a youth worker")
    tag_theme(evidence=kept, theme=missions(inquiry)[0], by=CONSOLE)
    new = corrected(transcript, "And a youth worker", "And indeed a youth worker")
    for quote in (kept, moved):
        found = read(quote)
        assert found.transcript == new
        assert found.verdict == Verdict.VERBATIM
    assert read(kept).tags.count() == 1
    assert new.version == 2
    transcript.refresh_from_db()
    assert transcript.replaced_at


def test_changed_words_wait_side_by_side_and_are_not_printed(
    client: Client, inquiry: Inquiry, transcript: Transcript
) -> None:
    quote, gone = a_heard_quote(transcript, 1, "Nobody has the key."), a_heard_quote(transcript, 4)
    removed = remove_quote(quote=a_heard_quote(transcript, 2, "a youth worker"), by=CONSOLE)
    new = corrected(transcript, "Nobody has the key", "Nobody now has a key")
    assert read(quote).transcript == transcript
    assert set(Quote.objects.left_behind()) == {quote}
    assert set(Quote.objects.may_be_printed()) == {gone}
    assert read(removed).transcript == new
    client.force_login(a_person(inquiry))
    address = reverse("hearing:left_behind", args=[inquiry.code, transcript.session_id])
    shown = client.get(address).content.decode()
    assert "Nobody <ins>now </ins>has <del>the </del><ins>a </ins>key." in shown
    assert "Nobody now has a key." in client.get(address).context["rows"][0][1]["text"].value()
    appendix = client.get(reverse("report:appendix", args=[inquiry.code])).content.decode()
    assert "The corrected transcript has other words" in appendix
    field = f"quote-{quote.pk}-text"
    refused = client.post(address, {"quote": quote.pk, field: "Nobody ever had it."}).content.decode()
    assert "do not stand in the passage" in refused
    client.post(address, {"quote": quote.pk, field: "Nobody now has a key."})
    settled = read(quote)
    assert (settled.transcript, settled.text, settled.verdict) == (new, "Nobody now has a key.", Verdict.VERBATIM)
    assert "Every quote is settled" in client.get(address).content.decode()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CLERK])
def test_a_quote_that_waits_is_called_nothing_else_wherever_it_is_shown(
    client: Client, inquiry: Inquiry, transcript: Transcript, role: Role
) -> None:
    quote, stays = a_heard_quote(transcript, 1, "Nobody has the key."), a_heard_quote(transcript, 4)
    theme = missions(inquiry)[0]
    tag_theme(evidence=quote, theme=theme, by=CONSOLE)
    assert quote.appearance
    witness = quote.appearance.witness_id
    new = corrected(transcript, "Nobody has the key", "Nobody now has a key")
    client.force_login(a_person(inquiry, role))

    def at(name: str, *keys: int, asked: str = "") -> str:
        return client.get(reverse(name, args=[inquiry.code, *keys]) + asked).content.decode()

    pages = {
        "session": at("sessions:detail", transcript.session_id),
        "witness": at("witnesses:detail", witness),
        "list": at("review:quotes"),
        "theme": at("review:theme", theme.pk),
        "quote": at("review:quote", quote.pk),
        "reader": at("reader:document", transcript.document_id),
    }
    alone = {"theme", "quote", "reader"}
    for page, shown in pages.items():
        assert shown.count("<span>to be compared again</span>") == 1, page
        assert shown.count("<span>verbatim</span>") == (0 if page in alone else 1), page
    settle = reverse("hearing:left_behind", args=[inquiry.code, transcript.session_id])
    assert (settle in pages["quote"]) == (role == Role.CLERK)
    assert "To be compared again (1)" in pages["list"]
    assert "Verbatim (1)" in pages["list"]
    waiting = at("review:quotes", asked="?verdict=to+be+compared+again")
    assert (quote.text in waiting, stays.text in waiting) == (True, False)
    assert quote.text not in at("review:quotes", asked="?verdict=verbatim")
    assert "This version was replaced on" in pages["reader"]
    assert f'href="{reverse("reader:document", args=[inquiry.code, new.document_id])}"' in pages["reader"]
    assert "was replaced on" not in at("reader:document", new.document_id)


def test_a_version_that_may_not_be_read_is_not_led_to(client: Client, inquiry: Inquiry, transcript: Transcript) -> None:
    """What counts now was brought in with a part that was heard in private."""
    new = corrected(transcript, "Nobody", "Nobody here")
    apart = Panel.objects.create(inquiry=inquiry, session=transcript.session, number=2, rule=Rule.PRIVATE)
    Part.objects.create(inquiry=inquiry, transcript=new, panel=apart, first_position=5, last_position=5)
    address = reverse("reader:document", args=[inquiry.code, transcript.document_id])
    counting = reverse("reader:document", args=[inquiry.code, new.document_id])
    for role, led in ((Role.CLERK, True), (Role.MEMBER, False)):
        client.force_login(a_person(inquiry, role))
        shown = client.get(address).content.decode()
        assert "This version was replaced on" in shown
        assert (counting in shown) == led


def test_of_two_quotes_that_fall_on_one_place_the_second_waits(inquiry: Inquiry) -> None:
    """What was said twice is said once in the new version; neither quote is lost, and neither stands there twice."""
    again = SPOKEN + "Q3,Chair,Never?\n,Ann Example,We were never asked.\n"
    transcript = a_transcript(a_session(inquiry, witnesses=HEARD), again)
    first, second = (a_heard_quote(transcript, turn, "never asked.") for turn in (4, 6))
    new = a_transcript(transcript.session, SPOKEN, corrected=True)
    assert (read(first).transcript, read(second).transcript) == (new, transcript)
    assert list(Quote.objects.left_behind()) == [second]
    assert read(second).text == "never asked."


def test_words_that_another_spoke_wait_too(client: Client, inquiry: Inquiry, transcript: Transcript) -> None:
    quote = a_heard_quote(transcript, 4)
    corrected(transcript, ",Ann Example,We were never asked.", ",Bob Example,We were never asked.")
    assert set(Quote.objects.left_behind()) == {quote}
    client.force_login(a_person(inquiry))
    address = reverse("hearing:left_behind", args=[inquiry.code, transcript.session_id])
    client.post(address, {"quote": quote.pk, "remove": "1"})
    assert not Quote.objects.left_behind().exists()
    assert Quote.objects.get(pk=quote.pk).removed_at


@pytest.mark.parametrize("role", list(Role))
def test_corrections_are_shown_to_everyone(
    client: Client, inquiry: Inquiry, transcript: Transcript, role: Role
) -> None:
    client.force_login(a_person(inquiry, role))
    address = reverse("hearing:corrections", args=[inquiry.code, transcript.session_id])
    assert "There is one version" in client.get(address).content.decode()
    corrected(transcript, "Nobody has the key", "Nobody has a key")
    shown = client.get(address).content.decode()
    assert "2 passages differ." in shown
    assert "<del>the </del><ins>a </ins>" in shown
    assert "<ins>Good morning. </ins>" in shown
