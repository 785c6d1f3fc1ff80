"""How a quote is cited, in each of the three styles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from string import ascii_lowercase
from typing import Any

from num2words import num2words

from evidence.quotes.models import Quote
from evidence.submissions.models import Submission
from evidence.witnesses.models import Appearance, Organisation, Witness
from inquiry.models import CitationStyle, Session


def cite(quote: Quote, style: str = "", letter: str = "") -> str:
    """The citation printed under a quote, in the inquiry's style unless another is asked for.

    It names only whom a report may name: the submitter of an anonymised submission is "Anonymous" in it. ``letter``
    tells apart several submissions of one author and year, where the citation is by author and year.
    """
    style = style or quote.inquiry.citation_style
    return _written(quote, quote.submission, style, letter) if quote.submission else _oral(quote, style)


def _oral(quote: Quote, style: str) -> str:
    session = quote.session
    if style == CitationStyle.APPG:
        return _heard(speaker(quote), session)
    commons = style == CitationStyle.COMMONS
    if quote.first_passage:
        # As the transcript prints the name.
        who, where = quote.first_passage.speaker, _questions(quote, commons)
    else:
        who = quote.appearance.witness.name if quote.appearance else "Witness"
        where = f"Session {session.number}" if session.number else session.title
    return f"{where} [{who}]" if commons else f"{where} ({who})"


def _questions(quote: Quote, commons: bool) -> str:
    """``Q85`` and ``Qq12-14`` in the Commons, ``Q 78`` and ``QQ 45-56`` in the Lords."""
    if quote.questions is None:
        return quote.session.name
    first, last = quote.questions
    if first == last:
        return f"Q{first}" if commons else f"Q {first}"
    return f"Qq{first}-{last}" if commons else f"QQ {first}-{last}"


def _heard(who: str, session: Session) -> str:
    if session.number:
        return f"{who}, oral evidence to inquiry session {num2words(session.number)}"
    return f"{who}, {session.title}"


def cite_appearance(appearance: Appearance) -> str:
    """All that a witness said at a session: ``Jane Example, Example Trust, oral evidence to inquiry session two``."""
    return _heard(appearance.described, appearance.panel.session)


def cite_session(session: Session) -> str:
    """All that was said at a session: ``Inquiry session two, Levelling up economic outcomes``."""
    return f"Inquiry session {num2words(session.number)}, {session.title}" if session.number else session.title


def _written(quote: Quote, submission: Submission, style: str, letter: str) -> str:
    if style == CitationStyle.APPG:
        return author_year(submission, letter)
    who, place = submission.printed_submitters, paragraphs(quote)
    if style == CitationStyle.COMMONS:
        return f"{who} ({submission.reference}){' ' if place else ''}{place}"
    return f"Written evidence from {who} ({submission.reference})"


def author_year(submission: Submission, letter: str = "") -> str:
    """A submission by author and year: ``Power to Change (2023)``; ``(2023a)`` where its author has several."""
    year = submission.received_on.year if submission.received_on else "n.d."
    return f"{submission.printed_submitters} ({year}{letter})"


def letters(submissions: Iterable[Submission]) -> dict[int, str]:
    """The letter that tells apart submissions of one author and year: ``2023a``, ``2023b``. Of all that are printed."""
    alike: dict[str, list[int]] = defaultdict(list)
    for submission in submissions:
        alike[author_year(submission)].append(submission.pk)
    return {pk: _letter(n) for pks in alike.values() if len(pks) > 1 for n, pk in enumerate(pks)}


def _letter(n: int) -> str:
    """a … z, aa, ab, …"""
    return (_letter(n // 26 - 1) if n >= 26 else "") + ascii_lowercase[n % 26]


def letter_of(submission: Submission, user: Any) -> str:
    """The letter that a submission has in print, looked for among those that may have the same author and year."""
    year = {"received_on__year": submission.received_on.year} if submission.received_on else {"received_on": None}
    printed = Submission.objects.visible_to(user).may_be_printed().filter(inquiry=submission.inquiry_id, **year)
    first = next(iter(submission.submitters.all()), None)
    if not submission.names_may_be_printed:
        printed = printed.filter(decision=submission.treatment)
    elif first:
        printed = printed.filter(**_called("witness", first.witness), **_called("organisation", first.organisation))
    return letters(printed.with_submitters().order_by("number").distinct()).get(submission.pk, "")


def _called(role: str, who: Witness | Organisation | None) -> dict[str, str | None]:
    return {f"submitters__{role}__name": who.name} if who else {f"submitters__{role}": None}


def paragraphs(quote: Quote) -> str:
    """Where in its document a quote stands: ``para 3``, or ``paras 3–4``."""
    numbers = [p.number for p in (quote.first_passage, quote.last_passage) if p and p.number]
    if not numbers:
        return ""
    return f"para {numbers[0]}" if numbers[0] == numbers[-1] else f"paras {numbers[0]}–{numbers[-1]}"


def place(quote: Quote) -> str:
    """Where the quote comes from, for the person at the screen: "LUI0031, para 12", or "Session 2"."""
    if quote.submission is None:
        question = f"Q{quote.questions[0]}" if quote.questions else ""
        return ", ".join(part for part in (quote.session.name, question) if part)
    return ", ".join(part for part in (quote.submission.reference, paragraphs(quote)) if part)


def speaker(quote: Quote) -> str:
    """Whose words they are, for the person whom the quote was read for."""
    if quote.submission:
        return quote.submission.submitted_by
    if quote.appearance:
        return quote.appearance.described
    return quote.first_passage.speaker if quote.first_passage else "A witness"
