"""From the bytes of a file to passages that can be pointed at; no database and no Django in here."""

from evidence.documents.reading.kinds import Kind, Unreadable, identify
from evidence.documents.reading.passages import Reading, ReadPassage
from evidence.documents.reading.runner import read

__all__ = ["Kind", "ReadPassage", "Reading", "Unreadable", "identify", "read"]
