"""What is done with meeting packs: that one was taken away is written down."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from accounts.roles import Console, Verb, recorded, require
from inquiry.models import Inquiry
from report.models import PackDownload
from report.pack.assembly import Choice


@transaction.atomic
def log_pack(*, inquiry: Inquiry, choice: Choice, format: str, by: User | Console) -> PackDownload:
    """Writes down that a person took a meeting pack away, and of what."""
    require(by, Verb.READ, inquiry)
    return PackDownload.objects.create(
        inquiry=inquiry,
        theme=choice.theme,
        recommendation=choice.recommendation,
        only=choice.only,
        format=format,
        downloaded_by=recorded(by),
    )
