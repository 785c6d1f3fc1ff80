"""From the bytes of a file to a transcript."""

from collections.abc import Callable

from evidence.documents.reading.kinds import NOT_A_DOCUMENT, Kind, Unreadable, identify
from evidence.documents.reading.plain import decode
from evidence.transcripts.reading.transcript import Transcript

ACCEPTED = "Send a PDF, a Word document (.docx), plain text, CSV, WebVTT or SRT."


def _quiet(percent: int, what: str) -> None:
    pass


def read_transcript(data: bytes, progress: Callable[[int, str], None] = _quiet) -> Transcript:
    """The transcript in a file; its format is told from its content, and its name is never believed.

    :raises Unreadable: with a sentence that says what to do.
    """
    kind = identify(data)
    if kind is Kind.TEXT:
        return _text(decode(data) or "", progress)
    # Each reader brings a library along, so only the one that is needed is loaded.
    from evidence.transcripts.reading import turns

    if kind is Kind.PDF:
        from evidence.transcripts.reading import from_pdf

        paragraphs, notes = from_pdf.paragraphs(data, progress)
    elif kind is Kind.DOCX:
        from evidence.transcripts.reading import from_word

        progress(10, "Reading the text")
        paragraphs, notes = from_word.paragraphs(data)
    else:
        raise Unreadable(f"{NOT_A_DOCUMENT.split('.')[0]}. {ACCEPTED}")
    progress(92, "Telling who speaks")
    return turns.transcript(paragraphs, notes)


def _text(text: str, progress: Callable[[int, str], None]) -> Transcript:
    from evidence.transcripts.reading import from_cues, from_table, from_text, turns

    progress(10, "Reading the text")
    if mark := from_table.delimiter(text):
        return from_table.transcript(text, mark)
    source = from_cues if from_cues.is_cues(text) else from_text
    paragraphs, notes = source.paragraphs(text)
    progress(60, "Telling who speaks")
    return turns.transcript(paragraphs, notes)
