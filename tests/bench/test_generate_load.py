"""An invented inquiry of a chosen size: the same from the same seed, valid throughout, and open to its members."""

from __future__ import annotations

import hashlib
import io
import json
import random
import re
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.roles import Role
from bench.fiction.words import paragraph
from evidence.documents.models import Document, Passage
from evidence.quotes.models import Quote, Verdict
from evidence.submissions.models import Submission
from evidence.tags.models import Tag
from evidence.transcripts.models import Transcript
from evidence.witnesses.models import Organisation, Witness
from inquiry.models import Inquiry, Recommendation, Session, Theme
from tests.builders import a_person

pytestmark = pytest.mark.django_db
FEW = ("--sessions=2", "--submissions=5", "--passages=60", "--quotes=12")


def generated(code: str, *more: str) -> Inquiry:
    call_command("generate_load", "--inquiry", code, *(more or FEW), stdout=io.StringIO())
    return Inquiry.objects.get(code=code)


def words(inquiry: Inquiry) -> list[str]:
    return list(
        Passage.objects.filter(inquiry=inquiry).order_by("document", "position").values_list("received_text", flat=True)
    )


def test_there_is_as_much_as_was_asked_for():
    inquiry = generated("FIC")
    counted = [
        model.objects.filter(inquiry=inquiry).count() for model in (Session, Transcript, Submission, Passage, Quote)
    ]
    assert counted == [2, 2, 5, 60, 12]
    assert Theme.objects.filter(inquiry=inquiry).leaves().count() == 12
    assert Recommendation.objects.filter(inquiry=inquiry).count() == 18
    assert not Quote.objects.filter(inquiry=inquiry, tags=None).exists()


def test_the_same_seed_makes_the_same_words_and_another_makes_others():
    inquiry = generated("FIC")
    first, quoted = words(inquiry), list(Quote.objects.order_by("pk").values_list("text", flat=True))
    Inquiry.objects.filter(pk=inquiry.pk).update(code="OLD")
    again = generated("FIC")
    assert words(again) == first
    assert list(Quote.objects.filter(inquiry=again).order_by("pk").values_list("text", flat=True)) == quoted
    Inquiry.objects.filter(pk=again.pk).update(code="OLDER")
    assert words(generated("FIC", *FEW, "--seed=2")) != first


def test_every_quote_is_what_the_database_recorded():
    generated("FIC", "--sessions=2", "--submissions=20", "--passages=300", "--quotes=200")
    told = io.StringIO()
    call_command("verify_quotes", "--inquiry", "FIC", "--json", stdout=told)
    found = json.loads(told.getvalue())
    # Whoever made them knows which were edited, and in which a word stands that nobody said.
    meant = Counter(
        Verdict.MISMATCH if "allegedly" in text else Verdict.EDITED if "[…]" in text else Verdict.VERBATIM
        for text in Quote.objects.values_list("text", flat=True)
    )
    assert found["changed"] == 0
    assert found["quotes"] == 200
    assert {verdict: count for verdict, count in found["verdicts"].items() if count} == dict(meant)
    assert meant[Verdict.EDITED]


def test_nothing_in_it_could_be_taken_for_real():
    inquiry = generated("FIC")
    assert inquiry.title.startswith("Fictional inquiry")
    for model in (Witness, Organisation):
        names = model.objects.filter(inquiry=inquiry).values_list("name", flat=True)
        assert names
        assert all("(fictional)" in name for name in names)


def test_each_file_is_there_as_received():
    for document in Document.objects.filter(inquiry=generated("FIC")):
        with document.file.open("rb") as file:
            data = file.read()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (document.sha256, document.size)


def test_submissions_are_in_every_state_and_treated_in_every_way():
    generated("FIC", "--sessions=0", "--submissions=400", "--passages=1600", "--quotes=0")
    assert set(Submission.objects.values_list("state", flat=True)) == {
        *("received", "returned", "accepted", "decided", "published", "withdrawn")
    }
    decided = set(Submission.objects.exclude(decision="").values_list("decision", flat=True))
    assert decided == {"full", "redacted", "anonymised", "confidential"}
    # Redactions are made before it is decided so, and the words are gone for others.
    redacted = Submission.objects.filter(decision="redacted").values("pk")
    opened = Passage.objects.filter(document__submission_file__submission__in=redacted, open_text__contains="█")
    assert opened.values("document").distinct().count() == redacted.count()


def test_meetings_under_the_rule_have_insights_and_name_nobody():
    inquiry = generated("FIC", "--sessions=4", "--submissions=0", "--passages=40", "--quotes=4")
    (workshop,) = Session.objects.filter(inquiry=inquiry, kind="workshop")
    assert workshop.under_the_rule
    assert workshop.insights.count() == 3
    assert Tag.objects.filter(insight__session=workshop).count() == 3


def test_its_pages_open_for_a_member(client):
    inquiry = generated("FIC")
    client.force_login(a_person(inquiry, Role.MEMBER))
    pages = ["review:overview", "review:themes", "review:quotes", "submissions:list", "sessions:list", "witnesses:list"]
    assert {name: client.get(reverse(name, args=["FIC"])).status_code for name in pages} == dict.fromkeys(pages, 200)
    transcript = Transcript.objects.first()
    assert transcript
    page = client.get(reverse("reader:document", args=["FIC", transcript.document_id])).content.decode()
    assert "(fictional)" in page


def test_history_has_every_row_of_it():
    inquiry = generated("FIC")
    for model in (Submission, Quote, Tag, Witness):
        events = model.objects.filter(inquiry=inquiry).values("pk")
        assert (
            model._meta.get_field("events").related_model.objects.filter(pgh_obj__in=events, pgh_label="insert").count()
            == events.count()
        )


def test_a_code_that_is_taken_is_refused_in_a_sentence_and_nothing_is_made():
    generated("FIC")
    before = Passage.objects.count()
    with pytest.raises(CommandError, match="There is an inquiry with the code FIC already"):
        generated("FIC")
    assert Passage.objects.count() == before


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("--inquiry", "fic"), "two to six capital letters"),
        (("--inquiry", "FIC", "--passages=8", "--submissions=2", "--sessions=0", "--quotes=25"), "too many"),
        (("--inquiry", "FIC", "--quotes=-1"), "cannot be less than none"),
        (("--inquiry", "FIC", "--submissions=0", "--sessions=0"), "in 0 documents"),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_left(wrong, told):
    with pytest.raises(CommandError, match=told):
        call_command("generate_load", *wrong, stdout=io.StringIO())
    assert not Inquiry.objects.exists()


def test_few_words_come_often_and_many_seldom():
    said = Counter(re.findall(r"[\w’-]+", paragraph(random.Random(1), 50_000).lower()))
    (_, most), *_ = said.most_common(1)
    assert said.most_common(1)[0][0] == "the"
    assert sum(count for _, count in said.most_common(100)) > 0.4 * 50_000
    assert len(said) > 3_000
    assert most > 2_000
