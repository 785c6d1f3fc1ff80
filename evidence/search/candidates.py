"""What of each kind has the words that somebody looks for, among what that person may see, and how well it fits."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchRank, SearchVectorExact
from django.db.models import F, FloatField, Func, IntegerField, Q, QuerySet, Value

from accounts.roles import Verb, may
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


def candidates(user: Any, inquiry: Inquiry, query: Any) -> dict[str, QuerySet[Any]]:
    """For each kind, the key and the rank of what fits: all of it, or as much as is looked at (``BEST``)."""
    found = {
        "passage": _passages(user, inquiry, query),
        "quote": _quotes(user, inquiry, query),
        "submission": _named("submission", _submissions(user, inquiry, query)),
        "witness": _named("witness", _witnesses(user, inquiry, query)),
        "session": _named("session", Session.objects.visible_to(user).filter(_says("title", query), inquiry=inquiry)),
    }
    return {kind: rows.order_by().values_list("pk", "fits")[:BEST] for kind, rows in found.items()}


def means_nothing(query: Any, inquiry: Inquiry) -> bool:
    """Whether nothing is left of it: its words are so common that they stand nearly everywhere."""
    left = Func(query, function="numnode", output_field=IntegerField())
    return bool(Inquiry.objects.filter(pk=inquiry.pk).values_list(left, flat=True).get() == 0)


def _says(field: str, query: Any) -> SearchVectorExact:
    return SearchVectorExact(Words(field), query)


def _passages(user: Any, inquiry: Inquiry, query: Any) -> QuerySet[Any]:
    """Passages of written evidence, and of the version of a transcript that counts."""
    says = Q(found_by=query)
    if may(user, Verb.SEE_UNPUBLISHED, inquiry):
        says |= Q(_says("received_text", query)) & ~Q(received_text=F("open_text"))
    replaced = Transcript.objects.filter(inquiry=inquiry, replaced_at__isnull=False).order_by()
    seen = Passage.objects.visible_to(user).filter(inquiry=inquiry).exclude(document__in=replaced.values("document"))
    return seen.filter(says).annotate(fits=SearchRank(F("found_by"), query, normalization=BY_LENGTH))


def _quotes(user: Any, inquiry: Inquiry, query: Any) -> QuerySet[Any]:
    seen = Quote.objects.visible_to(user).filter(inquiry=inquiry).standing()
    rank = SearchRank(F("found_by"), query, normalization=BY_LENGTH)
    return seen.filter(found_by=query).annotate(fits=rank * QUOTED)


def _submissions(user: Any, inquiry: Inquiry, query: Any) -> QuerySet[Any]:
    """By title, or by a submitter's name, where the person may know them."""
    titled = Submission._base_manager.filter(_says("title", query), inquiry=inquiry).order_by()
    wrote = [
        Submitter._base_manager.filter(**{f"{who}__in": _called(model, inquiry, query)}).order_by().values("submission")
        for who, model in (("witness", Witness), ("organisation", Organisation))
    ]
    return Submission.objects.visible_to(user).filter(pk__in=titled.values("pk").union(*wrote), names_open=True)


def _witnesses(user: Any, inquiry: Inquiry, query: Any) -> QuerySet[Any]:
    """By name, or by the body that they spoke for."""
    bodies = _called(Organisation, inquiry, query)
    spoke = Appearance.objects.visible_to(user).filter(organisation__in=bodies).order_by().values("witness")
    return Witness.objects.visible_to(user).filter(pk__in=_called(Witness, inquiry, query).union(spoke))


def _called(model: Any, inquiry: Inquiry, query: Any) -> QuerySet[Any]:
    return model._base_manager.filter(_says("name", query), inquiry=inquiry).order_by().values("pk")


def _named(kind: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.annotate(fits=Value(NAMED[kind], output_field=FloatField()))
