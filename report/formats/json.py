"""The appendix as data, in the schema that docs/appendix.schema.json describes."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin

from report.structure import INSIDE, Appendix, Data
from report.structure.base import hints_of

PLAIN = {str: {"type": "string"}, int: {"type": "integer"}, bool: {"type": "boolean"}}


def render(appendix: Appendix) -> bytes:
    """Everything that is printed, and nothing else."""
    return (json.dumps(appendix.printed(), ensure_ascii=False, indent=1) + "\n").encode()


def schema() -> dict[str, Any]:
    """What such a file holds, as a JSON Schema made from the structure itself."""
    kinds: dict[str, Any] = {}
    whole = _object(Appendix, kinds)
    for name in INSIDE:
        del whole["properties"][name]
    about = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An appendix of evidence",
        "description": "What Attest writes as JSON. Every text is plain, without markup. A key stays the same whatever "
        "is printed of its item; it means nothing outside the inquiry.",
    }
    return about | whole | {"$defs": {name: kind for name, kind in sorted(kinds.items()) if name not in UNUSED}}


UNUSED = frozenset({"LeftOut", "Source", "Marked", "Code"})


def _object(cls: Any, kinds: dict[str, Any]) -> dict[str, Any]:
    """A class of the structure; those of its fields join the others."""
    hints = hints_of(cls)
    properties = {one.name: _of(hints[one.name], kinds) for one in fields(cls)}
    required = [one.name for one in fields(cls) if one.default is MISSING or cls is Appendix]
    if hasattr(cls, "kind"):
        properties = {"kind": {"const": cls.kind}} | properties
        required = ["kind", *required]
    return {
        "description": " ".join(str(cls.__doc__).split()),
        "type": "object",
        "properties": properties,
        "required": [name for name in required if name not in INSIDE],
        "additionalProperties": False,
    }


def _of(hint: Any, kinds: dict[str, Any]) -> dict[str, Any]:
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _of(get_args(hint)[0], kinds)}
    if get_origin(hint) in (Union, UnionType):
        return {"oneOf": [_of(one, kinds) for one in get_args(hint)]}
    if hint is date:
        return {"type": "string", "format": "date"}
    if isinstance(hint, type) and issubclass(hint, Data):
        if hint.__name__ not in kinds:
            kinds[hint.__name__] = {}
            kinds[hint.__name__] = _object(hint, kinds)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return PLAIN[hint]


if __name__ == "__main__":
    print(json.dumps(schema(), ensure_ascii=False, indent=2))
