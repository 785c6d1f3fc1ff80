"""What is done with the inquiry itself: it is set up, its themes and recommendations are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import Console, Verb, require
from inquiry.changes import change, enter, locked, refuse_if_changed, sign, sign_of
from inquiry.ledger import keep_version
from inquiry.models import (
    Addressee,
    Framework,
    Inquiry,
    Insight,
    Panel,
    Principle,
    Recommendation,
    ReferenceWork,
    Session,
    TermOfReference,
    Theme,
)

APPG_RUBRIC = (
    "This is not an official publication of the House of Commons or the House of Lords. It has not been approved by "
    "either House or its committees. All-Party Parliamentary Groups are informal groups of Members of both Houses "
    "with a common interest in particular issues. The views expressed are those of the group."
)


@dataclass(frozen=True)
class ThemeEntry:
    """A theme as it is entered, with the themes below it."""

    number: str
    title: str
    aim: str = ""
    definition: str = ""
    exclusion: str = ""
    themes: Sequence[ThemeEntry] = field(default_factory=tuple)


@transaction.atomic
def create_inquiry(*, code: str, title: str, body: str, style: str, by: Console, **details: Any) -> Inquiry:
    """Opens an inquiry. Only whoever runs the installation does so; its people are added afterwards."""
    if Inquiry.objects.filter(code=code).exists():
        raise Refused(f"There is an inquiry with the code {code} already.")
    details.setdefault("rubric", APPG_RUBRIC if style == "appg" else "")
    return enter(Inquiry, code=code, title=title, body=body, citation_style=style, **details)


@transaction.atomic
def change_inquiry(
    *,
    inquiry: Inquiry,
    by: User | Console,
    questions: Sequence[str] | None = None,
    seen: str | None = None,
    **details: Any,
) -> Inquiry:
    """Changes what is printed and kept of the inquiry; its code stands in every reference and stays.

    ``seen`` is the ``inquiry_as_set_up`` of what the person had before them.
    """
    require(by, Verb.EDIT_INQUIRY, inquiry)
    inquiry = locked(inquiry)
    refuse_if_changed(inquiry, seen, inquiry_as_set_up(inquiry))
    if details.get("code", inquiry.code) != inquiry.code:
        raise Refused("The inquiry’s code stands in every reference and cannot be changed.")
    if questions is not None and list(questions) != questions_of(inquiry):
        ask_terms_of_reference(inquiry=inquiry, questions=questions, by=by)
    return change(inquiry, **details)


def questions_of(inquiry: Inquiry) -> list[str]:
    """What the inquiry set out to answer, in order."""
    return list(TermOfReference.objects.filter(inquiry=inquiry).values_list("text", flat=True))


def inquiry_as_set_up(inquiry: Inquiry) -> str:
    """The sign of an inquiry's particulars and questions."""
    return sign_of(inquiry, questions_of(inquiry))


@transaction.atomic
def ask_terms_of_reference(*, inquiry: Inquiry, questions: Sequence[str], by: User | Console) -> list[TermOfReference]:
    """Sets the inquiry's numbered questions, in this order."""
    require(by, Verb.EDIT_INQUIRY, inquiry)
    TermOfReference.objects.filter(inquiry=inquiry).delete()
    return [
        enter(TermOfReference, inquiry=inquiry, number=number, text=question)
        for number, question in enumerate(questions, start=1)
    ]


@transaction.atomic
def add_framework(
    *,
    inquiry: Inquiry,
    name: str,
    levels: Sequence[str],
    themes: Sequence[ThemeEntry],
    by: User | Console,
    version: str = "",
    citation: str = "",
    published_on: dt.date | None = None,
) -> Framework:
    """Enters a framework with its whole tree of themes, in the order given."""
    require(by, Verb.EDIT_INQUIRY, inquiry)
    check_framework(inquiry=inquiry, name=name, version=version, themes=themes)
    framework = enter(
        Framework,
        inquiry=inquiry,
        name=name,
        version=version,
        citation=citation,
        published_on=published_on,
        levels=list(levels),
    )
    _plant(framework, themes, parent=None, position=0)
    return framework


def check_framework(*, inquiry: Inquiry, name: str, themes: Sequence[ThemeEntry], version: str = "") -> None:
    """Refuses a framework that the inquiry has already, or in which a number stands for two themes."""
    if Framework.objects.filter(inquiry=inquiry, name=name, version=version).exists():
        raise Refused(f"The inquiry has the framework “{name}” already. Give this one another name or version.")
    _refuse_a_number_twice(themes, set())


def _refuse_a_number_twice(themes: Sequence[ThemeEntry], taken: set[str]) -> None:
    for entry in themes:
        if entry.number in taken:
            raise Refused(f"Two themes have the number {entry.number}.")
        taken.add(entry.number)
        _refuse_a_number_twice(entry.themes, taken)


def _plant(framework: Framework, themes: Sequence[ThemeEntry], *, parent: Theme | None, position: int) -> int:
    depth = parent.depth + 1 if parent else 0
    if themes and depth >= len(framework.levels):
        raise Refused(f"“{framework.name}” names {len(framework.levels)} levels, but its themes go deeper.")
    for entry in themes:
        position += 1
        theme = enter(
            Theme,
            inquiry=framework.inquiry,
            framework=framework,
            parent=parent,
            depth=depth,
            position=position,
            number=entry.number,
            title=entry.title,
            aim=entry.aim,
            definition=entry.definition,
            exclusion=entry.exclusion,
        )
        position = _plant(framework, entry.themes, parent=theme, position=position)
    return position


@transaction.atomic
def change_theme(*, theme: Theme, by: User | Console, seen: str | None = None, **details: Any) -> Theme:
    """Rewords a theme; its tags stay. ``seen`` is the ``sign_of`` what the person had before them."""
    require(by, Verb.EDIT_INQUIRY, theme.inquiry)
    theme = locked(theme, "inquiry", "framework")
    refuse_if_changed(theme, seen, sign_of(theme))
    return change(theme, **details)


@transaction.atomic
def name_addressee(*, inquiry: Inquiry, name: str, by: User | Console, number: int | None = None) -> Addressee:
    """Enters whom a group of recommendations is put to, numbered next unless a number is given."""
    require(by, Verb.WRITE_RECOMMENDATIONS, inquiry)
    Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if number is None:
        number = (Addressee.objects.filter(inquiry=inquiry).aggregate(last=Max("number"))["last"] or 0) + 1
    if Addressee.objects.filter(inquiry=inquiry, number=number).exists():
        raise Refused(f"Number {number} is another addressee’s already.")
    return enter(Addressee, inquiry=inquiry, number=number, name=name)


@transaction.atomic
def change_addressee(*, addressee: Addressee, by: User | Console, seen: str | None = None, **details: Any) -> Addressee:
    """Corrects what an addressee is called; its number begins those of its recommendations, and stays.

    ``seen`` is the ``sign_of`` what the person had before them.
    """
    require(by, Verb.WRITE_RECOMMENDATIONS, addressee.inquiry)
    addressee = locked(addressee)
    refuse_if_changed(addressee, seen, sign_of(addressee))
    return change(addressee, **details)


@transaction.atomic
def write_recommendation(
    *,
    addressee: Addressee,
    title: str,
    by: User | Console,
    text: str = "",
    number: int | None = None,
    status: str = Recommendation.Status.DRAFT,
    principles: Sequence[Principle] = (),
) -> Recommendation:
    """Drafts a recommendation to the addressee, numbered next within it unless a number is given."""
    require(by, Verb.WRITE_RECOMMENDATIONS, addressee.inquiry)
    addressee = Addressee.objects.select_for_update().get(pk=addressee.pk)
    if number is None:
        number = (addressee.recommendations.aggregate(last=Max("number"))["last"] or 0) + 1
    elif addressee.recommendations.filter(number=number).exists():
        raise Refused(f"There is a recommendation {addressee.number}.{number} already.")
    recommendation = enter(
        Recommendation,
        inquiry=addressee.inquiry,
        addressee=addressee,
        number=number,
        title=title,
        text=text,
        status=status,
    )
    recommendation.principles.set(principles, through_defaults={"inquiry": addressee.inquiry})
    keep_version(recommendation=recommendation, by=by)
    return recommendation


@transaction.atomic
def change_recommendation(
    *,
    recommendation: Recommendation,
    by: User | Console,
    principles: Sequence[Principle] | None = None,
    seen: str | None = None,
    why: str = "",
    **details: Any,
) -> Recommendation:
    """Rewrites a recommendation, or marks it agreed; either is a version of it, with ``why``.

    What was agreed is its words: when they change, it is a draft again. ``seen`` is the ``recommendation_as_written``
    of what the person had before them.
    """
    require(by, Verb.WRITE_RECOMMENDATIONS, recommendation.inquiry)
    recommendation = locked(recommendation, "inquiry", "addressee")
    refuse_if_changed(recommendation, seen, recommendation_as_written(recommendation))
    if recommendation.withdrawn_at:
        raise Refused("This recommendation was withdrawn meanwhile. Bring it back first.")
    if principles is not None:
        recommendation.principles.set(principles, through_defaults={"inquiry": recommendation.inquiry})
    before, status = _worded(recommendation), recommendation.status
    change(recommendation, **details)
    if "status" not in details and _worded(recommendation) != before:
        change(recommendation, status=Recommendation.Status.DRAFT)
    if (before, status) != (_worded(recommendation), recommendation.status):
        keep_version(recommendation=recommendation, by=by, why=why)
    return recommendation


def _worded(recommendation: Recommendation) -> tuple[str, str]:
    return recommendation.title, recommendation.text.replace("\r\n", "\n")


def recommendation_as_written(recommendation: Recommendation) -> str:
    """The sign of a recommendation's words, its status and the principles that it delivers; not of its place."""
    principles = sorted(recommendation.principles.values_list("pk", flat=True))
    return sign(*_worded(recommendation), str(recommendation.status), principles)


@transaction.atomic
def add_principle(*, inquiry: Inquiry, title: str, by: User | Console, text: str = "") -> Principle:
    """Enters a principle that recommendations deliver, numbered next."""
    require(by, Verb.WRITE_RECOMMENDATIONS, inquiry)
    Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    last = Principle.objects.filter(inquiry=inquiry).aggregate(last=Max("number"))["last"] or 0
    return enter(Principle, inquiry=inquiry, number=last + 1, title=title, text=text)


@transaction.atomic
def change_principle(*, principle: Principle, by: User | Console, seen: str | None = None, **details: Any) -> Principle:
    """Rewords a principle, on every recommendation that delivers it.

    ``seen`` is the ``sign_of`` what the person had before them.
    """
    require(by, Verb.WRITE_RECOMMENDATIONS, principle.inquiry)
    principle = locked(principle)
    refuse_if_changed(principle, seen, sign_of(principle))
    return change(principle, **details)


@transaction.atomic
def record_insight(*, session: Session, text: str, by: User | Console, panel: Panel | None = None) -> Insight:
    """Notes an unattributed point from a meeting, or part of one, under the Chatham House Rule."""
    require(by, Verb.LOG_EVIDENCE, session.inquiry)
    return enter(Insight, inquiry=session.inquiry, session=session, panel=panel, text=text)


@transaction.atomic
def cite_work(*, inquiry: Inquiry, by: User | Console, **details: Any) -> ReferenceWork:
    """Enters a work of research that the report cites."""
    require(by, Verb.WRITE_RECOMMENDATIONS, inquiry)
    _refuse_a_taken_key(ReferenceWork.objects.filter(inquiry=inquiry), details["key"])
    return enter(ReferenceWork, inquiry=inquiry, **details)


@transaction.atomic
def change_work(*, work: ReferenceWork, by: User | Console, seen: str | None = None, **details: Any) -> ReferenceWork:
    """Corrects how a work of research is cited. ``seen`` is the ``sign_of`` what the person had before them."""
    require(by, Verb.WRITE_RECOMMENDATIONS, work.inquiry)
    work = locked(work, "inquiry")
    refuse_if_changed(work, seen, sign_of(work))
    others = ReferenceWork.objects.filter(inquiry=work.inquiry).exclude(pk=work.pk)
    _refuse_a_taken_key(others, details.get("key", work.key))
    return change(work, **details)


def _refuse_a_taken_key(others: QuerySet[ReferenceWork], key: str) -> None:
    if others.filter(key=key).exists():
        raise Refused(f"“{key}” is another work’s key already. Add a letter to the year: 2022b.")


@transaction.atomic
def strike_work(*, work: ReferenceWork, by: User | Console) -> None:
    """Takes a work of research off the list of references."""
    require(by, Verb.WRITE_RECOMMENDATIONS, work.inquiry)
    work.delete()
