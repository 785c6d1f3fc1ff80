"""What an acknowledgement says: a text with a few named places, filled in for each submission."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

PLACES = {
    "reference": "the submission’s reference",
    "submitter": "who submitted it",
    "received": "when it was received",
    "inquiry": "the inquiry’s title",
    "body": "who inquires",
    "secretariat": "the secretariat",
}
SUBJECT = "{reference}: your evidence to {body}"
TEXT = """\
Dear {submitter},

Thank you for your evidence to the {inquiry}, received {received}. Its reference is {reference}: please give it \
whenever you write to us about it.

The inquiry will read what you sent, and decide whether it is published. Please do not publish it yourself before \
then. If you wish to change it, to withdraw it, or not to be named, write to us and give its reference.

{secretariat}
{body}
"""
_PLACE = re.compile(r"\{([^{}\n]*)\}")


def unknown_places(text: str) -> list[str]:
    """The places in a text that nothing is known for."""
    return [name for name in dict.fromkeys(_PLACE.findall(text)) if name not in PLACES]


def filled(text: str, said: Mapping[str, str]) -> str:
    """The text with its places filled in; what is filled in is never read for places itself."""
    return _PLACE.sub(lambda place: said.get(place[1], place[0]), text)


def one_line(text: str) -> str:
    """A subject: no more than one line, whatever a name holds."""
    return " ".join(text.split())


def about(inquiry: Any) -> dict[str, str]:
    """What is filled in for every submission of the inquiry."""
    return {
        "inquiry": inquiry.title,
        "body": inquiry.body,
        "secretariat": inquiry.secretariat or "The secretariat",
    }


def example_of(inquiry: Any, subject: str, text: str) -> tuple[str, str]:
    """The subject and the text as they would be for a submission that nobody sent."""
    said = {
        **about(inquiry),
        "reference": inquiry.reference(12),
        "submitter": "Dr Jane Example, Example Residents Association",
        "received": "6 April 2022",
    }
    return one_line(filled(subject, said)), filled(text, said)
