"""A thread of notes, and marks, for pages of rooms that stand below this one."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.statements import number_given, records_kept_for
from evidence.notes.forms import NoteForm
from evidence.notes.models import Note
from evidence.notes.naming import NAMES_OFFERED, colleagues
from evidence.notes.reading import Marks, marks_on
from inquiry.addresses import addresses

register = template.Library()

# By whether it is marked so.
STAR = {
    True: mark_safe('value="off" aria-pressed="true" title="Take the star back"'),
    False: mark_safe('value="on" aria-pressed="false" title="Star it for yourself"'),
}
READ = {
    True: mark_safe('value="off" title="Not read after all">✓ Read'),
    False: mark_safe('value="on">Mark as read'),
}
RAISE = {
    True: mark_safe('value="off" title="Do not raise it">✓ Raised at meeting'),
    False: mark_safe('value="on">Raise at meeting'),
}
MARKS = """<form class="row marks{unread}" method="post" action="{at}" hx-post="{at}" hx-swap="outerHTML">
<input type="hidden" name="csrfmiddlewaretoken" value="{csrf}"><input type="hidden" name="next" value="{back}">{theme}
<button class="star" type="submit" id="star-{called}" name="starred" aria-label="Star" {star}>★</button>
<button class="link" type="submit" id="read-{called}" name="read" {read}</button>
<a href="{thread}">{notes}</a>
<button class="link" type="submit" id="raise-{called}" name="raised" {raise_it}</button>{raised_by}
</form>"""


@register.inclusion_tag("notes/_thread.html", takes_context=True)
def thread(context: template.Context, kind: str, evidence: Any, form: NoteForm | None = None) -> dict[str, Any]:
    """The notes on something that the person may see, and the form for one more."""
    request: Any = context["request"]
    user = request.user

    def there() -> Any:
        return Note.objects.visible_to(user).filter(**{kind: number_given("on")}).select_related("written_by")

    return {
        **_around(context),
        "notes": records_kept_for(user, ("notes", kind), there, on=evidence.pk),
        "form": form or NoteForm(),
        "kind": kind,
        "pk": evidence.pk,
        "colleagues": colleagues(request.inquiry, but=user)[:NAMES_OFFERED],
    }


@register.simple_tag(takes_context=True)
def marks_on_it(context: template.Context, kind: str, evidence: Any) -> SafeString:
    """What the person has marked a piece of evidence as, on the evidence’s own page."""
    request: Any = context["request"]
    return marks(context, marks_on(request.user, kind, [evidence.pk])[evidence.pk])


@register.simple_tag(takes_context=True)
def marks(context: template.Context, on: Marks, theme: Any = None) -> SafeString:
    """What the person has marked a piece of evidence as, each mark with its button, and the way to its notes.

    They stand with each piece of evidence in a list, so they are drawn at once.

    :param theme: where it is read on a theme, whose progress follows the marks.
    """
    request, code = context["request"], context["inquiry"].code
    back = request.POST.get("next") or request.get_full_path()
    at = addresses("notes:mark", code, on.kind)(on.pk)
    called = f"{on.kind}-{on.pk}"
    return format_html(
        MARKS,
        unread="" if on.read else " unread",
        at=at,
        csrf=context["csrf_token"],
        back=back,
        theme=format_html('<input type="hidden" name="theme" value="{}">', theme.pk) if theme else "",
        called=called,
        star=STAR[on.starred],
        read=READ[on.read],
        thread=f"{addresses('notes:thread', code, on.kind)(on.pk)}?next={quote(back)}%23star-{called}",
        notes=f"{on.notes} note{'' if on.notes == 1 else 's'}" if on.notes else "Note",
        raise_it=RAISE[on.raised],
        raised_by=format_html(' <span class="meta">Raised by {}</span>', ", ".join(on.raised_by))
        if on.raised_by
        else "",
    )


def _around(context: template.Context) -> dict[str, Any]:
    return {name: context.get(name) for name in ("request", "inquiry", "user", "may", "back", "csrf_token")}
