"""What was found, as pages and commands show it. Each kind is read in one go, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from html import unescape
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from accounts.statements import among, kept_for, records_of
from evidence.documents.models import Passage
from evidence.quotes.citations import author_year, cite, cite_appearance, cite_session
from evidence.quotes.models import Quote
from evidence.quotes.standing import in_place, with_document
from evidence.review.evidence import in_brief, of_a_list, with_source_in
from evidence.search.candidates import Sought, filled
from evidence.submissions.at_hand import submissions_seen
from evidence.submissions.models import Submission
from evidence.witnesses.models import Appearance, Witness
from inquiry.models import CitationStyle, Inquiry, Session
from inquiry.snippets import snippet
from inquiry.words import places_of, with_marks


@dataclass(frozen=True)
class Hit:
    """One thing that was found: what it is called, where it comes from, why it fits, and where it stands."""

    kind: str
    key: int
    title: str
    place: str
    reference: str
    # Put together for files and scripts: no page has it.
    cite: Callable[[], str]
    snippet: SafeString | str
    url: str
    quote: dict[str, Any] | None = None

    @property
    def citation(self) -> str:
        return self.cite()

    @property
    def plain(self) -> dict[str, str]:
        """What a file or a script is told of it, without marks."""
        return {
            "kind": self.kind,
            "reference": self.reference,
            "citation": self.citation,
            "snippet": unescape(strip_tags(str(self.snippet))),
            "link": self.url,
        }

    @property
    def kind_said(self) -> str:
        return self.kind.capitalize()


def show(found: Iterable[tuple[str, int]], *, user: Any, inquiry: Inquiry, query: Any, words: str) -> list[Hit]:
    """The hits in their order. What the person can't see any more is left out."""
    found = list(found)
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for kind, key in found:
        keys[kind].append(key)
    made = {
        (hit.kind, hit.key): hit
        for kind, some in keys.items()
        for hit in _SHOWN[kind](some, user=user, inquiry=inquiry, query=query, words=words)
    }
    return [made[one] for one in found if one in made]


def _passages(keys: list[int], *, user: Any, inquiry: Inquiry, query: Any, words: str) -> list[Hit]:
    def rows() -> Any:
        seen = Passage.objects.visible_to(user).filter(among("keys")).order_by()
        return with_document(seen.annotate(marked=with_marks("words", Sought())))

    found = _marked(user, "passages found", rows, query, keys)
    return [_passage(each, inquiry, words) for each in in_place(found, user=user, inquiry=inquiry)]


def _marked(user: Any, called: str, rows: Callable[[], Any], query: Any, keys: list[int]) -> list[Any]:
    """The records of these keys, ``marked`` where they say what is sought."""
    kept = kept_for(user, (called, "records"), lambda: records_of(rows()))
    return replace(kept, statement=filled(kept.statement, query)).found(keys=keys)


def _passage(passage: Any, inquiry: Inquiry, words: str) -> Hit:
    place = {"at": passage.pk, "find": words}
    url = reverse("reader:document", args=[inquiry.code, passage.document_id], query=place)
    return Hit(
        kind="passage",
        key=passage.pk,
        title=passage.who,
        place=passage.place,
        reference=passage.reference,
        cite=passage.cite,
        snippet=snippet(passage.words, places_of(passage.marked)),
        url=f"{url}#p-{passage.pk}",
    )


def _quotes(keys: list[int], *, user: Any, inquiry: Inquiry, query: Any, words: str) -> list[Hit]:
    def rows() -> Any:
        return of_a_list(Quote.objects.visible_to(user).annotate(marked=with_marks("text", Sought())))

    quotes = with_source_in(inquiry, _marked(user, "quotes found", rows, query, keys))
    return [
        Hit(
            kind="quote",
            key=quote.pk,
            title=each["speaker"],
            place=each["place"],
            reference=each["place"],
            cite=partial(cite, quote),
            snippet=snippet(quote.text, places_of(quote.marked), length=len(quote.text)),
            url=each["url"],
            quote=each,
        )
        for quote, each in zip(quotes, in_brief(quotes, inquiry.code), strict=True)
    ]


def _submissions(keys: list[int], *, user: Any, inquiry: Inquiry, query: Any, words: str) -> list[Hit]:
    return [
        Hit(
            kind="submission",
            key=each.pk,
            title=each.submitted_by,
            place=each.reference,
            reference=each.reference,
            cite=partial(_cite_submission, each, inquiry),
            snippet=each.shown_title,
            url=reverse("submissions:detail", args=[inquiry.code, each.number]),
        )
        for each in submissions_seen(user, keys, inquiry).values()
    ]


def _cite_submission(submission: Submission, inquiry: Inquiry) -> str:
    """The whole of a submission, in the inquiry's style."""
    if inquiry.citation_style == CitationStyle.APPG:
        return author_year(submission)
    return cite(Quote(inquiry=inquiry, submission=submission))


def _witnesses(keys: list[int], *, user: Any, inquiry: Inquiry, query: Any, words: str) -> list[Hit]:
    heard = Prefetch(
        "appearances",
        Appearance.objects.visible_to(user).select_related("panel__session", "organisation", "witness").order_by("pk"),
        to_attr="heard",
    )
    seen = Witness.objects.visible_to(user).filter(pk__in=keys).order_by().prefetch_related(heard)
    return [
        Hit(
            kind="witness",
            key=each.pk,
            title=each.name,
            place="; ".join(dict.fromkeys(one.panel.session.name for one in each.heard)),
            reference=each.name,
            cite=partial(cite_appearance, each.heard[0]) if each.heard else partial(str, each),
            snippet="; ".join(dict.fromkeys(one.organisation.name for one in each.heard if one.organisation)),
            url=reverse("witnesses:detail", args=[inquiry.code, each.pk]),
        )
        for each in seen
    ]


def _sessions(keys: list[int], *, user: Any, inquiry: Inquiry, query: Any, words: str) -> list[Hit]:
    return [
        Hit(
            kind="session",
            key=each.pk,
            title=each.title,
            place=", ".join(part for part in (each.name, each.said_date) if part),
            reference=each.name,
            cite=partial(cite_session, each),
            snippet="",
            url=reverse("sessions:detail", args=[inquiry.code, each.pk]),
        )
        for each in Session.objects.visible_to(user).filter(pk__in=keys).order_by()
    ]


_SHOWN = {
    "passage": _passages,
    "quote": _quotes,
    "submission": _submissions,
    "witness": _witnesses,
    "session": _sessions,
}
