"""What the text cites and what is listed: research by author and year, written evidence by its reference."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Lower

from evidence.quotes.models import Quote
from evidence.submissions.models import Submission
from inquiry.changes import sign
from inquiry.models import ReferenceWork
from report.readiness.findings import Asked, Finding

# An author and a year as Harvard has them: ``(Power to Change, 2023)``, ``(Bell et al., 2021, p. 4)``.
# Python and PostgreSQL read it alike.
_NAME = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'&.-]*"
_BETWEEN = r"and|&|at|de|der|for|in|of|on|the|to|van|von|with|et\s+al\.?"
CITED = rf"({_NAME}(?:\s+(?:{_BETWEEN}|{_NAME}))*),?\s+\(?((?:19|20)\d\d[a-z]?)(?=[);]|,\s*pp?\.)"
# Before a year in brackets these are no authors: a date, a law.
NO_AUTHOR = frozenset(
    "january february march april may june july august september october november december "  # noqa: SIM905
    "spring summer autumn winter act bill census".split()
)
# A sentence may begin with one of these before an author.
FIRST_WORDS = frozenset(
    "a an and also as but by for from in like of on see since so than the then though to while with".split()  # noqa: SIM905
)
MOST_CITED = 2_000


def cited_not_listed(asked: Asked) -> list[Finding]:
    """A work is cited in a recommendation or a quote, and is neither a reference nor written evidence."""
    listed = {called for work in _works(asked) for called in _called(work)}
    missing = [each for each in _cited(asked) if not any(_plain(form) in listed for form in _forms(*each))]
    written = _written(asked, missing)
    found = []
    for author, year in missing:
        # A letter tells apart several submissions of one author and year.
        if any(_plain(form) in written for form in _forms(author, year.rstrip("abcdefghijklmnopqrstuvwxyz"))):
            continue
        says = f"{author} ({year})"
        url = asked.url("inquiry:references")
        found.append(Finding(_plain(says)[:200], sign(says), says, url, says[:300]))
    return found


def listed_not_cited(asked: Asked) -> list[Finding]:
    """A reference is cited in no recommendation and no quote, and nobody has noted what it is used for."""
    cited = {_plain(form) for author, year in _cited(asked) for form in _forms(author, year)}
    found = []
    for work in _works(asked):
        if not work.used_for.strip() and not _called(work) & cited:
            url = asked.url("inquiry:reference_edit", work.pk)
            found.append(Finding(str(work.pk), sign(work.author, work.year, work.key), str(work), url, str(work)[:300]))
    return found


def evidence_not_there(asked: Asked) -> list[Finding]:
    """A recommendation names written evidence that does not exist, or that may not be printed."""
    code = asked.inquiry.code
    named = re.compile(rf"\b{re.escape(code)}[\s\-/]*(\d{{1,6}})\b", re.IGNORECASE)
    wanted = {
        (one.pk, int(number)): one
        for one in asked.recommendations
        for number in named.findall(f"{one.title}\n{one.text}")
    }
    numbers = {number for _, number in wanted}
    there = asked.seen(Submission).filter(number__in=numbers).may_be_printed()
    printable = set(there.values_list("number", flat=True))
    return [
        Finding(
            f"{pk}:{number}",
            sign(number),
            f"{asked.inquiry.reference(number)}, named in {one}",
            asked.url("review:recommendation_edit", pk),
            f"{asked.inquiry.reference(number)} in recommendation {one.label}",
        )
        for (pk, number), one in wanted.items()
        if number not in printable
    ]


def _works(asked: Asked) -> list[ReferenceWork]:
    return asked.once("works", lambda: list(asked.seen(ReferenceWork)))


def _called(work: ReferenceWork) -> set[str]:
    """How a work may be cited: by its key, or by its author and year."""
    return {_plain(work.key), _plain(f"{work.author} {work.year}")}


def _cited(asked: Asked) -> list[tuple[str, str]]:
    """Every author and year that recommendations and quotes cite, each once, in their order."""
    return asked.once("cited", lambda: _find(asked))


def _find(asked: Asked) -> list[tuple[str, str]]:
    said = "\n".join(f"{one.title}\n{one.text}\n{one.answer}" for one in asked.recommendations)
    found = {(author, year) for author, year in re.findall(CITED, said)}
    each = Func(F("text"), Value(CITED), Value("g"), function="regexp_matches", output_field=ArrayField(TextField()))
    quotes = asked.seen(Quote).standing().filter(text__regex=r"(19|20)\d\d[a-z]?[);,]").order_by()
    found |= {(author, year) for author, year in quotes.values_list(each, flat=True).distinct()[:MOST_CITED]}
    return sorted({(author, year) for author, year in map(_tidied, found) if author})


def _tidied(cited: Iterable[str]) -> tuple[str, str]:
    author, year = cited
    words = author.split()
    while words and words[0].casefold() in FIRST_WORDS:
        words.pop(0)
    return ("" if not words or words[-1].casefold() in NO_AUTHOR else " ".join(words)), year


def _forms(author: str, year: str) -> list[str]:
    """The name with ever fewer words before it: what begins a sentence may have been taken for a part of it."""
    words = author.split()
    return [f"{' '.join(words[n:])} {year}" for n in range(len(words))]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("&", " and ")))


def _written(asked: Asked, cited: list[tuple[str, str]]) -> set[str]:
    """Of what is cited, the written evidence that may be printed, by author and year."""
    authors = {form.rpartition(" ")[0].casefold() for author, year in cited for form in _forms(author, year)}
    if not authors:
        return set()
    theirs = asked.seen(Submission).filter(received_on__isnull=False).may_be_printed()
    found = set()
    for kind in ("witness", "organisation"):
        named = theirs.annotate(by=Lower(f"submitters__{kind}__name")).filter(by__in=authors, names_open=True)
        found |= {_plain(f"{by} {year}") for by, year in named.values_list("by", "received_on__year")}
    return found
