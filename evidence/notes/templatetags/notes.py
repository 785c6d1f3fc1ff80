"""A thread of notes, and marks, for pages of rooms that stand below this one."""

from __future__ import annotations

from typing import Any

from django import template

from evidence.notes.forms import NoteForm
from evidence.notes.models import Note
from evidence.notes.naming import NAMES_OFFERED, colleagues
from evidence.notes.reading import marks_on

register = template.Library()


@register.inclusion_tag("notes/_thread.html", takes_context=True)
def thread(context: template.Context, kind: str, evidence: Any, form: NoteForm | None = None) -> dict[str, Any]:
    """The notes on something that the person may see, and the form for one more."""
    request: Any = context["request"]
    notes = Note.objects.visible_to(request.user).filter(**{kind: evidence}).select_related("written_by")
    return {
        **_around(context),
        "notes": notes,
        "form": form or NoteForm(),
        "kind": kind,
        "pk": evidence.pk,
        "colleagues": colleagues(request.inquiry, but=request.user)[:NAMES_OFFERED],
    }


@register.inclusion_tag("notes/_marks.html", takes_context=True)
def marks(context: template.Context, kind: str, evidence: Any) -> dict[str, Any]:
    """What the person has marked a piece of evidence as, on the evidence’s own page."""
    request: Any = context["request"]
    return {**_around(context), "marks": marks_on(request.user, kind, [evidence.pk])[evidence.pk]}


def _around(context: template.Context) -> dict[str, Any]:
    return {name: context.get(name) for name in ("request", "inquiry", "user", "may", "back", "csrf_token")}
