"""Written and spoken evidence on which something is still to be decided, looked for or agreed to."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import MD5, Cast, Concat

from evidence.quotes.models import Quote
from evidence.submissions.life import DECIDED, TAKEN, State, Treatment
from evidence.submissions.models import Consent, Submission
from evidence.submissions.models.submissions import uncleared
from evidence.tags.models import Tag
from evidence.witnesses.models import Appearance
from report.readiness.findings import Asked, Rows

_SIGN = MD5(Concat("state", Value(" "), "decision", Value(" "), "requested", output_field=TextField()))


def consent_taken_back(asked: Asked) -> Rows:
    """A consent was withdrawn, and nothing has been decided since."""
    return _submissions(asked, asked.seen(Submission).filter(consent_withdrawn=True, state__in=TAKEN))


def witness_took_back(asked: Asked) -> Rows:
    """A witness who is quoted has withdrawn a consent."""
    taken_back = Consent.objects.taken_back().filter(appearance=OuterRef("pk"))
    return _appearances(asked, _quoted(asked).filter(Exists(taken_back)))


def undecided_in_use(asked: Asked) -> Rows:
    """A quote or a tag stands on it, and its publication is not decided."""
    return _submissions(asked, _undecided(asked).filter(_in_use()))


def undecided(asked: Asked) -> Rows:
    """It was received or accepted, nothing uses it, and its publication is not decided."""
    return _submissions(asked, _undecided(asked).exclude(_in_use()))


def with_names(asked: Asked) -> Rows:
    """It is anonymised, and nobody has looked for names in it."""
    return _submissions(asked, asked.seen(Submission).filter(uncleared(), state__in=TAKEN))


def no_consent(asked: Asked) -> Rows:
    """It is to be published, and no consent to that is recorded."""
    given = Consent.objects.filter(submission=OuterRef("pk"), to=Consent.To.PUBLISH)
    decided = asked.seen(Submission).filter(state__in=DECIDED, consent_withdrawn=False)
    return _submissions(asked, decided.exclude(decision=Treatment.CONFIDENTIAL).exclude(Exists(given)))


def no_consent_to_quote(asked: Asked) -> Rows:
    """A witness is quoted, and no consent of theirs is recorded."""
    given = Consent.objects.filter(appearance=OuterRef("pk"))
    return _appearances(asked, _quoted(asked).exclude(Exists(given)))


def _undecided(asked: Asked) -> Any:
    return asked.seen(Submission).filter(state__in=(State.RECEIVED, State.ACCEPTED))


def _in_use() -> Q:
    quotes = Quote.objects.standing().filter(submission=OuterRef("pk"))
    return Q(Exists(quotes)) | Q(Exists(Tag.objects.standing().filter(submission=OuterRef("pk"))))


def _quoted(asked: Asked) -> Any:
    quotes = Quote.objects.standing().filter(appearance=OuterRef("pk"))
    return asked.seen(Appearance).filter(Exists(quotes))


def _submissions(asked: Asked, rows: Any) -> Rows:
    def said(row: Submission) -> tuple[str, str, str]:
        url = asked.url("submissions:detail", row.number)
        return f"{row.reference}, {row.submitted_by}", url, row.reference

    return Rows(rows.annotate(sign=_SIGN).with_submitters().order_by("number"), said)


def _appearances(asked: Asked, rows: Any) -> Rows:
    def said(row: Any) -> tuple[str, str, str]:
        session = row.panel.session
        url = asked.url("sessions:detail", session.pk)
        return f"{row.described}, at {session.name}", url, f"A witness at {session.name}"

    signed = rows.annotate(sign=MD5(Cast(F("pk"), TextField())))
    return Rows(signed.select_related("witness", "organisation", "panel__session").order_by("pk"), said)
