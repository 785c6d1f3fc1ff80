"""One document through the whole house: from a file received to the words in the printed appendix.

Each stage is entered by its page and looked at where the next one takes it up. The same walk in a real browser is in
``tests/browser/test_walk.py``.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import closing
from typing import Any

import pypandoc
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from evidence.documents.models import Document, Passage
from evidence.loading.actions import load_inquiry
from evidence.loading.trial import LEVELLING_UP
from evidence.quotes.models import Quote, Verdict
from evidence.submissions.models import Submission
from evidence.tags.models import Tag
from inquiry.models import Inquiry, Recommendation, Theme
from inquiry.models.jobs import JobState
from report.models import Export
from tests.builders import a_person
from tests.documents.making import word
from tests.editing import edit, on
from tests.submissions.test_logging import asked

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "It is hard to be proud of a place with nowhere to sit down."
LETTER = (
    f"# A letter (fictional)\n\nWe live by the harbour. “{WORDS}” says a neighbour.\n\nThank you for reading this.\n"
)
CITATION = "Harbour Residents (fictional) (2023)"


@pytest.fixture
def inquiry() -> Inquiry:
    return load_inquiry(LEVELLING_UP)


def signed_in(inquiry: Inquiry, role: Role) -> Client:
    client = Client()
    client.force_login(a_person(inquiry, role, name=f"{role.label} (fictional)"))
    return client


def test_from_a_file_to_the_appendix(inquiry: Inquiry) -> None:
    clerk, member = signed_in(inquiry, Role.CLERK), signed_in(inquiry, Role.MEMBER)
    letter = word(LETTER)
    submission = is_received(clerk, inquiry, letter)
    document = is_kept_as_received(clerk, inquiry, submission, letter)
    passage = is_read_into_passages(document)
    quote = is_quoted_and_tagged(clerk, inquiry, document, passage)
    is_read_under_its_mission(member, inquiry)
    stays_out_of_the_appendix_until_decided(clerk, inquiry)
    is_decided_and_published(clerk, inquiry, submission)
    stands_in_the_preview(clerk, inquiry)
    for format, read in READERS.items():
        stands_in_the_file(clerk, inquiry, format, read)
    leaves_with_its_submission(clerk, inquiry, submission, quote)


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def is_received(clerk: Client, inquiry: Inquiry, letter: bytes) -> Submission:
    before = inquiry.submissions.count()
    details = asked(
        {"organisation": "Harbour Residents (fictional)", "sector": "residents"},
        received_0="1",
        received_1="2",
        received_2="2023",
        attached=SimpleUploadedFile("letter.docx", letter),
    )
    answer = clerk.post(reverse("submissions:add", args=[inquiry.code]), details)
    submission = Submission.objects.select_related("inquiry").latest("number")
    assert answer.url == reverse("submissions:detail", args=[inquiry.code, submission.number])
    assert (submission.reference, submission.state) == (f"LUI{before + 1:04}", "accepted")
    return submission


def is_kept_as_received(clerk: Client, inquiry: Inquiry, submission: Submission, letter: bytes) -> Document:
    document = submission.files.get().document
    assert (document.sha256, document.size) == (hashlib.sha256(letter).hexdigest(), len(letter))
    taken = clerk.get(reverse("documents:file", args=[inquiry.code, document.pk]))
    assert b"".join(taken.streaming_content) == letter
    return document


def is_read_into_passages(document: Document) -> Passage:
    document.refresh_from_db()
    assert (document.state, document.error) == (JobState.DONE, "")
    read = [(p.kind, p.number, p.received_text) for p in document.passages.order_by("position")]
    assert read == [
        ("heading", "", "A letter (fictional)"),
        ("paragraph", "1", f"We live by the harbour. “{WORDS}” says a neighbour."),
        ("paragraph", "2", "Thank you for reading this."),
    ]
    return document.passages.get(number="1")


def is_quoted_and_tagged(clerk: Client, inquiry: Inquiry, document: Document, passage: Passage) -> Quote:
    start = passage.received_text.index(WORDS)
    recommendation = Recommendation.objects.get(inquiry=inquiry, addressee__number=2, number=5)
    chosen = {
        "first_passage": passage.pk,
        "start": start,
        "last_passage": passage.pk,
        "end": start + len(WORDS),
        "themes": [Theme.objects.get(inquiry=inquiry, number="9").pk],
        f"rec_{recommendation.pk}": "supports",
    }
    answer = clerk.post(reverse("reader:take", args=[inquiry.code, document.pk]), chosen)
    quote = Quote.objects.latest("pk")
    assert answer.url.endswith(f"#q-{quote.pk}")
    assert (quote.text, quote.verdict) == (WORDS, Verdict.VERBATIM)
    assert sorted(str(tag) for tag in Tag.objects.filter(quote=quote)) == [
        "9 · Pride in place",
        "Supports 2.5 Targeted investment in social infrastructure and local initiatives",
    ]
    return quote


def is_read_under_its_mission(member: Client, inquiry: Inquiry) -> None:
    shown = page(member, "review:theme", inquiry.code, Theme.objects.get(inquiry=inquiry, number="9").pk)
    assert WORDS in shown
    assert "Harbour Residents (fictional)" in shown


def stays_out_of_the_appendix_until_decided(clerk: Client, inquiry: Inquiry) -> None:
    printed = printed_on(page(clerk, "report:appendix", inquiry.code))
    assert WORDS not in printed
    assert "The community knows what it needs." in printed


def is_decided_and_published(clerk: Client, inquiry: Inquiry, submission: Submission) -> None:
    where = [inquiry.code, submission.number]
    edit(clerk, reverse("submissions:decide", args=where), {"treatment": "full", **on("decided_on", "2023-03-01")})
    clerk.post(reverse("submissions:publish", args=where), on("published_on", "2023-03-02"))
    submission.refresh_from_db()
    assert (submission.state, submission.decision) == ("published", "full")


def printed_on(html: str) -> str:
    """The appendix itself, without the page around it."""
    found = re.search(r'<div class="appendix">.*?<section class="sheet', html, re.DOTALL)
    assert found, "the page shows no appendix"
    return found[0]


def stands_in_the_preview(clerk: Client, inquiry: Inquiry) -> None:
    printed = printed_on(page(clerk, "report:appendix", inquiry.code))
    assert WORDS in printed
    assert CITATION in printed


def read_word(data: bytes) -> str:
    return str(pypandoc.convert_text(data, "plain", format="docx"))


def read_pdf(data: bytes) -> str:
    with closing(pypdfium2.PdfDocument(data)) as document:
        return " ".join(leaf.get_textpage().get_text_range() for leaf in document)


READERS = {"html": bytes.decode, "docx": read_word, "pdf": read_pdf, "csv": bytes.decode}


def stands_in_the_file(clerk: Client, inquiry: Inquiry, format: str, read: Any) -> None:
    asked_for = clerk.post(reverse("report:export", args=[inquiry.code]), {"format": format})
    export = Export.objects.latest("pk")
    assert asked_for.url == reverse("report:detail", args=[inquiry.code, export.pk])
    assert export.state == JobState.DONE
    taken = clerk.get(reverse("report:download", args=[inquiry.code, export.pk]))
    text = " ".join(read(b"".join(taken.streaming_content)).split())
    assert WORDS in text
    assert CITATION in text
    assert "Anna Bradley-Dorman, Ramsey Million Big Local, oral evidence to inquiry session two" in text


def leaves_with_its_submission(clerk: Client, inquiry: Inquiry, submission: Submission, quote: Quote) -> None:
    where = reverse("submissions:withdraw", args=[inquiry.code, submission.number])
    clerk.post(where, {"reason": "Asked for by the submitter."})
    assert WORDS not in printed_on(page(clerk, "report:appendix", inquiry.code))
    assert Quote.objects.filter(pk=quote.pk).exists()
    for export in Export.objects.all():
        assert export.recalled_at
        assert clerk.get(reverse("report:download", args=[inquiry.code, export.pk])).status_code in (404, 410)
