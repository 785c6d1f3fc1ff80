"""What of each kind has the words that somebody looks for, among what that person may see, and how well it fits.

Each kind is a statement that is put together once for a person, with a place for what is sought.
"""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorExact
from django.db import connection
from django.db.models import F, FloatField, Func, IntegerField, Q, QuerySet, Value

from accounts.roles import Verb, may
from accounts.statements import Statement, compiled, kept_for
from evidence.documents.models import Passage
from evidence.quotes.models import Quote
from evidence.submissions.models import Submission, Submitter
from evidence.transcripts.models import Transcript
from evidence.witnesses.models import Appearance, Organisation, Witness
from inquiry.models import Inquiry, Session
from inquiry.words import Words

BEST = 2_000
# What is called so stands before what says so; a quote before the passage from which it was taken.
NAMED = {"witness": 4.0, "session": 3.0, "submission": 2.0}
QUOTED = 1.5
BY_LENGTH = 1

# What the statement of each kind gives.
COLUMNS = {
    "passage": ("pk", "fits", "submission_id", "session_id", "transcript_id", "corrected", "position", "speaker"),
    "quote": ("pk", "fits", "submission_id", "panel_id", "appearance_id", "first_passage_id"),
    **dict.fromkeys(NAMED, ("pk", "fits")),
}
_TYPES = {"fits": "float", "corrected": "boolean", "position": "integer", "speaker": "varchar"}

# It stands in the statements where what is sought is put: there is no such function.
_PLACE, _SOUGHT = "what_is_sought(%s)", "what is sought"


class Sought(SearchQuery):
    """What is sought, in a query that is put together once."""

    def __init__(self) -> None:
        super().__init__(_SOUGHT)

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        return _PLACE, [_SOUGHT]


def filled(statement: Statement, query: Any) -> Statement:
    """The statement with what is sought in its places."""
    compiler = Inquiry.objects.all().query.get_compiler(connection=connection)
    sought, its_values = compiler.compile(query.resolve_expression(compiler.query))
    values = (its_values if value == _SOUGHT else [value] for value in statement.values)
    return Statement(statement.sql.replace(_PLACE, sought), tuple(chain.from_iterable(values)))


def candidates(user: Any, inquiry: Inquiry) -> dict[str, Statement]:
    """For each kind, the key and the rank of what fits: all of it, or as much as is looked at (``BEST``)."""
    return kept_for(user, ("candidates", inquiry.pk), lambda: _candidates(user, inquiry))


def any_fits(query: Any, user: Any, inquiry: Inquiry) -> bool:
    """Whether there is anything, of any kind."""
    kinds = candidates(user, inquiry).values()
    sql = f"SELECT {' OR '.join(f'EXISTS ({kind.sql})' for kind in kinds)}"
    statement = Statement(sql, tuple(value for kind in kinds for value in kind.values))
    ((any_of_them,),) = filled(statement, query).rows()
    return bool(any_of_them)


def means_nothing(query: Any, inquiry: Inquiry) -> bool:
    """Whether nothing is left of it: its words are so common that they stand nearly everywhere."""
    left = Func(query, function="numnode", output_field=IntegerField())
    return bool(Inquiry.objects.filter(pk=inquiry.pk).values_list(left, flat=True).get() == 0)


def _candidates(user: Any, inquiry: Inquiry) -> dict[str, Statement]:
    sessions = Session.objects.visible_to(user).filter(_says("title"), inquiry=inquiry)
    return {
        "passage": _passages(user, inquiry),
        "quote": _quotes(user, inquiry),
        "submission": _named("submission", _submissions(user, inquiry)),
        "witness": _named("witness", _witnesses(user, inquiry)),
        "session": _named("session", sessions),
    }


def _passages(user: Any, inquiry: Inquiry) -> Statement:
    """Passages of written evidence, and of the version of a transcript that counts, with which of them each is of.

    Whoever may see that may see its document. It is joined, for what a passage is of is counted as well.
    """
    written = Submission.objects.visible_to(user).order_by().values("pk")
    heard = Transcript.objects.visible_to(user).current().order_by().values("pk")
    seen = Q(document__submission_file__submission__in=written) | Q(document__transcript__in=heard)
    says = Q(found_by=Sought())
    if may(user, Verb.SEE_UNPUBLISHED, inquiry):
        says |= Q(_says("received_text")) & ~Q(received_text=F("open_text"))
    found = Passage.objects.filter(seen, says, inquiry=inquiry).order_by()
    transcript = ("document__transcript__session", "document__transcript", "document__transcript__corrected")
    of = ("document__submission_file__submission", *transcript, "position", "speaker")
    return compiled(found.values_list("pk", _fits(), *of)[:BEST], none=_none("passage"))


def _quotes(user: Any, inquiry: Inquiry) -> Statement:
    """Quotes that stand, with where they were taken from."""
    found = Quote.objects.visible_to(user).filter(inquiry=inquiry, found_by=Sought()).standing().order_by()
    found = found.values_list("pk", _fits() * QUOTED, "submission", "panel", "appearance", "first_passage")
    return compiled(found[:BEST], none=_none("quote"))


def _submissions(user: Any, inquiry: Inquiry) -> QuerySet[Any]:
    """By title, or by a submitter's name, where the person may know them."""
    titled = Submission._base_manager.filter(_says("title"), inquiry=inquiry).order_by()
    wrote = [
        Submitter._base_manager.filter(**{f"{who}__in": _called(model, inquiry)}).order_by().values("submission")
        for who, model in (("witness", Witness), ("organisation", Organisation))
    ]
    return Submission.objects.visible_to(user).filter(pk__in=titled.values("pk").union(*wrote), names_open=True)


def _witnesses(user: Any, inquiry: Inquiry) -> QuerySet[Any]:
    """By name, or by the body that they spoke for."""
    bodies = _called(Organisation, inquiry)
    spoke = Appearance.objects.visible_to(user).filter(organisation__in=bodies).order_by().values("witness")
    return Witness.objects.visible_to(user).filter(pk__in=_called(Witness, inquiry).union(spoke))


def _called(model: Any, inquiry: Inquiry) -> QuerySet[Any]:
    return model._base_manager.filter(_says("name"), inquiry=inquiry).order_by().values("pk")


def _named(kind: str, rows: QuerySet[Any]) -> Statement:
    fits = Value(NAMED[kind], output_field=FloatField())
    return compiled(rows.order_by().values_list("pk", fits)[:BEST], none=_none(kind))


def _none(kind: str) -> str:
    return ", ".join(f"NULL::{_TYPES.get(column, 'bigint')}" for column in COLUMNS[kind])


def _says(field: str) -> SearchVectorExact:
    return SearchVectorExact(Words(field), Sought())


def _fits() -> SearchRank:
    return SearchRank(F("found_by"), Sought(), normalization=BY_LENGTH)
