"""The paragraphs of a transcript that is a PDF; a turn begins where a name in bold does, however lines are set."""

from collections.abc import Callable

from evidence.documents.reading import pdf
from evidence.documents.reading.pdf_lines import Line
from evidence.transcripts.reading.leads import Speakers, lead
from evidence.transcripts.reading.transcript import Paragraph


def paragraphs(data: bytes, progress: Callable[[int, str], None]) -> tuple[list[Paragraph], list[str]]:
    """The document's paragraphs, and notes for the clerk."""
    pages, notes = pdf.clean_pages(data, progress)
    leads = [(line, begun) for page in pages for line in page.lines if (begun := lead(line.text))]
    speakers = Speakers((begun, line.marked) for line, begun in leads)
    beginnings = {id(line) for line, begun in leads if speakers.begins(begun, line.marked)}

    def begins(line: Line) -> bool:
        return id(line) in beginnings

    measure, spelt = pdf.measured(pages), pdf.spelling(pages)
    found: list[Paragraph] = []
    for paragraph in pdf.paragraphs(pages, measure, spelt, begins):
        if lines := paragraph.lines:
            found.append(
                Paragraph(
                    pdf.flowing(lines, spelt),
                    tuple(line.text for line in lines),
                    paragraph.page,
                    paragraph.heading,
                    lines[0].marked,
                )
            )
        found.extend(Paragraph(note.text, page=note.page) for note in paragraph.notes)
    return found, notes
