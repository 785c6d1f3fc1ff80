"""From the bytes of a file to passages that can be pointed at; no database and no Django in here.

What a file is, is told by ``identifying``; it is read by ``runner``. Neither is of use to the child that opens it, and
a child is begun for each file: what it does not need, it does not import.
"""

from evidence.documents.reading.kinds import Kind, Unreadable
from evidence.documents.reading.passages import Attached, Reading, ReadPassage

__all__ = ["Attached", "Kind", "ReadPassage", "Reading", "Unreadable"]
