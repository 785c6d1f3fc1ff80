"""Ordered, immutable data that goes to JSON and comes back equal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Self, Union, get_args, get_origin, get_type_hints

# What neither XML nor PDF can hold, and the marks that turn the direction of all that follows them, the citation and
# the next quote included; words of right-to-left scripts need none. New lines and tabs stay as they were typed.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without the characters that no document can hold, its line ends alike."""
    # None of what is taken out counts as printable in Unicode.
    if text.isprintable():
        return text
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def paragraphs(text: str) -> list[str]:
    """A text as the paragraphs that were typed; each line end is one."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def listed(*texts: str) -> str:
    """Those that say something, with commas."""
    return ", ".join(text for text in texts if text)


def named(number: str, title: str) -> str:
    """A title with its number, where it has one."""
    return f"{number} · {title}" if number else title


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list | tuple):
        return tuple(value if value and isinstance(value[0], Data) else map(_clean, value))
    return value


@dataclass(frozen=True)
class Data:
    """Ordered, immutable data that goes to JSON and comes back equal."""

    def __post_init__(self) -> None:
        said = self.__dict__
        for name, value in said.items():
            if not (type(value) is str and value.isprintable()):
                said[name] = _clean(value)

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it. What is one of several kinds says which."""
        kind = {"kind": self.kind} if hasattr(self, "kind") else {}
        return kind | {one.name: _plain(getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """What `to_dict` was made from. Fields that are missing take their defaults, unknown ones are refused."""
        own: Any = cls
        hints = hints_of(own)
        return cls(**{name: _typed(value, hints[name]) for name, value in data.items() if name != "kind"})


@cache
def hints_of(cls: Any) -> dict[str, Any]:
    """The types of a class's fields."""
    return get_type_hints(cls)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.to_dict() if isinstance(value, Data) else value


def _typed(value: Any, hint: Any) -> Any:
    if get_origin(hint) is tuple:
        return tuple(_typed(one, get_args(hint)[0]) for one in value)
    if get_origin(hint) in (Union, UnionType):
        return next(kind for kind in get_args(hint) if kind.kind == value["kind"]).from_dict(value)
    if hint is date:
        return date.fromisoformat(value)
    if is_dataclass(hint) and isinstance(hint, type) and issubclass(hint, Data):
        return hint.from_dict(value)
    return value
