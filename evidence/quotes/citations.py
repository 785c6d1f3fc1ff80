"""How a quote is cited, in each of the three styles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from string import ascii_lowercase
from typing import Any

from django.db.models import Q

from accounts.statements import Statement, compiled, kept_for, keys_given, names_given
from evidence.quotes.models import Quote
from evidence.quotes.rows import Cited
from evidence.submissions.life import Treatment
from evidence.submissions.models import Submission, Submitter
from evidence.submissions.rows import Received
from evidence.witnesses.models import Appearance, Witness
from inquiry.models import CitationStyle, Session
from inquiry.numbers import in_words


def cite(quote: Quote, style: str = "", letter: str = "") -> str:
    """The citation printed under a quote, in the inquiry's style unless another is asked for.

    It names only whom a report may name: the submitter of an anonymised submission is "Anonymous" in it. ``letter``
    tells apart several submissions of one author and year, where the citation is by author and year.
    """
    return cite_in(style or quote.inquiry.citation_style, quote, letter)


def cite_in(style: str, quote: Cited, letter: str = "") -> str:
    """The citation in this style."""
    if quote.submission:
        return cite_submission(quote.submission, style, letter, paragraphs(quote))
    return _oral(quote, style)


def citations(quote: Quote, letter: str = "") -> list[tuple[str, str, bool]]:
    """The citation in each style, the inquiry's own first: whose style it is, how it cites, and whether it is ours."""
    ours = quote.inquiry.citation_style
    styles = sorted(CitationStyle, key=lambda style: style != ours)
    return [(str(style.label), cite(quote, style, letter), style == ours) for style in styles]


def _oral(quote: Cited, style: str) -> str:
    session = quote.session
    if style == CitationStyle.APPG:
        return _heard(speaker(quote), session)
    who = quote.appearance.witness.name if quote.appearance else "Witness"
    if quote.first_passage:
        # The Commons name people as the transcript does, "Professor Yates"; the Lords in full, as their list has them.
        in_full = style == CitationStyle.LORDS and quote.appearance
        return _answered(who if in_full else quote.first_passage.speaker, quote.questions, session.name, style)
    return _answered(who, None, f"Session {session.number}" if session.number else session.title, style)


def _answered(who: str, questions: tuple[int, int] | None, session: str, style: str) -> str:
    """``Q85 [Name]`` in the Commons, ``Q 78 (Name)`` in the Lords; the session where no question is known."""
    commons = style == CitationStyle.COMMONS
    where = _questions(questions, commons) if questions else session
    return f"{where} [{who}]" if commons else f"{where} ({who})"


def _questions(questions: tuple[int, int], commons: bool) -> str:
    """``Q85`` and ``Qq12-14`` in the Commons, ``Q 78`` and ``QQ 45-56`` in the Lords."""
    first, last = questions
    if first == last:
        return f"Q{first}" if commons else f"Q {first}"
    return f"Qq{first}-{last}" if commons else f"QQ {first}-{last}"


def _heard(who: str, session: Session) -> str:
    if session.number:
        return f"{who}, oral evidence to inquiry session {in_words(session.number)}"
    return f"{who}, {session.title}"


def cite_appearance(
    appearance: Appearance, style: str = CitationStyle.APPG, questions: tuple[int, int] | None = None
) -> str:
    """All that a witness said at a session: ``Jane Example, Example Trust, oral evidence to inquiry session two``.

    Both Houses name the questions of the panel, where they are known.
    """
    session = appearance.panel.session
    if style == CitationStyle.APPG:
        return _heard(appearance.described, session)
    return _answered(appearance.witness.name, questions, session.name if session.number else session.title, style)


def cite_session(session: Session) -> str:
    """All that was said at a session: ``Inquiry session two, Levelling up economic outcomes``."""
    return f"Inquiry session {in_words(session.number)}, {session.title}" if session.number else session.title


def cite_submission(submission: Received, style: str, letter: str = "", place: str = "") -> str:
    """Written evidence: by author and year, or by its reference, in the Commons with the place in it."""
    if style == CitationStyle.APPG:
        return author_year(submission, letter)
    who = submission.printed_submitters
    if style == CitationStyle.COMMONS:
        return f"{who} ({submission.reference}){' ' if place else ''}{place}"
    return f"Written evidence from {who} ({submission.reference})"


def author_year(submission: Received, letter: str = "") -> str:
    """A submission by author and year: ``Power to Change (2023)``; ``(2023a)`` where its author has several."""
    year = submission.received_on.year if submission.received_on else "n.d."
    return f"{submission.printed_submitters} ({year}{letter})"


def letters(submissions: Iterable[Received]) -> dict[int, str]:
    """The letter that tells apart submissions of one author and year: ``2023a``, ``2023b``. Of all that are printed."""
    return _told_apart((submission.pk, author_year(submission)) for submission in submissions)


def _told_apart(submissions: Iterable[tuple[int, Any]]) -> dict[int, str]:
    """Letters for those keys beside which the same stands, in their order."""
    alike: dict[Any, list[int]] = defaultdict(list)
    for pk, said in submissions:
        alike[said].append(pk)
    return {pk: _letter(n) for pks in alike.values() if len(pks) > 1 for n, pk in enumerate(pks)}


def _letter(n: int) -> str:
    """a … z, aa, ab, …"""
    return (_letter(n // 26 - 1) if n >= 26 else "") + ascii_lowercase[n % 26]


def letters_of(submissions: Iterable[Submission | None], user: Any) -> dict[int, str]:
    """The letters that submissions have in print, looked for among all that may have the same author and year."""
    asked = [submission for submission in submissions if submission]
    if not asked:
        return {}
    inquiry, years = (
        asked[0].inquiry_id,
        {submission.received_on.year for submission in asked if submission.received_on},
    )
    named = [submission for submission in asked if submission.names_may_be_printed]
    letter = _told_apart(_by_author(_rows_of_authors(named, list(years), user, inquiry))) if named else {}
    if len(named) < len(asked):
        # Thousands may be anonymous: they are told apart by their year alone.
        alike = Q(received_on__year__in=years) | Q(received_on=None)
        nameless = _printed(user, inquiry).filter(alike, decision=Treatment.ANONYMISED).order_by("number")
        letter |= _told_apart(nameless.values_list("pk", "received_on__year"))
    return letter


def _printed(user: Any, inquiry: int) -> Any:
    return Submission.objects.visible_to(user).may_be_printed().filter(inquiry=inquiry)


def _by_author(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
    """The submissions in their order, each with its year and its submitters."""
    return ((pk, tuple(row[1:] for row in together)) for pk, together in groupby(rows, itemgetter(0)))


def _rows_of_authors(named: Sequence[Submission], years: list[int], user: Any, inquiry: int) -> list[tuple[Any, ...]]:
    """A row for each author of the submissions that name one of the same; or nobody, where one of these does."""
    authors = [author for each in named for author in each.authors]
    people = {author.witness.name for author in authors if author.witness}
    bodies = {author.organisation_id for author in authors if author.organisation_id}
    nobody = not all(each.authors for each in named)
    alike = kept_for(user, ("named alike", inquiry, nobody), lambda: _named_alike(user, inquiry, nobody))
    return alike.rows(years=years, people=list(people), bodies=list(bodies))


def _named_alike(user: Any, inquiry: int, nobody: bool) -> Statement:
    # Several people can have one name, and one body has it. Asked apart, each of the two is found by an index.
    called = Witness.objects.filter(inquiry=inquiry, name__in=names_given("people")).order_by()
    wrote = Submitter._base_manager.order_by().values("submission")
    bodies = keys_given("bodies")
    same = Q(pk__in=wrote.filter(witness__in=called).union(wrote.filter(organisation__in=bodies)))
    if nobody:
        same |= Q(submitters=None)
    of_years = Q(received_on__year__in=keys_given("years")) | Q(received_on=None)
    found = _printed(user, inquiry).filter(of_years, same, decision__in=[Treatment.FULL, Treatment.REDACTED])
    of_each = ("received_on__year", "submitters__witness__name", "submitters__organisation__name")
    rows = found.order_by("number", "submitters__position", "submitters__pk").values_list("pk", *of_each)
    return compiled(rows, none="NULL, NULL, NULL, NULL")


def paragraphs(quote: Cited) -> str:
    """Where in its document a quote stands: ``para 3``, or ``paras 3–4``."""
    numbers = [p.number for p in (quote.first_passage, quote.last_passage) if p and p.number]
    if not numbers:
        return ""
    return f"para {numbers[0]}" if numbers[0] == numbers[-1] else f"paras {numbers[0]}–{numbers[-1]}"


def place(quote: Cited) -> str:
    """Where the quote comes from, for the person at the screen: "LUI0031, para 12", or "Session 2"."""
    if quote.submission is None:
        question = f"Q{quote.questions[0]}" if quote.questions else ""
        return ", ".join(part for part in (quote.session.name, question) if part)
    return ", ".join(part for part in (quote.submission.reference, paragraphs(quote)) if part)


def speaker(quote: Cited) -> str:
    """Whose words they are, for the person whom the quote was read for."""
    if quote.submission:
        return quote.submission.submitted_by
    if quote.appearance:
        return quote.appearance.described
    return quote.first_passage.speaker if quote.first_passage else "A witness"
