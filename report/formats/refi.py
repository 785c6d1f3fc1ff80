"""The evidence for programs of qualitative research: a codebook, and a coded project (REFI-QDA 1.5).

The themes of the frameworks in force and the recommendations are codes; the texts that quotes are from are sources;
quotes are selections at their places.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from report.structure import Appendix, Code, Evidence, RecommendationsPart, Source, ThemeGroup, ThemesPart, named

CODEBOOK = "urn:QDA-XML:codebook:1.0"
PROJECT = "urn:QDA-XML:project:1.0"
ORIGIN = "Attest"
LONGEST_NAME = 80
NO_CODES = "Nothing is tagged yet"


def codebook(appendix: Appendix) -> bytes:
    """The themes of the frameworks in force, others that have evidence, and the recommendations (.qdc)."""
    book = Element("CodeBook", xmlns=CODEBOOK, origin=ORIGIN)
    _Coded(appendix).write_codes(book)
    return _written(book)


def project(appendix: Appendix) -> bytes:
    """Sources, codes, and quotes at their places in Unicode code points (.qdpx)."""
    coded = _Coded(appendix)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("project.qde"), coded.project(), zipfile.ZIP_DEFLATED)
        for source in appendix.sources:
            name = f"sources/{coded.guid(source.key)}.txt"
            archive.writestr(zipfile.ZipInfo(name), source.text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _Coded:
    """An appendix's evidence by its codes."""

    def __init__(self, appendix: Appendix) -> None:
        self.appendix = appendix
        # The same thing of the same inquiry has the same identifier in every file.
        self.space = uuid5(NAMESPACE_URL, f"{appendix.body}/{appendix.inquiry_title}")
        self.codes: dict[str, list[str]] = defaultdict(list)
        self.citations: dict[str, str] = {}
        self.written: dict[str, Element] = {}

    def guid(self, *keys: str) -> str:
        return str(uuid5(self.space, "/".join(keys))).upper()

    def project(self) -> bytes:
        when = f"{self.appendix.made_on.isoformat()}T00:00:00Z"
        user = self.guid("user")
        whole = Element(
            "Project",
            xmlns=PROJECT,
            name=self.appendix.inquiry_title or self.appendix.title,
            origin=ORIGIN,
            creatingUserGUID=user,
            creationDateTime=when,
        )
        SubElement(SubElement(whole, "Users"), "User", guid=user, name=ORIGIN)
        self.write_codes(SubElement(whole, "CodeBook"))
        if self.appendix.sources:
            sources = SubElement(whole, "Sources")
            for source in self.appendix.sources:
                self._write_source(sources, source, user, when)
        SubElement(whole, "Description").text = "\n".join(self.appendix.rubric)
        return _written(whole)

    def write_codes(self, book: Element) -> None:
        """All codes as a tree, and, beside, which quotes each of them is on."""
        codes = SubElement(book, "Codes")
        for part in self.appendix.parts:
            if isinstance(part, ThemesPart):
                with_evidence = {theme.key for group in part.items for theme in group.themes}
                self._write_tree(codes, self.appendix.codes, with_evidence)
                for place, group in enumerate(part.items):
                    self._write_group(codes, group, group.key or f"group-{place}")
            elif isinstance(part, RecommendationsPart):
                self._write_recommendations(codes, part)
        if not len(codes):
            self._code(codes, "none", NO_CODES, codable=False)

    def _write_tree(self, codes: Element, every: tuple[Code, ...], with_evidence: set[str]) -> None:
        """The themes as they stand above each other; evidence is coded to the lowest, and wherever it stands."""
        for one in every:
            codable = not one.below or one.key in with_evidence
            here = self._code(codes, one.key, one.name, one.about, codable=codable)
            self._write_tree(here, one.below, with_evidence)

    def _write_group(self, codes: Element, group: ThemeGroup, key: str) -> None:
        """The evidence on a group's themes; those that are in no framework in force become codes of their own."""
        alone = [theme for theme in group.themes if theme.key and theme.key == group.key]
        for place, theme in enumerate(group.themes):
            below = key if theme in alone else theme.key or f"{key}-{place}"
            if below not in self.written:
                if theme not in alone and key not in self.written:
                    self._code(codes, key, group.named, codable=bool(alone))
                above = codes if theme in alone else self.written[key]
                self._code(above, below, named(theme.number, theme.title))
            self._note(below, theme.evidence)

    def _write_recommendations(self, codes: Element, part: RecommendationsPart) -> None:
        if not part.recommendations:
            return
        top = self._code(codes, "recommendations", part.heading, codable=False)
        for number, addressee in enumerate(part.items):
            below = self._code(top, addressee.key or f"addressee-{number}", addressee.named, codable=False)
            for place, one in enumerate(addressee.recommendations):
                key = one.key or f"recommendation-{number}-{place}"
                written = self._code(below, key, named(one.number, one.title), one.text)
                for stance, name, evidence in one.stances:
                    self._code(written, f"{key}-{stance}", name)
                    self._note(f"{key}-{stance}", evidence)

    def _code(self, above: Element, key: str, name: str, about: str = "", *, codable: bool = True) -> Element:
        said = str(codable).lower()
        code = SubElement(above, "Code", guid=self.guid("code", key), name=_line(name) or key, isCodable=said)
        self.written[key] = code
        if about:
            SubElement(code, "Description").text = about
        return code

    def _note(self, key: str, evidence: tuple[Evidence, ...]) -> None:
        for one in evidence:
            self.codes[one.key].append(self.guid("code", key))
            self.citations[one.key] = one.citation

    def _write_source(self, sources: Element, source: Source, user: str, when: str) -> None:
        guid = self.guid(source.key)
        written = SubElement(
            sources,
            "TextSource",
            guid=guid,
            name=_line(source.name),
            plainTextPath=f"internal://{guid}.txt",
            creatingUser=user,
            creationDateTime=when,
        )
        for marked in source.marked:
            selection = SubElement(
                written,
                "PlainTextSelection",
                guid=self.guid("selection", marked.key),
                name=_short(source.text[marked.start : marked.end]),
                startPosition=str(marked.start),
                endPosition=str(marked.end),
                creatingUser=user,
                creationDateTime=when,
            )
            if marked.key in self.citations:
                SubElement(selection, "Description").text = self.citations[marked.key]
            self._write_codings(selection, marked.key, user, when)
        if source.holds == (source.reference,):
            self._write_codings(written, source.reference, user, when)

    def _write_codings(self, on: Element, key: str, user: str, when: str) -> None:
        for code in dict.fromkeys(self.codes.get(key, ())):
            guid = self.guid("coding", key, code)
            coding = SubElement(on, "Coding", guid=guid, creatingUser=user, creationDateTime=when)
            SubElement(coding, "CodeRef", targetGUID=code)


def _line(text: str) -> str:
    return " ".join(text.split())


def _short(text: str) -> str:
    line = _line(text)
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"


def _written(root: Element) -> bytes:
    indent(root)
    return tostring(root, "utf-8", xml_declaration=True)
