"""How an all-party group prints: evidence sessions with theme, month and witnesses, then the written evidence."""

from __future__ import annotations

from collections import defaultdict

from inquiry.models import Rule, Session, SessionKind
from report import structure as printed
from report.material import Material, witness_of


def sessions(material: Material) -> printed.SessionsPart:
    """Each session with its witnesses and what it was about; none under the Rule."""
    witnesses: dict[int, list[printed.Witness]] = defaultdict(list)
    for appearances in material.heard.values():
        witnesses[appearances[0].panel.session_id] += map(witness_of, appearances)
    themes: dict[int | None, list[str]] = defaultdict(list)
    about = material.tagged(session__isnull=False, theme__isnull=False).order_by("theme__position")
    for session, number, title in about.values_list("session", "theme__number", "theme__title"):
        themes[session].append(f"{number} {title}".strip())
    return printed.SessionsPart(
        items=tuple(
            _session(session, tuple(witnesses[session.pk]), tuple(themes[session.pk]))
            for session in material.sessions
            if session.rule != Rule.CHATHAM_HOUSE
        )
    )


def _session(
    session: Session, witnesses: tuple[printed.Witness, ...], themes: tuple[str, ...]
) -> printed.EvidenceSession:
    return printed.EvidenceSession(
        number=str(session.number or ""),
        title=session.title,
        date=session.said_date,
        venue=session.venue,
        witnesses=witnesses,
        meeting="" if session.kind == SessionKind.EVIDENCE else str(session.get_kind_display()),
        private=session.rule == Rule.PRIVATE,
        themes=themes,
        key=f"session-{session.pk}",
    )


def written(material: Material) -> printed.WrittenPart:
    """The submissions by their reference."""
    return printed.WrittenPart(
        items=tuple(
            printed.WrittenEvidence(
                reference=submission.reference, submitters=submission.printed_submitters, date=submission.said_received
            )
            for submission in material.submissions.values()
        )
    )
