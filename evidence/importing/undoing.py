"""An import ceases to be, as one, while nothing builds on it. Its references stay given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.files.storage import Storage
from django.db import IntegrityError, models, transaction
from pghistory.models import Event

from accounts.refusals import Refused
from evidence.documents.models import Document, Passage
from evidence.importing.carrying import AT_ONCE, Say, signs_of
from evidence.importing.models import Batch, BatchRow, Outcome
from evidence.submissions.models import Submission
from evidence.witnesses.models import Organisation, Witness

SHOWN = 20
# What an import makes of a submission itself, and what is computed of it without anybody.
_ITS_OWN = {"submitters", "files", "steps", "decisions", "likeness"}
USED = "Somebody has begun to use what it brought, meanwhile. Look at the import again."


def builds_on(batch: Batch) -> list[str]:
    """Why an import cannot be undone as one: what has been made of what it brought, in a sentence each."""
    found: list[str] = []
    for each in _reasons(batch):
        if each not in found:
            found.append(each)
        if len(found) == SHOWN:
            break
    return found


def _reasons(batch: Batch) -> Iterator[str]:
    lines = BatchRow.objects.filter(batch=batch).exclude(submission=None)
    new = list(lines.filter(outcome=Outcome.NEW).values_list("submission", "reference", "left_as").order_by("number"))
    reference = {pk: batch.inquiry.reference(number) for pk, number, _ in new}
    for chunk in _chunks(new):
        signs = dict(signs_of([pk for pk, _, _ in chunk]))
        yield from (f"{reference[pk]} was changed since." for pk, _, left_as in chunk if signs.get(pk) != left_as)
        for relation in _relations(Submission):
            if relation.get_accessor_name() not in _ITS_OWN:
                for pk in _pointing(relation, [pk for pk, _, _ in chunk], batch):
                    yield f"{reference[pk]} has {_called(relation)}."
    for documents in _chunks(brought_by(batch)):
        passages = Passage.objects.filter(document__in=documents)
        for relation in _relations(Passage):
            for document in _pointing(relation, passages.values("pk"), batch, "document"):
                yield f"“{Document.objects.get(pk=document)}” has {_called(relation)}."


def _relations(model: type[models.Model]) -> list[Any]:
    """What points at the records of a model, but for their history."""
    relations = model._meta.related_objects
    return [each for each in relations if not issubclass(each.related_model, Event)]


def _pointing(relation: Any, at: Any, batch: Batch, through: str = "") -> Iterable[int]:
    """The records that something of the relation points at."""
    field = relation.field.name
    rows = relation.related_model._base_manager.filter(**{f"{field}__in": at})
    if relation.related_model is BatchRow:
        rows = rows.exclude(batch=batch).exclude(outcome=Outcome.SAME)
    return rows.order_by().values_list(f"{field}__{through}" if through else field, flat=True).distinct()


def _called(relation: Any) -> str:
    return "a later import" if relation.related_model is BatchRow else relation.related_model._meta.verbose_name_plural


def _chunks(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]


@transaction.atomic
def take_out(batch: Batch, say: Say) -> None:
    """Removes what the import brought: its submissions with their files and words, and whoever was named only there.

    :raises Refused: when something builds on it.
    """
    if reasons := builds_on(batch):
        raise Refused(reasons[0])
    lines = BatchRow.objects.filter(batch=batch).exclude(submission=None)
    documents = brought_by(batch)
    submissions = list(lines.filter(outcome=Outcome.NEW).values_list("submission", flat=True))
    printed = Submission.objects.filter(pk__in=submissions).may_be_printed().exists()
    try:
        for count, some in enumerate(_chunks(documents)):
            say(5 + 60 * count * AT_ONCE // max(1, len(documents)), "Removing files and their words")
            _remove_documents(some)
        for some in _chunks(submissions):
            say(70, "Removing submissions")
            Submission.objects.filter(pk__in=some).delete()
        for model, pks in ((Organisation, batch.new_organisations), (Witness, batch.new_people)):
            unused = model.objects.filter(pk__in=pks)
            for relation in _relations(model):
                pointing = relation.related_model._base_manager.filter(**{relation.field.name: models.OuterRef("pk")})
                unused = unused.exclude(models.Exists(pointing))
            unused.delete()
    except (models.ProtectedError, IntegrityError) as error:
        raise Refused(USED) from error
    if printed:
        batch.inquiry.exports.recall("Submissions that it may hold were removed after this was made.")


def brought_by(batch: Batch) -> list[int]:
    """The documents that came in with an import, and those that came in with them."""
    lines = BatchRow.objects.filter(batch=batch)
    brought = [pk for line in lines.values_list("documents", flat=True) for pk in line]
    return brought + list(Document.objects.filter(came_in__in=brought).values_list("pk", flat=True))


def _remove_documents(pks: Sequence[int]) -> None:
    documents = Document.objects.filter(pk__in=pks)
    storage = Document._meta.get_field("file").storage
    names = list(documents.values_list("file", flat=True))
    Passage.objects.filter(document__in=documents).delete()
    documents.delete()
    transaction.on_commit(lambda: _forget(storage, names))


def _forget(storage: Storage, names: Sequence[str]) -> None:
    """The bytes of files that no record has any more."""
    kept = set(Document.objects.filter(file__in=names).values_list("file", flat=True))
    for name in names:
        if name not in kept:
            storage.delete(name)
