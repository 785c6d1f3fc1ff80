"""The references, the written evidence and the witnesses, for programs that keep references."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import rispy

from report.structure import (
    AlphabeticalPart,
    Appendix,
    PublishedPart,
    ReferencesPart,
    SessionsPart,
    Witness,
    WitnessesPart,
    WrittenPart,
)

Item = dict[str, Any]
YEAR = re.compile(r"\b(\d{4})(?=[a-z]*\b)")
# What TeX takes for its own.
TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "@": r"{@}",
        "\n": " ",
    }
)
RIS_TYPES = {"report": "RPRT", "personal_communication": "PCOMM", "hearing": "HEAR"}


def csljson(appendix: Appendix) -> bytes:
    """Items as citation processors read them (CSL-JSON)."""
    return (json.dumps(list(_items(appendix)), ensure_ascii=False, indent=1) + "\n").encode()


def ris(appendix: Appendix) -> bytes:
    """The same as RIS."""
    written = rispy.dumps([_as_ris(item) for item in _items(appendix)], implementation=_Unnumbered)
    return written.replace("\n", "\r\n").encode()


class _Unnumbered(rispy.RisWriter):
    """Without a number before each reference, which no other program writes."""

    def set_header(self, count: int) -> str:
        return ""


def bibtex(appendix: Appendix) -> bytes:
    """The same as BibTeX; what was typed is never TeX."""
    return "\n".join(map(_as_bibtex, _items(appendix))).encode()


def _items(appendix: Appendix) -> Iterator[Item]:
    """Each thing once, by a key of its own: research, submissions, and each witness at each session."""
    seen: set[str] = set()
    for item in _every(appendix):
        if item["id"] not in seen:
            seen.add(item["id"])
            yield item


def _every(appendix: Appendix) -> Iterator[Item]:
    inquiry = appendix.inquiry_title or appendix.title
    for part in appendix.parts:
        if part.kind in _LISTED:
            yield from _LISTED[part.kind](part, inquiry)


def _of_sessions(part: SessionsPart, inquiry: str) -> Iterator[Item]:
    for session in part.items:
        yield from _heard(session.witnesses, session.title, session.date, inquiry)


def _of_sittings(part: WitnessesPart, inquiry: str) -> Iterator[Item]:
    for sitting in part.items:
        for panel in sitting.panels:
            yield from _heard(panel.witnesses, sitting.title or inquiry, sitting.date, inquiry, panel.questions)


def _of_submissions(part: WrittenPart | PublishedPart, inquiry: str) -> Iterator[Item]:
    for one in part.items:
        yield _written(one.reference, one.submitters, one.date, inquiry)


def _of_givers(part: AlphabeticalPart, inquiry: str) -> Iterator[Item]:
    authors: dict[str, list[str]] = {}
    for giver in part.items:
        for reference in giver.references:
            authors.setdefault(reference, []).append(giver.name)
    for reference, names in authors.items():
        yield _written(reference, "; ".join(names), "", inquiry)


def _of_references(part: ReferencesPart, inquiry: str) -> Iterator[Item]:
    """Research; written evidence that is listed with it is itself one of the submissions."""
    for place, one in enumerate(part.items, start=1):
        if one.key and one.key == one.publication:
            yield _written(one.key, one.author, one.year, inquiry)
        else:
            yield _filled(
                id=one.key or f"reference-{place}",
                type="report",
                author=_literal(one.author),
                title=one.title,
                publisher=one.publication,
                URL=one.link,
                issued=_issued(one.year),
            )


_LISTED: dict[str, Callable[[Any, str], Iterator[Item]]] = {
    "sessions": _of_sessions,
    "witnesses": _of_sittings,
    "written": _of_submissions,
    "published": _of_submissions,
    "alphabetical": _of_givers,
    "references": _of_references,
}


def _heard(witnesses: tuple[Witness, ...], title: str, date: str, inquiry: str, questions: str = "") -> Iterator[Item]:
    for witness in witnesses:
        yield _filled(
            id=witness.key or _plain(f"{witness.name} {title} {questions}"),
            type="hearing",
            author=_literal(witness.name),
            title=f"Oral evidence: {title}",
            number=questions,
            publisher=inquiry,
            note=witness.printed,
            issued=_issued(date),
        )


def _written(reference: str, submitters: str, date: str, inquiry: str) -> Item:
    return _filled(
        id=reference,
        type="personal_communication",
        author=_literal(submitters),
        title=f"Written evidence to the {inquiry}",
        number=reference,
        issued=_issued(date),
    )


def _filled(**item: Any) -> Item:
    return {name: value for name, value in item.items() if value}


def _literal(name: str) -> list[dict[str, str]]:
    """A name as it is printed, which no program is to take apart."""
    return [{"literal": name}] if name else []


def _issued(said: str) -> dict[str, Any]:
    """What is known of the date; more than a year stands beside it as it is printed."""
    year = YEAR.search(said)
    known: dict[str, Any] = {"date-parts": [[int(year[1])]]} if year else {}
    return known if year and year[0] == said else known | _filled(literal=said)


def _plain(text: str) -> str:
    return re.sub(r"\W+", "-", text.casefold()).strip("-") or "item"


def _author(item: Item) -> str:
    return item["author"][0]["literal"] if "author" in item else ""


def _year(item: Item) -> str:
    issued = item.get("issued", {})
    said = issued.get("literal", "")
    if re.fullmatch(r"\d{4}[a-z]*", said):
        return str(said)
    return str(issued["date-parts"][0][0]) if "date-parts" in issued else ""


def _as_ris(item: Item) -> Item:
    line = {name: " ".join(str(value).split()) for name, value in item.items()}
    return _filled(
        type_of_reference=RIS_TYPES[item["type"]],
        id=line["id"],
        authors=[" ".join(_author(item).split())] if _author(item) else [],
        title=line.get("title"),
        publisher=line.get("publisher"),
        number=line.get("number"),
        year=_year(item),
        notes=[line["note"]] if "note" in line else [],
        urls=[line["URL"]] if "URL" in line else [],
    )


def _as_bibtex(item: Item) -> str:
    fields = {
        # Braces keep a name in one piece.
        "author": f"{{{_tex(_author(item))}}}" if _author(item) else "",
        "title": f"{{{_tex(item.get('title', ''))}}}",
        "year": _tex(_year(item)),
        "number": _tex(item.get("number", "")),
        "publisher": _tex(item.get("publisher", "")),
        "note": _tex(item.get("note", "")),
        # Programs read an address as it is, but for what would end it.
        "url": re.sub(r"[\\\\{}]", lambda found: f"%{ord(found[0]):02X}", item.get("URL", "")),
    }
    kind = "techreport" if item["type"] == "report" else "misc"
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value not in ("", "{}"))
    return f"@{kind}{{{_key(item['id'])},\n{lines}}}\n"


def _tex(text: str) -> str:
    return str(text).translate(TEX)


def _key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9:-]", "-", text)
