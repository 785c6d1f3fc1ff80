"""The kinds of file that are read, and the sentences for those who sent one that is not."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of file that are read."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    EML = "eml"


class Unreadable(Exception):
    """A file that can't be read; its message is a sentence for the person who sent the file."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


ACCEPTED = (
    "Send a PDF, a Word document (.docx), an OpenDocument text (.odt), RTF, a web page, Markdown, plain text "
    "or an e-mail (.eml)."
)
EMPTY = "This file is empty. Look for the right one and send it again."
BROKEN_WORD = "This Word document is damaged. Open it in Word, save it again under a new name, and send that."
BROKEN_ODT = "This OpenDocument text is damaged. Open it in LibreOffice, save it again under a new name, and send that."
BROKEN_RTF = "This rich text file (RTF) is damaged. Open it in Word, save it as .docx, and send that."
BROKEN_HTML = "This web page could not be read. Print it to a PDF, and send that."
BROKEN_TEXT = "This text could not be read. Save it as UTF-8, and send that."
BROKEN_MAIL = "This e-mail is damaged. Save the message again, or save what is attached to it, and send that."
BROKEN_PDF = "This PDF is damaged or was cut short. Save it again from where it came, and send that."
LOCKED_PDF = "This PDF is locked with a password. Save it without the password, and send that."
LOCKED_WORD = "This document is locked with a password. Save it in Word without the password, and send that."
LOCKED_ODT = "This document is locked with a password. Save it in LibreOffice without the password, and send that."
LOCKED_MAIL = "This e-mail is encrypted or sealed. Open it where it can be opened, and send what is in it."
OLD_WORD = "This is in the old Office format (such as .doc). Open it in Word, save it as .docx, and send that."
OUTLOOK = "This is an Outlook message (.msg). Open it, save it as .eml or as text, and send that."
MACROS = "This document holds macros, which are never opened. Save it in Word as .docx (without macros), and send that."
MACROS_ODT = (
    "This document holds macros, which are never opened. "
    "Take them out in LibreOffice, or save it as .docx, and send that."
)
TOO_LARGE_INSIDE = (
    "This document unpacks to far more than a document should. "
    "Copy its text into a new document, take out large pictures, and send that."
)
NO_ENCODING = "This text is in an encoding that could not be told. Save it as UTF-8, and send that."
SCAN = (
    "This PDF is a scan: it holds pictures of pages, and no text. "
    "Run it through text recognition (OCR), or ask the sender for the original document."
)
NOT_READ = {
    "zip": "This is a ZIP archive. Unpack it and send the documents in it.",
    "office": "This is a spreadsheet or a presentation. " + ACCEPTED,
    "picture": "This is a picture, which holds no text. Send the document that it was taken from.",
    "xml": "This is XML, which is not a document to be read. " + ACCEPTED,
}
NOT_A_DOCUMENT = "This is not a document that can be read. " + ACCEPTED
