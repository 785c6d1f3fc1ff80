"""What the commands of the report share."""

from __future__ import annotations

from accounts.refusals import Refused
from accounts.roles import CONSOLE
from inquiry.models import Inquiry
from report.models import Snapshot


def snapshot_numbered(number: int, inquiry: Inquiry | None = None) -> Snapshot:
    """The snapshot of this number, or a sentence that there is none."""
    found = Snapshot.objects.visible_to(CONSOLE).select_related("inquiry", "house_style").filter(pk=number).first()
    if found is None or (inquiry and found.inquiry != inquiry):
        where = f" of {inquiry.code}" if inquiry else ""
        raise Refused(f"There is no snapshot {number}{where}.")
    return found
