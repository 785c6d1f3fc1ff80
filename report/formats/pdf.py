"""The appendix as tagged PDF (PDF/UA-1), set by Typst."""

import json
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from report.structure import Appendix

HOUSE = Path(__file__).parent / "house.typ"
TEMPLATE = HOUSE.with_name("appendix.typ")
# These come with Typst, so they are the same wherever it runs.
FONTS = ("Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern", "New Computer Modern Math")
# Latin, with its usual marks and punctuation, is in the first font and need not be tried.
SURELY_SHOWN = re.compile(r"[\x20-\x7e\n\t\xa0-\u024f‐-‧]")


def render(appendix: Appendix) -> bytes:
    """The document; the same appendix gives the same bytes."""
    return in_type(appendix.to_dict(), "appendix", TEMPLATE, appendix.made_on)


def in_type(printed: dict[str, Any], called: str, template: Path, made_on: date) -> bytes:
    """Plain data set in the house’s manner by a template, which finds it under the name that it is called by."""
    data = json.dumps(printed, ensure_ascii=False)
    unusual = sorted(set(SURELY_SHOWN.sub("", data)))
    beyond = _not_shown(tuple(unusual), machine=False)
    missing = _not_shown(beyond, machine=True) if beyond else ()
    if missing:
        data = json.dumps(_described(printed, missing), ensure_ascii=False)
    midnight = datetime.combine(made_on, datetime.min.time(), UTC)
    return _compile(
        HOUSE.read_bytes() + template.read_bytes(), {called: data}, machine=bool(beyond), timestamp=midnight
    )


def _compile(source: bytes, inputs: dict[str, str], *, machine: bool, timestamp: datetime | None = None) -> bytes:
    return typst.compile(
        source,
        font_paths=_fonts(machine),
        sys_inputs={"fonts": json.dumps(FONTS), **inputs},
        pdf_standards="ua-1",
        timestamp=timestamp,
    )


@lru_cache(maxsize=2)
def _fonts(machine: bool) -> typst.Fonts:
    """The fonts that come with Typst; with those of the machine, which are asked only for what the others lack."""
    return typst.Fonts(include_system_fonts=machine)


@lru_cache(maxsize=512)
def _not_shown(letters: tuple[str, ...], *, machine: bool) -> tuple[str, ...]:
    """The letters that no font can show: PDF/UA refuses a document with a letter that is only a box."""
    if not letters or _shows(letters, machine):
        return ()
    if len(letters) == 1:
        return letters
    half = len(letters) // 2
    return _not_shown(letters[:half], machine=machine) + _not_shown(letters[half:], machine=machine)


PROBE = b"""
#set document(title: "Probe")
#set text(font: json(bytes(sys.inputs.fonts)))
#for letter in json(bytes(sys.inputs.letters)) { par(letter) }
"""


def _shows(letters: Iterable[str], machine: bool) -> bool:
    try:
        _compile(PROBE, {"letters": json.dumps(list(letters))}, machine=machine)
    except typst.TypstError:
        return False
    return True


def _described(value: object, missing: Iterable[str]) -> object:
    """The data with each letter that can't be shown named in brackets, so that a reader knows what stood there."""
    table = str.maketrans({letter: f"[{_name(letter)}]" for letter in missing})

    def walk(one: object) -> object:
        if isinstance(one, str):
            return one.translate(table)
        if isinstance(one, list):
            return [walk(item) for item in one]
        if isinstance(one, dict):
            return {key: walk(item) for key, item in one.items()}
        return one

    return walk(value)


def _name(letter: str) -> str:
    return unicodedata.name(letter, f"U+{ord(letter):04X}").lower() if letter.isprintable() else f"U+{ord(letter):04X}"
