"""What is done with suggestions: one is dismissed, or brought back. A tag is made where its words are quoted."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from accounts.roles import Console, Verb, recorded, require
from evidence.documents.models import Passage
from evidence.suggestions.models import Dismissal
from inquiry.models import Theme


@transaction.atomic
def dismiss(*, theme: Theme, passage: Passage, by: User | Console) -> Dismissal:
    """Says that a passage is not about a theme: it is not suggested for it again. Who said so first stays."""
    require(by, Verb.TAG, theme.inquiry)
    said, _ = Dismissal.objects.get_or_create(
        theme=theme, passage=passage, defaults={"inquiry": theme.inquiry, "dismissed_by": recorded(by)}
    )
    return said


@transaction.atomic
def bring_back(*, theme: Theme, passage: Passage, by: User | Console) -> None:
    """Lets a passage be suggested for a theme again."""
    require(by, Verb.TAG, theme.inquiry)
    Dismissal.objects.filter(theme=theme, passage=passage).delete()
