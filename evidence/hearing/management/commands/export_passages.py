from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.roles import CONSOLE
from evidence.documents.models import Passage, PassageKind
from evidence.transcripts.models import Transcript
from inquiry.commands import inquiry_called, write_whole
from inquiry.spreadsheets import cell

COLUMNS = ("turn", "question", "speaker", "text")


class Command(BaseCommand):
    help = "Writes the turns of a session’s transcript to a file; speakers stand as printed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inquiry", required=True, help="its code, such as SMD")
        parser.add_argument("--session", type=int, required=True, metavar="N", help="the session’s number")
        parser.add_argument("--format", choices=["csv"], default="csv")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, inquiry: str, session: int, output: Path, **options: Any) -> None:
        found = inquiry_called(inquiry)
        versions = Transcript.objects.visible_to(CONSOLE).filter(session__inquiry=found, session__number=session)
        transcript = versions.current().first()
        if transcript is None:
            raise CommandError(f"There is no transcript of session {session} in {inquiry}.")
        turns = Passage.objects.visible_to(CONSOLE).filter(document=transcript.document_id, kind=PassageKind.TURN)
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number, turn in enumerate(turns.order_by("position").iterator(), start=1):
            question = f"Q{turn.question}" if turn.question else ""
            writer.writerow([number, question, cell(turn.speaker), cell(turn.words)])
        write_whole(output, out.getvalue().encode())
