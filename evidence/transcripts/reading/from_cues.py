"""Subtitles with speakers, as meetings are recorded: WebVTT and SRT."""

import datetime
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evidence.transcripts.reading.leads import Speakers, lead
from evidence.transcripts.reading.transcript import Paragraph

CLOCK = r"(?:(?P<{0}h>\d{{1,4}}):)?(?P<{0}m>\d{{1,2}}):(?P<{0}s>\d{{2}})[.,](?P<{0}f>\d{{1,3}})"
TIMES = re.compile(rf"\s*{CLOCK.format('a')}\s*-->\s*{CLOCK.format('b')}.*")
VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>]{1,200})>", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<\d[\d:.]*>|\{\\[^{}]{0,40}\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at one time; a voice is the name that WebVTT gives it."""

    start: datetime.timedelta
    voice: str
    text: str


def is_cues(text: str) -> bool:
    """Whether the text is WebVTT or SRT."""
    return text.startswith("WEBVTT") or any(TIMES.fullmatch(line) for line in text[:2000].splitlines()[:12])


def paragraphs(text: str) -> tuple[list[Paragraph], list[str]]:
    """One paragraph for each run of cues of one speaker, named as in a printed transcript."""
    cues = [piece for cue in _cues(text) for piece in _named(cue)]
    leads = [lead(cue.text) for cue in cues if not cue.voice]
    speakers = Speakers((found, None) for found in leads if found)
    found: list[Paragraph] = []
    voice, words, start = "", "", datetime.timedelta()
    for cue in cues:
        name, said = cue.voice, cue.text
        begun = lead(said)
        if not name and begun and speakers.speaks(begun, None):
            name, said = begun.label, begun.rest
            said = said if begun.question is None else f"Q{begun.question} {said}"
        numbered = re.match(r"[\[(]?Q\.? ?\d{1,4}[\])]?[\s.:]", said)
        if (name and name != voice) or numbered or (name and not words):
            if words:
                found.append(_paragraph(voice, words, start))
            voice, words, start = name or voice, "", cue.start
        words = f"{words} {said}".strip()
    if words:
        found.append(_paragraph(voice, words, start))
    return found, []


def _paragraph(voice: str, words: str, start: datetime.timedelta) -> Paragraph:
    number = re.match(r"[\[(]?Q\.? ?(?P<number>\d{1,4})[\])]?[\s.:]\s*", words)
    if number and voice:
        return Paragraph(f"Q{number['number']} {voice}: {words[number.end() :]}", marked=True, start=start)
    return Paragraph(f"{voice}: {words}" if voice else words, marked=bool(voice), start=start)


def _cues(text: str) -> Iterator[Cue]:
    start: datetime.timedelta | None = None
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        if match := TIMES.fullmatch(line):
            yield from _cue(start, lines)
            start, lines = _time(match), []
        elif start is not None and line.strip():
            lines.append(line)
        else:
            yield from _cue(start, lines)
            start, lines = None, []


def _cue(start: datetime.timedelta | None, lines: list[str]) -> Iterator[Cue]:
    if start is not None and lines:
        yield Cue(start, "", "\n".join(lines))


def _time(match: re.Match[str]) -> datetime.timedelta:
    return datetime.timedelta(
        hours=int(match["ah"] or 0),
        minutes=int(match["am"]),
        seconds=int(match["as"]),
        milliseconds=int(match["af"].ljust(3, "0")),
    )


def _named(cue: Cue) -> Iterator[Cue]:
    """A cue cut where its voices change, or where a line begins with a name; its marks are taken out."""
    places = list(VOICE.finditer(cue.text))
    if not places:
        yield from _lines(cue)
        return
    if before := _plain(cue.text[: places[0].start()]):
        yield replace(cue, text=before)
    ends = [place.start() for place in places[1:]] + [len(cue.text)]
    for place, end in zip(places, ends, strict=True):
        if words := _plain(cue.text[place.end() : end]):
            yield replace(cue, voice=_plain(place["name"]), text=words)


def _lines(cue: Cue) -> Iterator[Cue]:
    held = ""
    for line in cue.text.split("\n"):
        words = _plain(line).removeprefix(">>").removeprefix("- ").strip()
        found = lead(words)
        if held and found and found.label:
            yield replace(cue, text=held)
            held = ""
        held = f"{held} {words}".strip()
    if held:
        yield replace(cue, text=held)


def _plain(text: str) -> str:
    return " ".join(html.unescape(TAG.sub("", text)).split())
