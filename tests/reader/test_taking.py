"""Words taken as quotes: by whom, from where, with which tags; and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.quotes.actions import remove_quote
from evidence.quotes.models import CLEARED, Quote, Verdict
from evidence.submissions.models import Submission
from evidence.tags.models import Tag
from inquiry.models import Inquiry
from tests import builders
from tests.reader.placing import address, document_of, redacted, selected

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


@pytest.fixture
def inquiry() -> Inquiry:
    return builders.an_inquiry()


@pytest.fixture
def submission(inquiry: Inquiry) -> Submission:
    return builders.a_submission(inquiry)


def taken(client: Client, submission: Submission, words: str, htmx: bool = True, **more: Any) -> Any:
    data = selected(submission, words) | more
    return client.post(address(submission, "take"), data, headers=HTMX if htmx else None)


def test_a_clerk_takes_a_tagged_quote(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    mission, recommendation = builders.missions(inquiry)[1], builders.a_recommendation(inquiry)
    client.force_login(builders.a_person(inquiry))
    tags = {"themes": [mission.pk], f"rec_{recommendation.pk}": "supports"}
    answer = taken(client, submission, "nobody has the key", **tags)
    quote = Quote.objects.get()
    assert answer.status_code == 200
    assert (quote.text, quote.verdict) == ("nobody has the key", Verdict.VERBATIM)
    assert set(Tag.objects.values_list("quote", "theme", "recommendation", "stance")) == {
        (quote.pk, mission.pk, None, ""),
        (quote.pk, None, recommendation.pk, "supports"),
    }


def test_only_what_changed_comes_back(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    client.force_login(builders.a_person(inquiry))
    page = taken(client, submission, "nobody has the key").content.decode()
    first, second = builders.passages(submission)[:2]
    quote = Quote.objects.get()
    assert "<html" not in page
    assert f'id="p-{first.pk}" data-passage="{first.pk}" tabindex="-1" hx-swap-oob="true"' in page
    assert f'id="p-{second.pk}"' not in page
    assert f'id="q-{quote.pk}"' in page
    assert "The quote was saved: verbatim." in page


def test_without_htmx_the_browser_is_led_to_the_quote(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    client.force_login(builders.a_person(inquiry))
    answer = taken(client, submission, "nobody has the key", htmx=False)
    quote = Quote.objects.get()
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?at={quote.first_passage_id}#q-{quote.pk}")
    shown = client.get(answer["Location"]).content.decode()
    assert "Undo" in shown
    assert 'class="notice success"' in shown


@pytest.mark.parametrize("htmx", [True, False])
def test_a_mismatch_is_saved_with_a_warning(
    client: Client, inquiry: Inquiry, submission: Submission, htmx: bool
) -> None:
    client.force_login(builders.a_person(inquiry))
    answer = taken(client, submission, "nobody has the key", htmx=htmx, text="Nobody wrote this.")
    shown = (answer if htmx else client.get(answer["Location"])).content.decode()
    assert "notice warning" in shown
    assert "notice success" not in shown


def test_a_quote_is_undone_and_brought_back(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    client.force_login(builders.a_person(inquiry))
    taken(client, submission, "nobody has the key", themes=[builders.missions(inquiry)[0].pk])
    quote = Quote.objects.get()
    remove = reverse("review:quote_remove", args=[inquiry.code, quote.pk])
    opened = client.get(address(submission, "document")).content.decode()
    assert f'action="{remove}"' in opened
    back = f"{address(submission, 'document')}?at={quote.first_passage_id}#p-{quote.first_passage_id}"
    assert f'name="next" value="{back}"' in opened
    answer = client.post(remove, {"next": back})
    assert answer.url == back
    assert not Quote.objects.standing().exists()
    (message,) = get_messages(answer.wsgi_request)
    undo = message.extra_tags.removeprefix("undo:")
    assert undo.startswith(reverse("review:quote_restore", args=[inquiry.code, quote.pk]))
    assert client.post(undo).url == back
    assert Quote.objects.standing().get().tags.count() == 1


def test_marked_edits_are_edits_and_others_a_mismatch(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    client.force_login(builders.a_person(inquiry))
    taken(client, submission, "Our street|nobody has the key", text="[The] street has […] nobody has the key")
    taken(client, submission, "Our street|nobody has the key", text="Our street has no hall")
    assert list(Quote.objects.values_list("verdict", flat=True)) == [Verdict.EDITED, Verdict.MISMATCH]


def test_words_of_two_passages_are_one_quote(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    client.force_login(builders.a_person(inquiry))
    place = selected(submission, "nobody has|We asked", passage=0, last=1)
    text = "nobody has the key.\r\n\r\nWe asked"
    answer = client.post(address(submission, "take"), place | {"text": text}, headers=HTMX)
    assert Quote.objects.get().verdict == Verdict.VERBATIM
    assert Quote.objects.get().text == "nobody has the key.\n\nWe asked"
    assert answer.content.decode().count("data-words") == 2


def test_places_are_counted_in_code_points(client: Client, inquiry: Inquiry) -> None:
    submission = builders.a_submission(inquiry, text="1. Ve\u0301lo 🌍👩\u200d👩\u200d👧 and the e\u0323\u0302 key.")
    client.force_login(builders.a_person(inquiry))
    taken(client, submission, "and the")
    assert Quote.objects.get().text == "and the"


@pytest.mark.parametrize("htmx", [True, False])
def test_what_was_chosen_comes_back_with_a_refusal(
    client: Client, inquiry: Inquiry, submission: Submission, htmx: bool
) -> None:
    mission, recommendation = builders.missions(inquiry)[2], builders.a_recommendation(inquiry)
    client.force_login(builders.a_person(inquiry))
    answer = taken(
        client,
        submission,
        "nobody has the key",
        htmx=htmx,
        end=4000,
        text="my own words",
        themes=[mission.pk],
        **{f"rec_{recommendation.pk}": "qualifies"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "anchored to words that stand in its document" in page
    assert "my own words" in page
    assert f'value="{mission.pk}" data-key="3" checked' in page
    assert '<option value="qualifies" selected>' in page
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_passage": ""},
        {"first_passage": "x"},
        {"start": "-1"},
        {"start": str(2**40)},
        {"end": ""},
        {"last_passage": "99999999999999999999"},
    ],
)
def test_a_place_that_was_lost_is_asked_for_again(
    client: Client, inquiry: Inquiry, submission: Submission, wrong: dict[str, str]
) -> None:
    client.force_login(builders.a_person(inquiry))
    answer = taken(client, submission, "nobody has the key", **wrong)
    assert answer.status_code == 422
    assert "Select the words in the document again" in answer.content.decode()
    assert not Quote.objects.exists()


def test_a_place_in_another_document_is_none(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    other = builders.a_submission(inquiry, text="1. Another letter altogether.")
    client.force_login(builders.a_person(inquiry))
    answer = client.post(address(submission, "take"), selected(other, "Another letter"), headers=HTMX)
    assert answer.status_code == 422
    assert not Quote.objects.exists()


@pytest.mark.parametrize("tags", [{"themes": ["0"]}, {"themes": ["x"]}])
def test_a_theme_of_another_inquiry_is_no_choice(
    client: Client, inquiry: Inquiry, submission: Submission, tags: dict[str, Any]
) -> None:
    theirs = builders.missions(builders.an_inquiry())[0]
    client.force_login(builders.a_person(inquiry))
    for wrong in (tags, {"themes": [theirs.pk]}):
        assert taken(client, submission, "nobody has the key", **wrong).status_code == 422
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [(Role.CLERK, 200), (Role.ADMINISTRATOR, 200), (Role.ADVISER, 200), (Role.MEMBER, 403)]
)
@pytest.mark.parametrize("view", ["take", "judge"])
def test_staff_take_quotes_and_members_read_them(
    client: Client, inquiry: Inquiry, submission: Submission, view: str, role: Role, status: int
) -> None:
    client.force_login(builders.a_person(inquiry, role))
    place = selected(submission, "nobody has the key")
    assert client.post(address(submission, view), place, headers=HTMX).status_code == status
    assert Quote.objects.exists() is (view == "take" and status == 200)


@pytest.mark.parametrize("view", ["take", "judge", "quote_form", "redact"])
def test_a_stranger_finds_nothing_to_quote(client: Client, submission: Submission, view: str) -> None:
    client.force_login(builders.a_person(builders.an_inquiry()))
    place = selected(submission, "nobody has the key")
    assert client.post(address(submission, view), place).status_code == 404


@pytest.mark.parametrize("view", ["take", "judge", "quote_form"])
def test_an_adviser_takes_nothing_from_what_is_confidential(client: Client, inquiry: Inquiry, view: str) -> None:
    submission = builders.a_submission(inquiry, state="decided", treatment="confidential")
    client.force_login(builders.a_person(inquiry, Role.ADVISER))
    place = selected(submission, "nobody has the key")
    assert client.post(address(submission, view), place).status_code == 404


def test_the_words_so_far_are_judged_and_cited(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    client.force_login(builders.a_person(inquiry))
    place = selected(submission, "nobody has the key")
    page = client.get(address(submission, "judge"), place).content.decode()
    assert "verdict verbatim" in page
    assert "Example Residents Association (2023)" in page
    page = client.post(address(submission, "judge"), place | {"text": "nobody [had] the key"}).content.decode()
    assert "verdict edited" in page
    page = client.post(address(submission, "judge"), place | {"text": "nobody has a key"}).content.decode()
    assert "verdict mismatch" in page
    assert "put any change in [square brackets]" in page


def test_a_place_without_words_is_judged_in_a_sentence(
    client: Client, inquiry: Inquiry, submission: Submission
) -> None:
    client.force_login(builders.a_person(inquiry))
    answer = client.get(address(submission, "judge"), {"start": "1"})
    assert answer.status_code == 200
    assert "Select the words in the document again" in answer.content.decode()


def test_an_adviser_gets_no_redacted_word_back(client: Client, inquiry: Inquiry) -> None:
    submission = builders.a_submission(inquiry, text="1. My neighbour Zebedee Quill has\n\n2. the key to it.")
    redacted(submission, "Zebedee Quill")
    client.force_login(builders.a_person(inquiry, Role.ADVISER))
    last = builders.passages(submission)[1]
    inside = selected(submission, "neighbour Zebedee Quill has")
    over_the_end = inside | {"last_passage": last.pk, "end": 7}
    for place in (inside, over_the_end, selected(submission, "Quill")):
        for text in ("", "neighbour Zebedee Quill has"):
            for view in ("take", "judge"):
                answer = client.post(address(submission, view), place | {"text": text}, headers=HTMX)
                page = answer.content.decode()
                assert "Some of these words are redacted" in page
                assert "verdict " not in page
                assert ("Zebedee" in page) is ("Zebedee" in text and view == "take")
    assert not Quote.objects.exists()
    taken(client, submission, "My neighbour")
    assert Quote.objects.get().text == "My neighbour"


def test_the_secretariat_may_quote_what_it_alone_can_read(client: Client, inquiry: Inquiry) -> None:
    submission = builders.a_submission(inquiry, text="1. My neighbour Zebedee Quill has the key.")
    redacted(submission, "Zebedee Quill")
    clerk, adviser = builders.a_person(inquiry), builders.a_person(inquiry, Role.ADVISER)
    client.force_login(clerk)
    taken(client, submission, "neighbour Zebedee Quill has")
    quote = Quote.objects.get()
    assert not Quote.objects.visible_to(adviser).exists()
    assert not Quote.objects.may_be_printed().filter(verdict__in=CLEARED).exists()
    client.force_login(adviser)
    for step in ("remove", "restore"):
        assert client.post(reverse(f"review:quote_{step}", args=[inquiry.code, quote.pk])).status_code == 404


def test_the_form_is_for_a_passage_that_is_there(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    client.force_login(builders.a_person(inquiry))
    for query in ({}, {"passage": "x"}, {"passage": "0"}, {"passage": "9" * 30}):
        assert client.get(address(submission, "quote_form", **query)).status_code == 404


class TestWithoutScript:
    @pytest.fixture(autouse=True)
    def signed_in(self, client: Client, inquiry: Inquiry, submission: Submission) -> None:
        client.force_login(builders.a_person(inquiry))
        self.passage = builders.passages(submission)[0]
        self.form = address(submission, "quote_form", passage=self.passage.pk)

    def test_the_passage_links_to_the_form_and_the_form_shows_it(self, client: Client, submission: Submission) -> None:
        assert self.form in client.get(address(submission)).content.decode()
        page = client.get(self.form).content.decode()
        assert page.count("Our street has a hall and nobody has the key.") == 2

    def test_words_copied_from_the_passage_are_found_in_it(self, client: Client, inquiry: Inquiry) -> None:
        mission, recommendation = builders.missions(inquiry)[0], builders.a_recommendation(inquiry)
        answer = client.post(
            self.form, {"text": " nobody  has the key", "themes": [mission.pk], f"rec_{recommendation.pk}": "supports"}
        )
        quote = Quote.objects.get()
        assert answer["Location"].endswith(f"#q-{quote.pk}")
        assert (quote.start, quote.end, quote.verdict) == (26, 44, Verdict.VERBATIM)
        assert quote.tags.count() == 2

    def test_an_edit_in_brackets_is_found_too(self, client: Client) -> None:
        client.post(self.form, {"text": "[the] hall […] has the key."})
        quote = Quote.objects.get()
        assert quote.verdict == Verdict.EDITED
        assert self.passage.received_text[quote.start : quote.end] == "hall and nobody has the key."

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("nobody had the key", "These words do not stand in the passage."),
            ("ha", "These words do not stand in the passage."),
            ("has", "These words stand in the passage more than once."),
            ("[…]", "Give the words to quote"),
            ("", "Give the words, as they stand"),
        ],
    )
    def test_words_that_are_not_there_or_twice_are_asked_for_again(
        self, client: Client, inquiry: Inquiry, text: str, sentence: str
    ) -> None:
        mission = builders.missions(inquiry)[0]
        answer = client.post(self.form, {"text": text, "themes": [mission.pk]})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in page
        assert f"{text}</textarea>" in page
        assert f'value="{mission.pk}" data-key="1" checked' in page
        assert not Quote.objects.exists()

    def test_members_are_not_given_the_form(self, client: Client, inquiry: Inquiry) -> None:
        client.force_login(builders.a_person(inquiry, Role.MEMBER))
        assert client.get(self.form).status_code == 403


def test_an_adviser_copies_no_redacted_word(client: Client, inquiry: Inquiry) -> None:
    submission = builders.a_submission(inquiry, text="1. My neighbour Zebedee Quill has the key.")
    passage = redacted(submission, "Zebedee Quill")
    client.force_login(builders.a_person(inquiry, Role.ADVISER))
    form = address(submission, "quote_form", passage=passage.pk)
    assert "Zebedee" not in client.get(form).content.decode()
    tries = {"neighbour Zebedee Quill has": "do not stand", "neighbour […] has": "redacted", "Z[…] has": "do not stand"}
    for text, sentence in tries.items():
        page = client.post(form, {"text": text}).content.decode()
        assert sentence in page, text
    assert not Quote.objects.exists()


def test_taking_costs_the_same_beside_no_quote_and_three(
    client: Client, inquiry: Inquiry, submission: Submission, django_assert_num_queries: Any
) -> None:
    client.force_login(builders.a_person(inquiry))
    mission = builders.missions(inquiry)[0]
    for beside, words in ((0, "nobody has the key"), (2, "has the key")):
        place = selected(submission, words) | {"themes": [mission.pk]}
        for n in range(beside):
            builders.a_written_quote(submission, end=10 + n)
        with django_assert_num_queries(46):
            client.post(address(submission, "take"), place, headers=HTMX)


def test_get_takes_nothing(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    client.force_login(builders.a_person(inquiry))
    assert client.get(address(submission, "take")).status_code == 405
    assert document_of(submission).passages.count() == 3


@pytest.mark.parametrize("htmx", [True, False])
def test_who_sends_a_quote_twice_is_led_to_the_one_that_stands(
    client: Client, inquiry: Inquiry, submission: Submission, htmx: bool
) -> None:
    client.force_login(builders.a_person(inquiry))
    taken(client, submission, "nobody has the key", htmx)
    answer = taken(client, submission, "nobody has the key", htmx)
    quote = Quote.objects.get()
    assert (answer.headers["HX-Redirect"] if htmx else answer.url).endswith(f"#q-{quote.pk}")
    assert "These words are quoted already." in client.get(address(submission)).content.decode()


def test_copied_words_that_are_quoted_already_lead_to_their_quote(
    client: Client, inquiry: Inquiry, submission: Submission
) -> None:
    client.force_login(builders.a_person(inquiry))
    place = builders.passages(submission)[0]
    for _ in range(2):
        answer = client.post(address(submission, "quote_form", passage=place.pk), {"text": "nobody has the key"})
        assert answer.url.endswith(f"#q-{Quote.objects.get().pk}")


def test_a_quote_is_not_brought_back_beside_the_same(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    client.force_login(builders.a_person(inquiry))
    quote = builders.a_written_quote(submission, end=10)
    remove_quote(quote=quote, by=CONSOLE)
    builders.a_written_quote(submission, end=10)
    shown = client.post(reverse("review:quote_restore", args=[inquiry.code, quote.pk]), follow=True).content.decode()
    assert "The same words are quoted from the same place already." in shown


@pytest.mark.parametrize("number", ["1" * 5000, "9" * 31, "٣", "-1", ""])
def test_a_number_that_is_none_of_ours_is_no_error(
    client: Client, inquiry: Inquiry, submission: Submission, number: str
) -> None:
    client.force_login(builders.a_person(inquiry, Role.ADMINISTRATOR))
    for name in ("at", "from"):
        assert client.get(address(submission, **{name: number})).status_code == 200
    for view in ("quote_form", "redact"):
        assert client.get(address(submission, view, passage=number)).status_code == 404
