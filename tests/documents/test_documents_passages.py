"""Passages are written many at once, and the rules of each row hold as if it had come alone."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.roles import CONSOLE
from evidence.documents.actions import keep_document, keep_passages
from evidence.documents.models import Document, Passage
from evidence.documents.reading import ReadPassage
from inquiry.models import Inquiry
from tests.builders import an_inquiry

pytestmark = pytest.mark.django_db

WORDS = ("A\ttab, a \\ backslash and a \\N.", "“Quoted”; then, NULL", "\\.", "👩‍👩‍👧 é é", "Two\nlines.", " ")


def a_document(inquiry: Inquiry) -> Document:
    return keep_document(inquiry=inquiry, name="letter.txt", data=b"Words.", by=CONSOLE)


def written(document: Document, *words: str, kind: str = "paragraph") -> int:
    read = [ReadPassage(kind, str(n), text, page=n, level=1) for n, text in enumerate(words, start=1)]
    return keep_passages(document=document, passages=read)


def test_every_word_comes_out_as_it_went_in() -> None:
    document = a_document(an_inquiry())
    assert written(document, *WORDS) == len(WORDS)
    passages = list(Passage.objects.filter(document=document))
    assert [p.received_text for p in passages] == [p.open_text for p in passages] == list(WORDS)
    first = passages[0]
    assert (first.position, first.kind, first.level, first.number, first.page) == (1, "paragraph", 1, "1", 1)
    assert first.inquiry_id == document.inquiry_id
    assert first.created_at


@pytest.mark.parametrize(("words", "kind"), [(["A word.", ""], "paragraph"), (["A word."], "sonnet")])
def test_a_row_that_breaks_a_rule_takes_all_of_them_back(words: list[str], kind: str) -> None:
    document = a_document(an_inquiry())
    with pytest.raises(DatabaseError), transaction.atomic():
        written(document, *words, kind=kind)
    assert not document.passages.exists()


def test_the_same_document_is_not_written_twice() -> None:
    document = a_document(an_inquiry())
    written(document, "A word.")
    with pytest.raises(DatabaseError, match="one_passage_per_place"), transaction.atomic():
        written(document, "Another word.")


def test_a_passage_is_of_its_documents_inquiry_whoever_writes_it() -> None:
    document, elsewhere = a_document(an_inquiry()), an_inquiry()
    with connection.cursor() as sql:
        sql.execute("SET CONSTRAINTS passage_of_its_document IMMEDIATE")
    for document_id in (document.pk, document.pk + 1000):
        stranger = Passage(inquiry=elsewhere, document_id=document_id, position=1, received_text="Words.")
        with pytest.raises(DatabaseError, match="passage_of_its_document"), transaction.atomic():
            Passage.objects.bulk_create([stranger])


def test_what_is_said_to_be_open_of_a_new_passage_is_all_of_it() -> None:
    document = a_document(an_inquiry())
    for position, open_text in enumerate(("", "█████"), start=1):
        Passage.objects.create(
            inquiry=document.inquiry,
            document=document,
            position=position,
            received_text="Words.",
            open_text=open_text,
        )
    assert set(document.passages.values_list("open_text", flat=True)) == {"Words."}
