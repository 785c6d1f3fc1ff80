"""What stands before the first turn: title, date, members present, the range of questions."""

import datetime
import re
from collections.abc import Iterable, Sequence

from evidence.transcripts.reading.leads import is_name
from evidence.transcripts.reading.transcript import Paragraph

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTH = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' if name[3:] else name for name in MONTHS)}|sept)"
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
DATES = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}\.?,?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})\b"),
)
# Dates of something else than the hearing.
OTHER_DATES = re.compile(r"\b(ordered|published|printed|amended|corrected on|made on|received)\b", re.IGNORECASE)
RANGE = re.compile(r"\bQ(?:uestion)?s?\.?\s*(\d{1,4})\s*(?:[-–—‐‑]|to|and)\s*Q?(\d{1,4})\b", re.IGNORECASE)
UNCORRECTED = re.compile(
    r"\b(uncorrected|unrevised|not (?:yet )?been (?:approved|corrected)|opportunity to correct)\b", re.IGNORECASE
)
CORRECTED = re.compile(r"\bcorrected (?:oral evidence|transcript|evidence|version)\b", re.IGNORECASE)
TITLE = re.compile(
    r"(?:(?:un)?corrected |unrevised )?(?:transcript of )?(?:oral evidence|minutes of evidence|evidence taken)"
    r"(?: session)?\s*:\s*(?P<title>.+)",
    re.IGNORECASE,
)
# The paper's number, and what stands after it.
PAPER = re.compile(r",?\s*\b(?:HC|HL(?: Paper)?)\s*(?:No\.?\s*)?\d[\w\-– ]*.*$", re.IGNORECASE)
MEMBERS = re.compile(
    r"(?:(?:other|also)\s+)?(?:(?:members?|lords|peers|committee members)\s+present|present|members\s+in\s+attendance)"
    r"\s*[:–—-]\s*(?P<rest>.*)|members present\s*(?P<heading>)",
    re.IGNORECASE | re.DOTALL,
)
CHAIRED = re.compile(r"(?:the )?chair(?:man|woman|person)?\s*:\s*(?P<name>[^:;]{3,60}?)\.?", re.IGNORECASE)
IN_THE_CHAIR = re.compile(
    r"\s*[,(\[–-]?\s*\b(?:in the )?(?:the )?(?:chair|chairman|chairwoman|chairperson)\b\s*[)\]]?\s*", re.IGNORECASE
)


def dated(paragraphs: Sequence[Paragraph]) -> datetime.date | None:
    """The day of the hearing: a line with its day of the week if there is one, else the first date of the header."""
    lines = [line for paragraph in paragraphs for line in (paragraph.lines or (paragraph.text,))]
    own = [line for line in lines if not OTHER_DATES.search(line)]
    with_weekday = [line for line in own if re.search(WEEKDAY, line, re.IGNORECASE)]
    for line in (*with_weekday, *own, *lines):
        if found := _date(line):
            return found
    return None


def _date(line: str) -> datetime.date | None:
    for pattern in DATES:
        if match := pattern.search(line):
            named = match["month"].lower()[:3]
            month = int(named) if named.isdigit() else 1 + [name[:3] for name in MONTHS].index(named)
            try:
                return datetime.date(int(match["year"]), month, int(match["day"]))
            except ValueError:
                continue
    return None


def titled(paragraphs: Sequence[Paragraph]) -> str:
    """What the evidence is about, without the paper's number; else the first heading."""
    for paragraph in paragraphs:
        if match := TITLE.match(paragraph.text):
            title = PAPER.sub("", match["title"])
            for pattern in (rf"\s*\b{WEEKDAY}\b.*$", r"\s*\b\d{1,2} \w+ \d{4}$"):
                title = re.sub(pattern, "", title, flags=re.IGNORECASE)
            return title.strip(" ,–-")
    headings = [p.text for p in paragraphs if p.heading and not _date(p.text) and not RANGE.search(p.text)]
    return headings[0] if headings else ""


def corrected(paragraphs: Sequence[Paragraph]) -> bool | None:
    """Whether the header calls the transcript corrected or uncorrected."""
    said = " ".join(paragraph.text for paragraph in paragraphs)
    if UNCORRECTED.search(said):
        return False
    return True if CORRECTED.search(said) else None


def stated_range(paragraphs: Sequence[Paragraph]) -> tuple[int, int] | None:
    """The range of questions that the header states, over all its panels."""
    ranges = [
        (int(first), int(last))
        for paragraph in paragraphs
        for first, last in RANGE.findall(paragraph.text)
        if int(first) <= int(last)
    ]
    return (min(first for first, _ in ranges), max(last for _, last in ranges)) if ranges else None


def members(paragraphs: Sequence[Paragraph]) -> tuple[tuple[str, ...], str]:
    """The members present, as printed, and which of them is in the chair."""
    names: dict[str, None] = {}
    chair = ""
    for text in _lists(paragraphs):
        for entry in _entries(text):
            name = IN_THE_CHAIR.sub("", entry).strip(" ,;.")
            if not is_name(name) or name.lower() == "and":
                continue
            if IN_THE_CHAIR.search(entry) and not chair:
                chair = name
            names[name] = None
    for paragraph in paragraphs:
        if not chair and (match := CHAIRED.fullmatch(paragraph.text)) and is_name(match["name"]):
            chair = match["name"]
            names = {chair: None, **names}
    return tuple(names), chair


def _lists(paragraphs: Sequence[Paragraph]) -> Iterable[str]:
    """The text of each list of members, its lines kept apart: after its label, and in the paragraphs below it."""
    below = False
    for paragraph in paragraphs:
        lines = "\n".join(paragraph.lines or (paragraph.text,))
        if match := MEMBERS.match(lines):
            below = True
            if rest := match["rest"]:
                yield rest
        elif below and _only_names(lines):
            yield lines
        else:
            below = False


def _only_names(lines: str) -> bool:
    return all(is_name(IN_THE_CHAIR.sub("", entry).strip(" ,;.")) for entry in _entries(lines))


def _entries(text: str) -> list[str]:
    """Entries by semicolon; else by line where each line is a name; else by comma."""
    if ";" in text:
        return [entry.removeprefix("and ").strip() for entry in " ".join(text.split()).split(";") if entry.strip()]
    # A comma before "in the Chair" parts no names.
    text = re.sub(r",\s*(?=\(?in the chair)", " ", text, flags=re.IGNORECASE)
    if "," not in text:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return [piece for line in lines for piece in re.split(r"\s+and\s+", line)]
    return [entry.strip() for entry in re.split(r",\s*(?:and\s+)?|\s+and\s+", " ".join(text.split())) if entry.strip()]
