"""From the bytes of a file to passages that can be pointed at; no database and no Django in here."""

from evidence.documents.reading.identifying import identify
from evidence.documents.reading.kinds import Kind, Unreadable
from evidence.documents.reading.passages import Attached, Reading, ReadPassage
from evidence.documents.reading.runner import read

__all__ = ["Attached", "Kind", "ReadPassage", "Reading", "Unreadable", "identify", "read"]
