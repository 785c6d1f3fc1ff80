"""How far a submission has come, in a word: for lists of many."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from evidence.submissions.life import State
from evidence.submissions.models import Submission
from inquiry.templatetags.parts import tag

register = template.Library()
TONES = {State.RECEIVED: "warn", State.PUBLISHED: "good", State.WITHDRAWN: "stop"}


@register.filter
def state(submission: Submission) -> SafeString:
    """The state that it is in."""
    return tag(State(submission.state).label, tone=TONES.get(State(submission.state), ""))


@register.filter
def publication(submission: Submission) -> SafeString | str:
    """What was decided on its publication; until then, what its submitters asked for."""
    if submission.decision:
        return str(submission.get_decision_display())
    return format_html('<span class="meta">Asks: {}</span>', submission.get_requested_display().lower())
