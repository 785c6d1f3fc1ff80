"""A Word document that somebody brings as the house style: whether it may be used, and what it looks like.

It is opened by nothing but this before it has passed: no program of the machine, and no reader's word processor,
meets a file that is not what it says.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

from accounts.refusals import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_PARTS = 500
NEEDED = ("[Content_Types].xml", "word/document.xml", "word/styles.xml")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ACTIVE = re.compile(r"vbaProject|vbaData|activeX|/embeddings/|oleObject|/customUI|attachedToolbars", re.IGNORECASE)
OUTSIDE = re.compile(rb"""TargetMode\s*=\s*["']External["']""", re.IGNORECASE)
LINK = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""", re.IGNORECASE)
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
NOT_WORD = "This is not a Word document (DOCX). Save it in Word as “Word Document (.docx)” and bring that."
DAMAGED = "This Word document is damaged. Open it in Word, save it again, and bring that."


def check(data: bytes) -> None:
    """Refuses, in a sentence, what is no DOCX, or one that would do more than look like something."""
    if len(data) > MOST_BYTES:
        raise Refused("The document is larger than 10 MB. A style needs no pictures or text: take them out.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive)
            _check_names(archive.namelist())
            for name in archive.namelist():
                _check_part(name, archive.read(name))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Refused(NOT_WORD) from error


def _check_size(archive: zipfile.ZipFile) -> None:
    """By what the archive says of itself; no more than that is ever read of a part."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("The document unpacks to more than 50 MB, which no style needs.")


def _check_names(names: list[str]) -> None:
    if len(set(names)) < len(names) or any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise Refused(DAMAGED)
    if any(name not in names for name in NEEDED):
        raise Refused(NOT_WORD)
    if any(ACTIVE.search(name) for name in names):
        raise Refused("The document holds macros or embedded objects. Save it without them and bring that.")


def _check_part(name: str, content: bytes) -> None:
    if not name.endswith((".xml", ".rels")):
        return
    if name == "[Content_Types].xml" and re.search(rb"macroEnabled|vbaProject", content, re.IGNORECASE):
        raise Refused("The document holds macros. Save it in Word as “Word Document (.docx)” and bring that.")
    plain = content.replace(b"\0", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Refused(DAMAGED)
    if name.endswith(".rels"):
        for relation in RELATION.findall(plain):
            if OUTSIDE.search(relation) and not LINK.search(relation):
                raise Refused(
                    "The document takes something from another place (a template, or a linked picture). "
                    "Break the link in Word and bring it again."
                )
    try:
        ElementTree.fromstring(content)  # noqa: S314 - without a DTD, as was just seen, nothing in it expands
    except ElementTree.ParseError as error:
        raise Refused(DAMAGED) from error


@dataclass(frozen=True)
class Look:
    """What a style says of its letters; nothing where it leaves that to another."""

    font: str = ""
    half_points: str = ""
    colour: str = ""
    bold: bool = False


def looks(docx: bytes) -> dict[str, Look]:
    """The look of each paragraph style by its name in small letters; that of all text under an empty name."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        root = ElementTree.fromstring(archive.read("word/styles.xml"))  # noqa: S314 - checked when it was brought
    found = {"": _look(root.find(f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr"))}
    for style in root.iter(f"{WORD}style"):
        name = style.find(f"{WORD}name")
        if style.get(f"{WORD}type") == "paragraph" and name is not None:
            found[name.get(f"{WORD}val", "").casefold()] = _look(style.find(f"{WORD}rPr"))
    return found


def _look(properties: ElementTree.Element | None) -> Look:
    if properties is None:
        return Look()

    def said(tag: str, attribute: str = "val") -> str:
        found = properties.find(f"{WORD}{tag}")
        return found.get(f"{WORD}{attribute}", "") if found is not None else ""

    bold = properties.find(f"{WORD}b") is not None and said("b") not in ("0", "false")
    colour = said("color")
    return Look(
        font=said("rFonts", "ascii"),
        half_points=said("sz") if said("sz").isdigit() else "",
        colour=colour if re.fullmatch(r"[0-9A-Fa-f]{6}", colour) else "",
        bold=bold,
    )
