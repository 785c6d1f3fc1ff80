"""What is done with sessions: they are logged with their panels and witnesses, corrected, and put under the Rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.refusals import Refused, check_what_was_put_off, refusals_of_the_database
from accounts.roles import Console, Verb, require
from evidence.sessions.forgetting import erase_history, forget
from evidence.tags.models import tags_on
from evidence.witnesses.actions import name_organisation, name_witness, record_appearance
from evidence.witnesses.models import Appearance, tidied
from inquiry.changes import change, locked, refuse_if_changed, sign
from inquiry.models import Inquiry, Panel, Rule, Session, SessionKind
from inquiry.models.sessions import NO_LIST

CHATHAM_HOUSE_WARNING = (
    "Under the Chatham House Rule nobody is named: take the people off this session first, "
    "or use “Put under the Rule”, which forgets them."
)


@dataclass(frozen=True)
class AppearanceEntry:
    """A witness as entered on a panel. ``appearance`` is the one that this entry corrects."""

    name: str
    role: str = ""
    organisation: str = ""
    sector: str = ""
    lived_experience: bool = False
    appearance: Appearance | None = None


@dataclass(frozen=True)
class PanelEntry:
    """A panel as entered, with its witnesses in order. ``panel`` is the one that this entry corrects."""

    title: str = ""
    rule: str = ""
    appearances: Sequence[AppearanceEntry] = field(default_factory=tuple)
    panel: Panel | None = None


@transaction.atomic
def log_session(*, inquiry: Inquiry, by: User | Console, panels: Sequence[PanelEntry] = (), **details: Any) -> Session:
    """Logs a meeting at which evidence is heard, with who was heard on which panel."""
    require(by, Verb.LOG_EVIDENCE, inquiry)
    _refuse_a_list_under_the_rule(details, panels)
    with refusals_of_the_database():
        session = Session(inquiry=inquiry, **details)
        _refuse_a_wrong_number(session)
        session.clean_fields(exclude=["inquiry"])
        session.save()
        _seat(session, panels or [PanelEntry()], by)
        check_what_was_put_off()
    return session


@transaction.atomic
def change_session(
    *,
    session: Session,
    by: User | Console,
    panels: Sequence[PanelEntry] | None = None,
    seen: str | None = None,
    **details: Any,
) -> Session:
    """Corrects a session, its panels and its witnesses. A witness who is quoted stays until the quotes are removed.

    Where any of it becomes private, exports that were made before are recalled.

    ``seen`` is the ``as_logged`` of what the person had before them.
    """
    require(by, Verb.LOG_EVIDENCE, session.inquiry)
    session = locked(session, "inquiry")
    refuse_if_changed(session, seen, as_logged(session, entries_of(session)))
    private_before = _private_panels(session)
    if panels is not None:
        _refuse_a_list_under_the_rule(details, panels)
        with refusals_of_the_database():
            _seat(session, panels, by)
            check_what_was_put_off()
    if details.get("rule") == Rule.CHATHAM_HOUSE and not session.under_the_rule:
        if Appearance.objects.filter(panel__session=session).exists():
            raise Refused(CHATHAM_HOUSE_WARNING)
        session = put_under_the_rule(session=session, by=by)
    session.kind, session.number = details.get("kind", session.kind), details.get("number", session.number)
    _refuse_a_wrong_number(session)
    change(session, **details)
    if _private_panels(session) - private_before:
        session.inquiry.exports.recall("Evidence was made private after this was made.")
    return session


def _private_panels(session: Session) -> set[int]:
    return set(session.panels.ruled(Rule.PRIVATE).values_list("pk", flat=True))


LOGGED = ("kind", "number", "title", "date", "date_precision", "days", "venue", "recording", "members_present", "rule")


def entries_of(session: Session) -> list[PanelEntry]:
    """The session's panels and witnesses as they would be entered."""
    heard: dict[int, list[AppearanceEntry]] = {}
    for each in Appearance.objects.filter(panel__session=session).in_order():
        body = each.organisation
        heard.setdefault(each.panel_id, []).append(
            AppearanceEntry(
                name=each.witness.name,
                role=each.role,
                organisation=body.name if body else "",
                sector=body.entered_sector if body else "",
                lived_experience=each.witness.lived_experience,
                appearance=each,
            )
        )
    panels = session.panels.order_by("number")
    return [PanelEntry(p.title, p.rule, tuple(heard.get(p.pk, ())), p) for p in panels]


def as_logged(session: Session, entries: Sequence[PanelEntry]) -> str:
    """The sign of what a session says, with these ``entries_of`` it and its themes."""
    themes = sorted(tags_on(session).exclude(theme=None).values_list("theme", flat=True))
    return sign([getattr(session, name) for name in LOGGED], entries, themes)


def _refuse_a_wrong_number(session: Session) -> None:
    if session.number is not None and session.kind != SessionKind.EVIDENCE:
        raise Refused("Only evidence sessions have a number.")
    others = Session.objects.filter(inquiry_id=session.inquiry_id, number=session.number).exclude(pk=session.pk)
    if session.number is not None and others.exists():
        raise Refused(f"There is a session {session.number} already.", about="number")


def _refuse_a_list_under_the_rule(details: dict[str, Any], panels: Sequence[PanelEntry]) -> None:
    lists = details.get("members_present") or details.get("recording")
    if lists and any(entry.rule == Rule.CHATHAM_HOUSE for entry in panels):
        raise Refused(NO_LIST)


def _seat(session: Session, panels: Sequence[PanelEntry], by: User | Console) -> None:
    kept = [entry.panel.pk for entry in panels if entry.panel]
    for left in session.panels.exclude(pk__in=kept):
        if left.insights.exists():
            raise Refused(f"Insights were recorded on “{left}”, so it can’t be removed: they were told under its Rule.")
        _clear([*left.appearances.all()])
        left.delete()
    for number, entry in enumerate(panels, start=1):
        if entry.panel:
            if entry.rule == Rule.CHATHAM_HOUSE and entry.panel.rule != entry.rule:
                _clear([*entry.panel.appearances.all()])
                put_under_the_rule(session=session, panel=entry.panel, by=by)
            panel = change(entry.panel, title=entry.title, rule=entry.rule, number=number)
        else:
            if entry.rule == Rule.CHATHAM_HOUSE and (session.members_present or session.recording):
                _forget_lists(session)
            panel = Panel.objects.create(
                inquiry_id=session.inquiry_id, session=session, number=number, title=entry.title, rule=entry.rule
            )
        _seat_witnesses(panel, entry.appearances, by)


def _seat_witnesses(panel: Panel, entries: Sequence[AppearanceEntry], by: User | Console) -> None:
    kept = [entry.appearance.pk for entry in entries if entry.appearance]
    _clear([*panel.appearances.exclude(pk__in=kept)])
    for position, entry in enumerate(entries):
        inquiry = panel.inquiry
        organisation = None
        if entry.organisation:
            organisation = name_organisation(inquiry=inquiry, name=entry.organisation, sector=entry.sector, by=by)
        if entry.appearance and entry.appearance.witness.name == tidied(entry.name):
            change(entry.appearance, role=entry.role, organisation=organisation, position=position)
            if entry.lived_experience != entry.appearance.witness.lived_experience:
                change(entry.appearance.witness, lived_experience=entry.lived_experience)
            continue
        if entry.appearance:
            _clear([entry.appearance])
        witness = name_witness(inquiry=inquiry, name=entry.name, lived_experience=entry.lived_experience, by=by)
        record_appearance(
            panel=panel, witness=witness, organisation=organisation, role=entry.role, position=position, by=by
        )


def _clear(appearances: Iterable[Appearance]) -> None:
    for appearance in appearances:
        if appearance.quotes.exists():
            raise Refused(f"{appearance.witness.name} is quoted from this session. Remove those quotes first.")
        appearance.delete()


@transaction.atomic
def put_under_the_rule(*, session: Session, by: User | Console, panel: Panel | None = None) -> Session:
    """Puts a session, or one of its panels, under the Chatham House Rule, and forgets who took part.

    Appearances, transcripts, quotes with their tags, and the attendance list go, with their history; so do people and
    bodies whom the inquiry knew from nowhere else; exports that were made before are emptied. It cannot be undone.
    """
    require(by, Verb.LOG_EVIDENCE, session.inquiry)
    session = locked(session, "inquiry")
    forget(session, panel)
    _forget_lists(session)
    if panel:
        change(panel, rule=Rule.CHATHAM_HOUSE)
    else:
        session.panels.exclude(rule=Rule.CHATHAM_HOUSE).update(rule="")
        change(session, rule=Rule.CHATHAM_HOUSE)
        # Their own Rule could not be taken off before: what was told under it had no other.
        session.panels.update(rule="")
    session.inquiry.exports.recall("A session was put under the Chatham House Rule after this was made.")
    return session


def _forget_lists(session: Session) -> None:
    change(session, members_present=[], recording="")
    erase_history(Session, [session.pk])
