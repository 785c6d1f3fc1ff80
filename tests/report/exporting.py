"""Exports asked for and made at once, as a worker would."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import CONSOLE
from inquiry.models import Inquiry
from report.actions import ask_for_export, make_export
from report.comparing import compare
from report.models import Export, Snapshot


def page(name: str, *args: object) -> str:
    return reverse(f"report:{name}", args=args)


def made(inquiry: Inquiry, format: str = "csv", by: Any = CONSOLE, **choice: Any) -> Export:
    export = ask_for_export(inquiry=inquiry, format=format, by=by, **choice)
    make_export(export.pk)
    return Export.objects.get(pk=export.pk)


def read(export: Export) -> bytes:
    with export.file.open("rb") as kept:
        return kept.read()


def finished(export: Export) -> Export:
    make_export(export.pk)
    return Export.objects.get(pk=export.pk)


def kinds(before: Snapshot, after: Snapshot) -> list[tuple[str, str]]:
    return [(one.kind, one.part) for one in compare(before.appendix(), after.appendix())]
