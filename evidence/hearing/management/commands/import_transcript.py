from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.refusals import Refused
from accounts.roles import CONSOLE
from evidence.documents.reading import Unreadable
from evidence.hearing.actions import TakenIn, bring_in
from evidence.hearing.summary import summary
from evidence.sessions.actions import log_session
from evidence.transcripts.actions import Settled
from evidence.transcripts.continuity import breaks
from evidence.transcripts.reading import Transcript as Reading
from evidence.transcripts.reading.runner import read_in_child
from evidence.transcripts.seating import voices_of
from inquiry.changes import change
from inquiry.commands import inquiry_called
from inquiry.dates import Precision
from inquiry.models import Inquiry, Session


class Command(BaseCommand):
    help = (
        "Takes in the transcript of a session: all of it, or nothing. A session that is not logged yet is logged with "
        "it. Speakers whom the header does not tell are taken for nobody on the panel, under the name as printed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inquiry", required=True, help="its code, such as SMD")
        parser.add_argument("--session", type=int, required=True, metavar="N", help="the session’s number")
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--date", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help="where the file tells none"
        )
        parser.add_argument("--corrected", action="store_true", help="it is the corrected transcript")
        parser.add_argument("--dry-run", action="store_true", help="tell what would be done, and save nothing")
        parser.add_argument("--yes", action="store_true", help="save without being asked")
        parser.add_argument("--json", action="store_true", help="tell it as one JSON object")

    def handle(self, *args: Any, inquiry: str, session: int, file: Path, **options: Any) -> None:
        found = inquiry_called(inquiry)
        try:
            data = file.read_bytes()
            reading = read_in_child(data)
            with transaction.atomic():
                logged = _session(found, session, reading, options["date"])
                told = self._told(logged, reading)
                if not options["dry_run"]:
                    self._agree(options["yes"], told)
                    taken = _take_in(logged, file.name, data, reading, told, corrected=options["corrected"])
                else:
                    taken = None
                    transaction.set_rollback(True)
        except OSError as error:
            raise CommandError(f"“{file}” cannot be read: {error.strerror}.") from error
        except (Unreadable, Refused) as refused:
            raise CommandError(str(refused)) from refused
        self._say(told, taken, as_json=options["json"])

    def _told(self, session: Session, reading: Reading) -> dict[str, Any]:
        unmatched = [voice.printed for voice in voices_of(session, reading) if not (voice.witness or voice.name)]
        for sentence in (*breaks(session, reading), *reading.notes):
            self.stderr.write(sentence)
        return summary(reading, list(dict.fromkeys(unmatched)))

    def _agree(self, yes: bool, told: dict[str, Any]) -> None:
        if yes:
            return
        if not sys.stdin.isatty():
            raise CommandError("Nothing was saved. Look at it with --dry-run, and add --yes to save it.")
        self.stderr.write(_in_words(told))
        if input("Take it in? [y/N] ").strip().lower() not in ("y", "yes"):
            raise CommandError("Nothing was saved.")

    def _say(self, told: dict[str, Any], taken: TakenIn | None, *, as_json: bool) -> None:
        self.stdout.write(json.dumps(told, ensure_ascii=False) if as_json else _in_words(told))
        if taken and taken.waiting:
            self.stderr.write(f"{taken.waiting} quotes differ now, and wait on the session’s page.")


def _session(inquiry: Inquiry, number: int, reading: Reading, date: dt.date | None) -> Session:
    session = Session.objects.visible_to(CONSOLE).filter(inquiry=inquiry, number=number).first()
    date = reading.date or date
    known: dict[str, Any] = {"date": date, "date_precision": Precision.DAY} if date else {}
    if session is None:
        title = (reading.title or f"Session {number}")[:300]
        return log_session(inquiry=inquiry, number=number, title=title, by=CONSOLE, **known)
    if known and session.date_precision != Precision.DAY:
        change(session, **known)
    return session


def _take_in(
    session: Session, name: str, data: bytes, reading: Reading, told: dict[str, Any], *, corrected: bool
) -> TakenIn:
    nobody = [voice for voice in voices_of(session, reading) if not (voice.witness or voice.name)]
    settled = [Settled(voice.printed, voice.panel, name=voice.printed) for voice in nobody]
    return bring_in(
        session=session,
        name=name,
        data=data,
        reading=reading,
        corrected=corrected or bool(reading.corrected),
        settled=settled,
        by=CONSOLE,
    )


def _in_words(told: dict[str, Any]) -> str:
    first, last = told["questions"]
    lines = [f"{told['turns']} turns" + (f", Q{first} to Q{last}" if first else "")]
    if told["missing_questions"]:
        lines.append(f"missing: {', '.join(f'Q{n}' for n in told['missing_questions'])}")
    for panel in told["panels"]:
        names = "; ".join(each["name"] for each in panel["witnesses"]) or "no witness named"
        lines.append(f"panel {panel['number']}: {names}")
    if told["members"]:
        lines.append(f"members: {'; '.join(told['members'])}")
    if told["unmatched_speakers"]:
        lines.append(f"nobody in the header: {', '.join(told['unmatched_speakers'])}")
    return "\n".join(lines)
