"""The lists of witnesses: `I: Dr Jane Roe, Director, Shelter; …`, `Witnesses: A, role, body, and B, role, body`."""

import re
from collections.abc import Iterator, Sequence

from evidence.transcripts.reading.leads import is_name, is_person
from evidence.transcripts.reading.names import AFTER, whose
from evidence.transcripts.reading.transcript import WitnessHeard

EXAMINATION = re.compile(
    r"(?:examination|evidence|oral evidence) (?:of|from) (?:the )?witness(?:es)?\b.{0,40}", re.IGNORECASE
)
LIST = re.compile(
    r"(?:examination of )?\bwitness(?:es)?\b(?P<number> ?(?:[IVX]{1,4}|\d{1,2}))?\s*(?:[:–—-]\s*|\s*$)"
    r"(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
HEARD = re.compile(
    r",?\s*\b(?:gave|giving|to give) (?:oral )?evidence\b.*$"
    r"|,?\s*\b(?:were |was )?(?:called in(?: and)?|further)\s*examined\b.*$|,?\s*\b(?:were|was) examined\b.*$"
    r"|,?\s*\(?via (?:video|audio)[ -]?(?:link|conference)\)?",
    re.IGNORECASE | re.DOTALL,
)
PANEL = re.compile(
    r"(?:^|(?<=[\s.;,]))(?:(?:witness(?:es)?|panel)\s+)?[\[(]?(?P<number>[IVX]{1,4}|\d{1,2})[\])]?\s*:\s+(?=[A-Z])",
    re.IGNORECASE,
)
QUESTIONS = re.compile(r"[\[(]?\bQ(?:uestion)?s?\.?\s?\d+\s?(?:[-–—]|to)\s?Q?\d+[\])]?", re.IGNORECASE)
AND = re.compile(r"^(?:and|&)\s+", re.IGNORECASE)
# What a body is called by, and what a person is called by in it.
BODIES = re.compile(
    r"\b(university|college|school|institute|institution|centre|center|council|department|ministry|office|agency"
    r"|association|federation|foundation|trust|society|committee|commission|authority|board|group|network|alliance"
    r"|union|company|limited|ltd|plc|llp|inc|bank|service|services|partnership|charity|fund|academy|laborator\w+"
    r"|hospital|church|party|parliament|government|coalition|forum|faculty|unit|division|team|nhs|uk|england|wales)\b",
    re.IGNORECASE,
)
ROLES = re.compile(
    r"\b(director|manager|professor|lecturer|fellow|reader|researcher|chair\w*|president|chief|officer|head|lead"
    r"|leader|minister|secretary|member|adviser|advisor|analyst|founder|partner|principal|dean|editor|executive"
    r"|commissioner|consultant|co-\w+|coordinator|deputy|vice|senior|spokes\w+|trustee|governor|mayor|resident"
    r"|volunteer|economist|scientist|engineer|barrister|solicitor|author|journalist|representative|organiser|owner"
    r"|ceo|ambassador|ombudsman|inspector|treasurer|associate|student|worker|nurse|policy|campaigner|of|for)\b",
    re.IGNORECASE,
)
# A title that is a post's when one of these words follows it.
POSTS = re.compile(
    r"(?:the )?(?:(?:lord|lady) (?:mayor|chancellor|lieutenant|provost|advocate|chief|speaker)"
    r"|professor(?:ial)?,? (?:of|emeritus|in|and|at|for)|professorial)\b",
    re.IGNORECASE,
)
NUMERALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def panels(text: str) -> list[str]:
    """A list cut at its panels' numbers (`I:`, `II:`); one that has none is one panel."""
    marks: list[re.Match[str]] = []
    for mark in PANEL.finditer(text):
        if _number(mark["number"]) == len(marks) + 1:
            marks.append(mark)
    if not marks:
        return [text]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]


def numbered(text: str) -> int | None:
    """The number of the panel with which a paragraph begins, if it does."""
    mark = PANEL.match(text)
    return _number(mark["number"]) if mark else None


def _number(printed: str) -> int:
    return int(printed) if printed.isdigit() else NUMERALS.get(printed.lower(), 0)


def people(text: str, speakers: Sequence[str]) -> tuple[WitnessHeard, ...]:
    """The people of one panel. Where only commas part them, the names by which they speak tell where each begins."""
    text = " ".join(QUESTIONS.sub("", HEARD.sub("", text)).split()).strip(" .;")
    if not text:
        return ()
    if ";" in text:
        groups = [_segments(part) for part in text.split(";")]
    else:
        groups = _grouped(list(_and_parted(_segments(text), speakers)), speakers)
    return tuple(person for group in groups if (person := _person(group)))


def _segments(text: str) -> list[str]:
    """Cut at commas that stand outside brackets."""
    parts = re.split(r",\s*(?![^()]*\))", text)
    return [part.strip(" .") for part in parts if part.strip(" .")]


def _and_parted(segments: Sequence[str], speakers: Sequence[str]) -> Iterator[str]:
    """`B and C` is two people where C is a person; `Policy and Research` is not."""
    for segment in segments:
        pieces = re.split(r"\s+and\s+(?=[A-Z])", segment)
        if len(pieces) > 1 and all(_is_witness(piece, speakers) for piece in pieces[1:]):
            yield pieces[0]
            yield from (f"and {piece}" for piece in pieces[1:])
        else:
            yield segment


def _grouped(segments: Sequence[str], speakers: Sequence[str]) -> list[list[str]]:
    groups: list[list[str]] = []
    for segment in segments:
        name = AND.sub("", segment)
        introduced = name != segment and _could_be(name)
        if not groups or introduced or _is_witness(name, speakers):
            groups.append([name])
        else:
            groups[-1].append(segment)
    return groups


def _is_witness(name: str, speakers: Sequence[str]) -> bool:
    """Whether a piece of a list is a person: by title, or because a speaker is called so."""
    bare = re.sub(r"\s*\(.*\)$", "", name)
    if POSTS.match(bare) or not is_name(bare) or len(bare.split()) < 2:
        return False
    if is_person(bare) and not bare.lower().endswith("chair"):
        return True
    return any(whose(speaker, [bare]) for speaker in speakers)


def opens_with_person(line: str, speakers: Sequence[str]) -> bool:
    """Whether a line begins with a person, as the lines of a list do that has one for each."""
    segments = _segments(line)
    return bool(segments) and (_is_witness(segments[0], speakers) or _could_be(segments[0]))


def _could_be(name: str) -> bool:
    bare = re.sub(r"\s*\(.*\)$", "", name)
    short = 2 <= len(bare.split()) <= 5 and is_name(bare)
    return short and not BODIES.search(bare) and not ROLES.search(bare)


def _person(group: Sequence[str]) -> WitnessHeard | None:
    name, *rest = [AND.sub("", group[0]).strip(), *group[1:]] if group else [""]
    if bracketed := re.fullmatch(r"(?P<name>[^()]+?)\s*\((?P<rest>[^()]+)\)", name):
        name, rest = bracketed["name"], [*_segments(bracketed["rest"]), *rest]
    if not name:
        return None
    while rest and rest[0].isupper() and rest[0].lower() in AFTER:
        name = f"{name} {rest.pop(0)}"
    role, organisation = _role_and_body(rest)
    return WitnessHeard(name, role, organisation)


def _role_and_body(segments: Sequence[str]) -> tuple[str, str]:
    """The role comes first and the body last; what stands between belongs to the body from where one is named."""
    if not segments:
        return "", ""
    if len(segments) == 1:
        return _one(segments[0])
    body = next((i for i in range(1, len(segments)) if BODIES.search(segments[i])), len(segments) - 1)
    return ", ".join(segments[:body]), ", ".join(segments[body:])


def _one(segment: str) -> tuple[str, str]:
    role, at, organisation = segment.partition(" at ")
    if at and ROLES.search(role):
        return role, organisation
    return (segment, "") if ROLES.search(segment) and not BODIES.search(segment.split(" of ")[0]) else ("", segment)
