"""Which way a paragraph runs, told to Word and OpenDocument: by its first letter, as the page on screen tells it.

Pandoc takes over the direction of a few elements, and to Word alone, so it is told to what pandoc has made. A document
in which nothing runs from right to left stays as it is, byte for byte.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

SOME_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
TAG = re.compile(r"<[^>]*>")
WORD_PARAGRAPH = re.compile(r"<w:p>.*?</w:p>|<w:p [^>]*[^/]>.*?</w:p>", re.DOTALL)
WORD_RUN = re.compile(r"<w:r>(?:<w:rPr>(.*?)</w:rPr>)?(.*?)</w:r>", re.DOTALL)
# What the schema has after the direction, in a paragraph and in a run.
AFTER_BIDI = re.compile(r"<w:(?:spacing|ind|contextualSpacing|jc|outlineLvl|rPr|sectPr)\b")
AFTER_RTL = re.compile(r"<w:(?:cs|em|lang|eastAsianLayout|specVanish|oMath)\b")
ODT_PARAGRAPH = re.compile(r'<text:(p|h)( [^>]*?)?text:style-name="([^"]+)"([^>]*[^/])?>(.*?)</text:\1>', re.DOTALL)
STYLES_END = "</office:automatic-styles>"


def runs_leftwards(text: str) -> bool:
    """Whether the first letter of a text belongs to a script that is read from right to left."""
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way in ("L", "R", "AL"):
            return way != "L"
    return False


def told_to_word(xml: str) -> str:
    """Word’s text with the direction of each paragraph that runs leftwards."""
    return WORD_PARAGRAPH.sub(_paragraph, xml) if SOME_LEFTWARDS.search(xml) else xml


def _said(xml: str) -> str:
    return unescape(TAG.sub("", xml))


def _paragraph(found: re.Match[str]) -> str:
    paragraph = found[0]
    if not runs_leftwards(_said(paragraph)):
        return paragraph
    head, properties, rest = paragraph.partition("<w:pPr>")
    if properties:
        said, end, rest = rest.partition("</w:pPr>")
        head += properties + _before(AFTER_BIDI, "<w:bidi />", said) + end
    else:
        head, end, rest = paragraph.partition(">")
        head += f"{end}<w:pPr><w:bidi /></w:pPr>"
    return head + WORD_RUN.sub(_run, rest)


def _run(found: re.Match[str]) -> str:
    return f"<w:r><w:rPr>{_before(AFTER_RTL, '<w:rtl />', found[1] or '')}</w:rPr>{found[2]}</w:r>"


def _before(later: re.Pattern[str], this: str, properties: str) -> str:
    found = later.search(properties)
    at = found.start() if found else len(properties)
    return properties[:at] + this + properties[at:]


def told_to_opendocument(xml: str) -> str:
    """OpenDocument’s text with each paragraph that runs leftwards in a style of its own, like the one that it had."""
    if not SOME_LEFTWARDS.search(xml):
        return xml
    used: set[str] = set()

    def told(found: re.Match[str]) -> str:
        kind, before, style, after, said = found.groups()
        if not runs_leftwards(_said(said)):
            return found[0]
        used.add(style)
        return f'<text:{kind}{before or " "}text:style-name="{style}_leftwards"{after or ""}>{said}</text:{kind}>'

    xml = ODT_PARAGRAPH.sub(told, xml)
    return xml.replace(STYLES_END, "".join(_leftwards(xml, style) for style in sorted(used)) + STYLES_END, 1)


def _leftwards(xml: str, style: str) -> str:
    """The style, running leftwards. One of the document’s own is copied: it can't be what another is like."""
    # LibreOffice takes “start” for the left, whichever way the paragraph runs.
    way = 'style:writing-mode="rl-tb" fo:text-align="right"'
    name = f'style:name="{style}_leftwards"'
    own = re.search(rf'<style:style style:name="{re.escape(style)}"[^>]*?(?:/>|>.*?</style:style>)', xml, re.DOTALL)
    if own and "<style:paragraph-properties" in own[0]:
        copied = re.sub(r'fo:text-align="[^"]*"', "", own[0])
        copied = copied.replace("<style:paragraph-properties", f"<style:paragraph-properties {way}", 1)
        return copied.replace(f'style:name="{style}"', name, 1)
    return (
        f'<style:style {name} style:family="paragraph" style:parent-style-name="{style}">'
        f"<style:paragraph-properties {way}/></style:style>"
    )
