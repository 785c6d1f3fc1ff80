"""Loading a whole inquiry from a folder, all of it or nothing."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from accounts.refusals import Refused, in_a_sentence
from accounts.roles import CONSOLE
from evidence.quotes.actions import record_quote
from evidence.quotes.citations import cite
from evidence.quotes.models import Quote
from evidence.sessions.actions import AppearanceEntry, PanelEntry, log_session
from evidence.submissions.actions import (
    SubmitterEntry,
    accept_submission,
    change_submission,
    decide_publication,
    publish_submission,
    receive_submission,
)
from evidence.submissions.life import Treatment
from evidence.tags.actions import tag_theme
from evidence.witnesses.models import Appearance, Witness
from inquiry.actions import (
    add_framework,
    cite_work,
    create_inquiry,
    name_addressee,
    write_recommendation,
)
from inquiry.dates import Precision, read_date
from inquiry.framework_files import read_framework
from inquiry.models import CitationStyle, Inquiry, Recommendation, Session, Theme

Json = dict[str, Any]
PRINTED = "Cited in the inquiry’s published report."


@transaction.atomic
def load_inquiry(folder: Path) -> Inquiry:
    """Loads the inquiry that the folder describes, as far as it is known; what is absent is not made up.

    :raises Refused: in a sentence, when a file is missing, is not what it should be, or contradicts itself. Nothing
        is loaded then.
    """
    data = _read(folder / "inquiry.json")
    try:
        inquiry = _open(data)
        for file in sorted(folder.glob("framework*.json")):
            _load_framework(inquiry, file)
        sessions = [_load_session(inquiry, session, data) for session in data.get("sessions", [])]
        for quote in data.get("quotes", []):
            _load_quote(sessions, quote)
        for known in data.get("written_evidence_known", []):
            _load_written(inquiry, known)
        for group in data.get("recommendations", []):
            _load_recommendations(inquiry, group)
        for work in data.get("references", []):
            cite_work(inquiry=inquiry, by=CONSOLE, **work)
    except (KeyError, TypeError, AttributeError) as error:
        raise Refused(f"“{folder.name}” is not of the expected form: {type(error).__name__} at {error}.") from error
    except ValidationError as error:
        raise Refused(f"“{folder.name}” cannot be loaded: {in_a_sentence(error)}") from error
    except (DataError, IntegrityError) as error:
        # Only the first line: the others show what stands in the row.
        raise Refused(f"“{folder.name}” cannot be loaded: {str(error).splitlines()[0]}.") from error
    except (ValueError, OverflowError) as error:
        raise Refused(f"“{folder.name}” cannot be loaded: {error}") from error
    return inquiry


def _read(file: Path) -> Json:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise Refused(f"There is no {file.name} in “{file.parent}”.") from error
    except (OSError, ValueError, RecursionError) as error:
        raise Refused(f"{file.name} cannot be read as JSON: {error}") from error
    if not isinstance(data, dict):
        raise Refused(f"{file.name} should hold one object.")
    return data


def _open(data: Json) -> Inquiry:
    return create_inquiry(
        code=data["code"],
        title=data["title"],
        body=data["body"],
        style=data.get("citation_style", CitationStyle.APPG),
        secretariat=data.get("secretariat", ""),
        funding=data.get("funding", data.get("secretariat", "")),
        question=data.get("question", ""),
        report_title=data.get("report_title", ""),
        by=CONSOLE,
    )


def _load_framework(inquiry: Inquiry, file: Path) -> None:
    try:
        add_framework(inquiry=inquiry, by=CONSOLE, **read_framework(file.read_bytes()))
    except Refused as refused:
        raise Refused(f"{file.name}: {refused}") from refused


def _load_session(inquiry: Inquiry, data: Json, whole: Json) -> Session:
    date, precision = read_date(data.get("date", ""))
    if "precision" in data and data["precision"] != precision:
        raise ValueError(f"the date {data['date']} is not known to the {data['precision']}")
    number = data.get("number")
    heard = {
        _name(quote): AppearanceEntry(
            name=_name(quote), organisation=quote.get("organisation", ""), sector=quote.get("sector", "")
        )
        for quote in whole.get("quotes", [])
        if number is not None and quote["session"] == number
    }
    session = log_session(
        inquiry=inquiry,
        kind=data["kind"],
        number=number,
        title=data["title"],
        date=date,
        date_precision=precision,
        days=data.get("days", 1),
        venue=data.get("venue", ""),
        rule=data["rule"],
        panels=[PanelEntry(appearances=list(heard.values()))],
        by=CONSOLE,
    )
    numbers = data.get("themes", [])
    themes = Theme.objects.filter(inquiry=inquiry, number__in=numbers)
    if unknown := set(numbers) - {theme.number for theme in themes}:
        raise ValueError(f"a session names theme {min(unknown)}, which is in no framework")
    for theme in themes:
        tag_theme(evidence=session, theme=theme, by=CONSOLE)
    return session


def _name(quote: Json) -> str:
    """The witness as names are kept: single spaces."""
    return " ".join(quote["witness"].split())


def _load_quote(sessions: list[Session], data: Json) -> None:
    session = next((s for s in sessions if s.number == data["session"]), None)
    if session is None:
        raise ValueError(f"a quote names session {data['session']}, which is not in the list")
    appearance = Appearance.objects.get(panel__session=session, witness__in=Witness.objects.called(_name(data)))
    checked = data.get("verification", {})
    quote = record_quote(
        appearance=appearance,
        text=data["text"],
        checked_against=checked["against"] if checked.get("state") == "checked" else "",
        by=CONSOLE,
    )
    citation = cite(Quote.objects.with_source().get(pk=quote.pk))
    if citation != data.get("citation", citation):
        raise ValueError(f"a quote should be cited as “{data['citation']}”, and comes out as “{citation}”")


def _load_written(inquiry: Inquiry, data: Json) -> None:
    submission = receive_submission(
        inquiry=inquiry,
        submitters=[SubmitterEntry(organisation=data["from"], sector=data.get("sector", ""))],
        received_on=dt.date(int(data["year"]), 1, 1),
        received_precision=Precision.YEAR,
        by=CONSOLE,
    )
    submission = accept_submission(submission=submission, by=CONSOLE)
    decide_publication(submission=submission, treatment=Treatment.FULL, reason=PRINTED, by=CONSOLE)
    submission = publish_submission(submission=submission, by=CONSOLE)
    change_submission(submission=submission, published_on=None, by=CONSOLE)


def _load_recommendations(inquiry: Inquiry, group: Json) -> None:
    addressee = name_addressee(inquiry=inquiry, number=int(group["group"]), name=group["addressee"], by=CONSOLE)
    for item in group["items"]:
        first, _, number = item["number"].partition(".")
        if first != group["group"]:
            raise ValueError(f"recommendation {item['number']} stands under {group['group']}")
        write_recommendation(
            addressee=addressee,
            number=int(number),
            title=item["title"],
            text=item.get("text", ""),
            status=item.get("status", Recommendation.Status.AGREED),
            by=CONSOLE,
        )
