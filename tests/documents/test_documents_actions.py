"""Documents are kept as received, read once into passages, redacted, and picked up when a worker was lost."""

import datetime as dt
import hashlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.refusals import Refused
from accounts.roles import CONSOLE, NotAllowed, Role
from evidence.documents.actions import AlreadyKept, keep_document, lift_redaction, read_again, read_document, redact
from evidence.documents.models import Document, Passage, Redaction
from evidence.documents.tasks import sweep
from inquiry import jobs
from inquiry.jobs import ATTEMPTS
from inquiry.models import Inquiry
from inquiry.models.jobs import JobState
from tests.builders import a_person, a_submission, an_inquiry, passages

WORDS = b"1. Our street has a hall.\r\n\r\n2. Nobody has the key.\r\n"
LONG_AGO = dt.timedelta(hours=1)


def kept(inquiry: Inquiry | None = None, name: str = "letter.txt", data: bytes = WORDS) -> Document:
    return keep_document(inquiry=inquiry or an_inquiry(), name=name, data=data, by=CONSOLE)


@pytest.mark.django_db
def test_a_file_is_kept_byte_for_byte_under_a_path_that_tells_no_name() -> None:
    document = kept(name="jane-example.txt")
    with document.file.open("rb") as file:
        assert file.read() == WORDS
    assert document.sha256 == hashlib.sha256(WORDS).hexdigest()
    assert (document.size, document.kind, document.state) == (len(WORDS), "text", JobState.WAITING)
    assert "jane" not in str(document.file.name)


@pytest.mark.django_db
def test_what_was_kept_cannot_be_changed() -> None:
    document = kept()
    for change in ({"sha256": "0" * 64}, {"name": "other.txt"}, {"size": 1}, {"file": "elsewhere"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**change)


@pytest.mark.django_db
def test_the_same_bytes_again_are_refused_with_the_name_they_have() -> None:
    first = kept()
    with pytest.raises(AlreadyKept, match="as “letter") as refused:
        kept(first.inquiry, name="other.txt")
    assert refused.value.document == first
    assert kept(an_inquiry()).sha256 == first.sha256


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_from_two_clerks_at_once_are_kept_once() -> None:
    inquiry, together = an_inquiry(), Barrier(4)

    def keep(n: int) -> str:
        try:
            together.wait(timeout=30)
            return keep_document(inquiry=inquiry, name=f"{n}.txt", data=WORDS, by=CONSOLE).name
        except AlreadyKept:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as clerks:
        names = list(clerks.map(keep, range(4)))
    document = Document.objects.get()
    assert sorted(names) == ["", "", "", document.name]
    with document.file.open("rb") as file:
        assert file.read() == WORDS


@pytest.mark.django_db
def test_bytes_left_over_by_a_receipt_that_was_undone_are_not_taken_for_the_file() -> None:
    inquiry = an_inquiry()
    with transaction.atomic():
        document = kept(inquiry)
        transaction.set_rollback(True)
    with document.file.storage.open(document.file.name, "wb") as file:
        file.write(b"cut sh")
    again = kept(inquiry)
    assert again.file.name == document.file.name
    with again.file.open("rb") as file:
        assert file.read() == WORDS


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture"),
        (b"<?xml version='1.0'?><words/>", "XML"),
        (b"\x00\x01\x02", "not a doc"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        kept(data=data)
    assert not Document.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
def test_only_the_secretariat_keeps_redacts_and_reads_again(role: Role) -> None:
    inquiry = an_inquiry()
    person, submission = a_person(inquiry, role), a_submission(inquiry)
    with pytest.raises(NotAllowed):
        keep_document(inquiry=inquiry, name="a.txt", data=WORDS, by=person)
    with pytest.raises(NotAllowed):
        read_again(document=Document.objects.get(), by=person)
    with pytest.raises(NotAllowed):
        redact(passage=passages(submission)[0], start=0, end=1, reason="A name.", by=person)


@pytest.mark.django_db
def test_a_file_is_read_once_whoever_is_told_to() -> None:
    document = kept()
    for _ in range(3):
        read_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.progress, document.attempts) == (JobState.DONE, 100, 1)
    said = document.passages.values_list("position", "number", "received_text", "open_text")
    assert list(said) == [
        (1, "1", "Our street has a hall.", "Our street has a hall."),
        (2, "2", "Nobody has the key.", "Nobody has the key."),
    ]


@pytest.mark.django_db
def test_a_reading_that_fails_says_why_and_can_be_tried_again() -> None:
    document = kept(data=b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")
    read_document(document.pk)
    document.refresh_from_db()
    assert document.state == JobState.FAILED
    assert document.error.endswith(".")
    read_again(document=document, by=CONSOLE)
    with pytest.raises(Refused, match="Only a file whose reading failed"):
        read_again(document=document, by=CONSOLE)


@pytest.mark.django_db
def test_a_reading_whose_worker_was_lost_is_begun_afresh() -> None:
    document = kept()
    assert Document.objects.claim(document.pk)
    read_document(document.pk)
    assert not document.passages.exists()
    Document.objects.filter(pk=document.pk).update(seen_at=timezone.now() - LONG_AGO)
    read_document(document.pk)
    assert document.passages.count() == 2


@pytest.mark.django_db
def test_the_sweep_picks_up_what_nobody_works_on_and_leaves_the_rest() -> None:
    inquiry = an_inquiry()
    never_begun, silent, fresh = (kept(inquiry, data=WORDS + bytes([65 + n])) for n in range(3))
    Document.objects.filter(pk=never_begun.pk).update(asked_at=timezone.now() - LONG_AGO)
    assert Document.objects.claim(silent.pk)
    Document.objects.filter(pk=silent.pk).update(seen_at=timezone.now() - LONG_AGO)
    sweep()
    states = dict(Document.objects.values_list("pk", "state"))
    assert states == {never_begun.pk: JobState.DONE, silent.pk: JobState.DONE, fresh.pk: JobState.WAITING}


@pytest.mark.django_db
def test_the_sweep_gives_up_in_a_sentence() -> None:
    document = kept()
    Document.objects.filter(pk=document.pk).update(
        state=JobState.RUNNING, attempts=ATTEMPTS, seen_at=timezone.now() - LONG_AGO
    )
    sweep()
    document.refresh_from_db()
    assert document.state == JobState.FAILED
    assert "never finished" in document.error


@pytest.mark.django_db
def test_redacted_words_are_blacked_out_for_others_and_come_back_when_it_is_lifted() -> None:
    inquiry = an_inquiry()
    submission = a_submission(inquiry, text="1. Jane Example has the key.\n")
    passage = passages(submission)[0]
    member, clerk = a_person(inquiry, Role.MEMBER), a_person(inquiry, Role.CLERK)
    redaction = redact(passage=passage, start=0, end=12, reason="A name.", by=clerk)

    def words(person: object) -> str:
        return Passage.objects.visible_to(person).get(pk=passage.pk).words

    assert words(member) == "████████████ has the key."
    assert words(clerk) == "Jane Example has the key."
    lift_redaction(redaction=redaction, by=clerk)
    assert words(member) == "Jane Example has the key."


@pytest.mark.django_db
def test_a_redaction_needs_a_reason_and_lies_within_its_passage() -> None:
    passage = passages(a_submission(an_inquiry()))[0]
    with pytest.raises(Refused, match="Say why"):
        redact(passage=passage, start=0, end=1, reason=" ", by=CONSOLE)
    with pytest.raises(Refused, match="lies within its passage"):
        redact(passage=passage, start=0, end=10_000, reason="A name.", by=CONSOLE)
    with pytest.raises(IntegrityError, match="redacts_words"), transaction.atomic():
        redact(passage=passage, start=3, end=3, reason="A name.", by=CONSOLE)


@pytest.mark.django_db
def test_the_words_of_a_passage_stand() -> None:
    passage = passages(a_submission(an_inquiry()))[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        Passage.objects.filter(pk=passage.pk).update(received_text="What was never said.")


@pytest.mark.django_db
def test_what_is_redacted_stays_black_whoever_writes() -> None:
    first, second = passages(a_submission(an_inquiry()))[:2]
    redaction = redact(passage=first, start=4, end=10, reason="A name.", by=CONSOLE)
    for words in (F("received_text"), "Our street has a hall"):
        Passage.objects.filter(pk=first.pk).update(open_text=words)
        first.refresh_from_db()
        assert first.open_text == "Our ██████ has a hall and nobody has the key."
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Redaction.objects.filter(pk=redaction.pk).update(passage=second)
    lift_redaction(redaction=redaction, by=CONSOLE)
    first.refresh_from_db()
    assert first.open_text == first.received_text


@pytest.mark.django_db(transaction=True)
def test_a_slow_job_is_not_taken_for_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    document = kept()
    mine = Document.objects.filter(pk=document.pk)
    mine.update(state=JobState.RUNNING, seen_at=timezone.now() - LONG_AGO)
    assert mine.dropped()
    monkeypatch.setattr(jobs, "SEEN_EVERY", dt.timedelta(milliseconds=20))
    with jobs.working_on(Document.objects.all(), document.pk):
        for _ in range(500):
            if not mine.dropped():
                break
            time.sleep(0.02)
        assert not Document.objects.claim(document.pk)
    Document.objects.finish(document.pk)


@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_over_is_seen_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    document, others = kept(), threading.active_count()
    monkeypatch.setattr(jobs, "SEEN_EVERY", dt.timedelta(milliseconds=20))
    with pytest.raises(ZeroDivisionError), jobs.working_on(Document.objects.all(), document.pk):
        raise ZeroDivisionError
    for _ in range(500):
        if threading.active_count() <= others:
            break
        time.sleep(0.02)
    assert threading.active_count() <= others
    assert Document.objects.get().state == JobState.FAILED
