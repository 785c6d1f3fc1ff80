"""What would become of each row: new, the same as before, or refused, and why. Nothing is written in here."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.db.models.functions import Lower

from accounts.refusals import Refused
from evidence.documents.actions import AlreadyKept, check_file
from evidence.documents.models import Document
from evidence.documents.reading import Unreadable
from evidence.importing.models import BatchRow, Outcome
from evidence.importing.reading.lists import Listing
from evidence.importing.reading.names import is_body
from evidence.importing.reading.rows import LONGEST_PERSON, Name, Row
from evidence.importing.reading.sources import bytes_of
from evidence.submissions.actions import SubmitterEntry
from evidence.submissions.life import State, Treatment
from evidence.submissions.models import AllottedReference, Submission, Submitter
from evidence.submissions.references import read_reference
from evidence.witnesses.models import Organisation, Sector, Witness
from inquiry.dates import read_date
from inquiry.models import Inquiry

AT_ONCE = 200
LARGEST_NUMBER = 99_999
WAITS_FOR_CLEARING = "Others read it once somebody has looked for names in it."
WAITS_FOR_REDACTION = (
    "It waits as received, for the secretariat alone: redact its words in the reader, then accept it and decide."
)


@dataclass(frozen=True)
class Attached:
    """A document that a row brings: a file of the source, or the row's own text."""

    name: str
    sha256: str
    key: str = ""
    text: str = ""
    kept_with: str = ""

    @property
    def called(self) -> str:
        return "Its text" if self.text else f"“{self.name}”"


@dataclass
class Judged:
    """A row, and what becomes of it."""

    row: Row
    outcome: str = Outcome.NEW
    number: int | None = None
    entries: list[SubmitterEntry] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    digest: str = ""
    submission: Submission | None = None
    new_names: set[str] = field(default_factory=set)

    def refuse(self, *sentences: str) -> None:
        if sentences:
            self.outcome = Outcome.REFUSED
            self.why += sentences

    @property
    def to_keep(self) -> list[Attached]:
        return [each for each in self.attached if not each.kept_with]

    def said(self) -> dict[str, Any]:
        """What a page shows of the row."""
        return {
            "reference": self.row.reference,
            "submitters": [
                {
                    "person": entry.person,
                    "organisation": entry.organisation,
                    "person_new": f"p:{entry.person.lower()}" in self.new_names,
                    "organisation_new": f"o:{entry.organisation.lower()}" in self.new_names,
                }
                for entry in self.entries
            ],
            "received": self.row.received,
            "decision": self.row.decision,
            "files": [{"name": each.name, "kept_with": each.kept_with} for each in self.attached],
        }


class Judge:
    """Judges the rows of a list in their order; a row can lean on those before it."""

    def __init__(self, inquiry: Inquiry, listing: Listing) -> None:
        self.inquiry, self.listing = inquiry, listing
        self.stands_in: dict[int, int] = {}
        self.kept: dict[str, str] = {}
        self.said_before: Counter[str] = Counter()
        self.new: set[str] = set()
        self.used: set[str] = set()
        self.next = 1

    def judged(self) -> Iterator[Judged]:
        """Every row."""
        self.next = 1 + max(self._largest_given(), self._largest_allotted())
        rows = self.listing.rows()
        while some := list(islice(rows, AT_ONCE)):
            judged = [Judged(row, why=[] if row.wrong else list(row.notes)) for row in some]
            for each in judged:
                each.refuse(*each.row.wrong)
                self._attach(each)
                each.digest = _digest(each)
            around = _Around.of(self.inquiry, judged)
            for each in judged:
                self._judge(each, around)
                yield each

    def _largest_given(self) -> int:
        """The rows without a reference come after all that have one, wherever they stand."""
        given = (read_reference(row.reference) for row in self.listing.rows() if row.reference)
        return max((each[1] for each in given if each and each[1] <= LARGEST_NUMBER), default=0)

    def _largest_allotted(self) -> int:
        allotted = AllottedReference.objects.filter(inquiry=self.inquiry)
        return allotted.aggregate(last=Max("number"))["last"] or 0

    def _judge(self, judged: Judged, around: _Around) -> None:
        self._read_reference(judged, around)
        self._name_submitters(judged, around)
        judged.attached = [
            replace(each, kept_with=self.kept.get(each.sha256) or around.documents.get(each.sha256, ""))
            for each in judged.attached
        ]
        if judged.outcome == Outcome.REFUSED:
            return
        if judged.submission:
            self._compare(judged, judged.submission, around)
        elif not self._said_before(judged, around):
            self._take(judged)

    def _read_reference(self, judged: Judged, around: _Around) -> None:
        written = judged.row.reference
        if not written:
            return
        reference = read_reference(written)
        example = self.inquiry.reference(6)
        if reference is None:
            judged.refuse(f"“{written[:40]}” is not a reference such as {example}.")
            return
        code, number = reference
        if code not in ("", self.inquiry.code):
            judged.refuse(f"“{written}” is a reference of another inquiry. Those of this one are like {example}.")
        elif not 0 < number <= LARGEST_NUMBER:
            judged.refuse(f"“{written}”: the number of a reference lies between 1 and {LARGEST_NUMBER:,}.")
        elif number in self.stands_in:
            judged.refuse(f"{self.inquiry.reference(number)} stands in row {self.stands_in[number]} already.")
        else:
            judged.number = number
            self.stands_in[number] = judged.row.number
            judged.submission = around.submissions.get(number)
            if judged.submission is None and number in around.allotted:
                judged.refuse(
                    f"{self.inquiry.reference(number)} was given to a submission that is gone. No reference is given "
                    "twice: leave it empty, and the row gets the next one."
                )

    def _name_submitters(self, judged: Judged, around: _Around) -> None:
        for name in judged.row.names:
            entry = self._entry(name, around)
            if name.sector and not entry.organisation:
                judged.why.append("A sector is kept for organisations, and not for people.")
            if len(entry.person) > LONGEST_PERSON:
                judged.refuse(f"A person’s name has more than {LONGEST_PERSON} characters.")
            if _folded(entry) not in map(_folded, judged.entries):
                judged.entries.append(entry)
        named = {f"p:{e.person.lower()}" for e in judged.entries if e.person}
        named |= {f"o:{e.organisation.lower()}" for e in judged.entries if e.organisation}
        judged.new_names = {name for name in named if name not in around.known and name not in self.new}

    def _entry(self, name: Name, around: _Around) -> SubmitterEntry:
        """A name without an organisation is what the inquiry knows it as, or what its words say."""
        if name.organisation:
            return SubmitterEntry(name.text, name.organisation, name.sector)
        known = around.known | self.new
        body, person = f"o:{name.text.lower()}" in known, f"p:{name.text.lower()}" in known
        if name.kind == "person" or (not body and (person or not is_body(name.text, name.sector))):
            return SubmitterEntry(person=name.text)
        return SubmitterEntry(organisation=name.text, sector=name.sector)

    def _attach(self, judged: Judged) -> None:
        for written in dict.fromkeys(judged.row.files):
            try:
                judged.attached.append(self._file(written))
            except (Refused, Unreadable) as refused:
                judged.refuse(str(refused))
        if text := judged.row.text.strip():
            judged.attached.append(Attached("", hashlib.sha256(text.encode()).hexdigest(), text=text))

    def _file(self, written: str) -> Attached:
        key = self.listing.find(written)
        if key is None:
            raise Refused(f"There is no file “{written[:100]}” beside the list.")
        called = PurePosixPath(self.listing.called(key)).name
        if self.listing.source.size(key) > settings.ATTEST_UPLOAD_LIMIT:
            limit = settings.ATTEST_UPLOAD_LIMIT // (1 << 20)
            raise Refused(
                f"“{called}” is larger than {limit} MB. Split it, or ask for a version without large pictures."
            )
        data = bytes_of(self.listing.source, key)
        with suppress(AlreadyKept):
            check_file(inquiry=self.inquiry, name=called, data=data)
        self.used.add(key)
        return Attached(called, hashlib.sha256(data).hexdigest(), key=key)

    def _compare(self, judged: Judged, submission: Submission, around: _Around) -> None:
        """A row whose reference is there already changes nothing of it, but can bring the file that is missing."""
        theirs = around.files[submission.number]
        missing = [each for each in judged.attached if each.sha256 not in theirs]
        if submission in around.said.get(judged.digest, ()):
            judged.outcome = Outcome.SAME
            return
        differs = [] if self.listing.of_files_alone else list(_differences(judged, submission))
        if theirs and any(each.text for each in missing):
            differs.append("text")
        reference = submission.reference
        elsewhere = next((each for each in missing if each.kept_with), None)
        if differs:
            judged.refuse(f"{reference} is there already, with another {' and '.join(differs)}. Change it on its page.")
        elif not missing:
            judged.outcome = Outcome.SAME
        elif submission.state == State.WITHDRAWN:
            judged.refuse(f"{reference} was withdrawn, so nothing is added to it.")
        elif elsewhere:
            judged.refuse(f"{elsewhere.called} is kept already, with {elsewhere.kept_with}.")
        else:
            judged.outcome, judged.attached = Outcome.ADDED, missing
            judged.why.append(f"Added to {reference}, which has {_files(len(theirs))}.")
            self._remember(judged)

    def _said_before(self, judged: Judged, around: _Around) -> bool:
        """Whether a row without a reference came in before, word for word; the second of two alike is another."""
        if judged.number is not None:
            return False
        before = around.said.get(judged.digest, [])
        place = self.said_before[judged.digest]
        self.said_before[judged.digest] += 1
        if place >= len(before):
            return False
        judged.outcome, judged.submission = Outcome.SAME, before[place]
        judged.number = before[place].number
        return True

    def _take(self, judged: Judged) -> None:
        if judged.number is None:
            judged.number = self.next
            self.next += 1
        if judged.row.decision == Treatment.REDACTED:
            judged.why.append(WAITS_FOR_REDACTION)
        if judged.row.decision == Treatment.ANONYMISED:
            judged.why.append(WAITS_FOR_CLEARING)
        judged.why += [
            f"{each.called} is word for word what came with {each.kept_with}, and is kept there once."
            for each in judged.attached
            if each.kept_with
        ]
        self._remember(judged)

    def _remember(self, judged: Judged) -> None:
        reference = self.inquiry.reference(judged.number or 0)
        judged.attached = [replace(each, name=each.name or f"{reference}.txt") for each in judged.attached]
        self.new |= judged.new_names
        self.kept.update({each.sha256: reference for each in judged.to_keep})


@dataclass
class _Around:
    """What the inquiry knows already that some rows may touch, read at once."""

    known: set[str]
    submissions: dict[int, Submission]
    files: dict[int, set[str]]
    allotted: set[int]
    said: dict[str, list[Submission]]
    documents: dict[str, str]

    @classmethod
    def of(cls, inquiry: Inquiry, rows: Sequence[Judged]) -> _Around:
        numbers = {each[1] for judged in rows if (each := read_reference(judged.row.reference))}
        mine = Submission.objects.filter(inquiry=inquiry, number__in=numbers).select_related("inquiry")
        submissions = {each.number: each for each in mine.with_submitters().prefetch_related("files__document")}
        names = {
            part.lower() for judged in rows for name in judged.row.names for part in (name.text, name.organisation)
        }
        allotted = AllottedReference.objects.filter(inquiry=inquiry, number__in=numbers)
        return cls(
            known=_known(inquiry, names),
            submissions=submissions,
            files={number: {f.document.sha256 for f in each.files.all()} for number, each in submissions.items()},
            allotted=set(allotted.values_list("number", flat=True)),
            said=_said(inquiry, {judged.digest for judged in rows}),
            documents=_kept(inquiry, {each.sha256 for judged in rows for each in judged.attached}),
        )


def _said(inquiry: Inquiry, digests: set[str]) -> dict[str, list[Submission]]:
    """The submissions that rows of earlier imports, which said the same, have made."""
    lines = BatchRow.objects.filter(inquiry=inquiry, digest__in=digests, outcome=Outcome.NEW).exclude(submission=None)
    found: dict[str, list[Submission]] = {}
    for line in lines.select_related("submission__inquiry").order_by("submission__number"):
        found.setdefault(line.digest, []).append(line.submission)
    return found


def _kept(inquiry: Inquiry, digests: set[str]) -> dict[str, str]:
    """The documents of these bytes, and what each came with."""
    documents = Document.objects.filter(inquiry=inquiry, sha256__in=digests)
    return {
        each.sha256: each.submission_file.submission.reference if hasattr(each, "submission_file") else each.name
        for each in documents.select_related("submission_file__submission__inquiry")
    }


def _known(inquiry: Inquiry, names: set[str]) -> set[str]:
    """The names that the inquiry has: bodies as ``o:name``, people as ``p:name``; a name of two people is neither's."""
    bodies = Organisation.objects.filter(inquiry=inquiry).annotate(folded=Lower("name")).filter(folded__in=names)
    people = Witness.objects.filter(inquiry=inquiry).annotate(folded=Lower("name")).filter(folded__in=names)
    counted = Counter(people.values_list("folded", flat=True))
    return {f"o:{name}" for name in bodies.values_list("folded", flat=True)} | {
        f"p:{name}" for name, count in counted.items() if count == 1
    }


def _digest(judged: Judged) -> str:
    """A sign of what the row says, the bytes of its files among it; what they are called is not."""
    row = judged.row
    reference = read_reference(row.reference)
    says = [
        reference[1] if reference else None,
        [(name.text.lower(), name.organisation.lower()) for name in row.names],
        [row.received, row.decision, row.requested, row.published, row.title],
        sorted(each.sha256 for each in judged.attached),
    ]
    return hashlib.sha256(json.dumps(says).encode()).hexdigest()


def _folded(entry: SubmitterEntry) -> tuple[str, str]:
    return entry.person.lower(), entry.organisation.lower()


def _differences(judged: Judged, submission: Submission) -> Iterator[str]:
    """What the row says otherwise than the record, of the things that it says."""
    row = judged.row
    if judged.entries and sorted(map(_folded, judged.entries)) != sorted(_named(submission.submitters.all())):
        yield "submitter"
    if row.received and read_date(row.received) != (submission.received_on, submission.received_precision):
        yield "date of receipt"
    waits = row.decision == Treatment.REDACTED and not submission.decision
    if row.decision and row.decision != submission.decision and not waits:
        yield "decision"


def _named(submitters: Iterable[Submitter]) -> Iterator[tuple[str, str]]:
    for each in submitters:
        yield (
            each.witness.name.lower() if each.witness else "",
            each.organisation.name.lower() if each.organisation else "",
        )


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'} already" if count else "no file yet"


def sector_words() -> dict[str, str]:
    """The words for sectors that a list may use: their names in the database, and those that pages show."""
    names = {value.replace("_", " "): value for value in Sector.values}
    return names | {label.casefold(): value for value, label in Sector.choices}


def decision_words() -> dict[str, str]:
    more = {"in full": "full", "anonymous": "anonymised", "anonymized": "anonymised", "published": "full"}
    return {value: value for value in Treatment.values} | more
