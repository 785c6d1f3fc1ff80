"""The daily digest: who has named somebody in a note, and where; sent once, and never what the evidence says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.actions import signed_for
from accounts.refusals import Refused
from evidence.notes.models import Digest, Mention
from evidence.notes.places import places_of
from inquiry.jobs import send_on_commit, sweep, working_on
from inquiry.mailing import NotTaken, hand_over, mail_server
from inquiry.models.jobs import JobState

SEND = "evidence.notes.tasks.send"
# In the morning of the inquiry’s own time; what names somebody later in the day is told the next.
AT = dt.time(7)
UNSURE = "It may have been sent: what became of it at the mail server is not known. It is not sent again."
TOLD_AT_MOST = 50


def plan(now: dt.datetime | None = None) -> int:
    """Asks for a digest for everyone whom a note has named since the last, once a day and inquiry.

    Whether they may still read the note is asked when it is sent.
    """
    here = timezone.localtime(now)
    if here.time() < AT:
        return 0
    untold = Mention.objects.untold(_morning(here.date())).order_by()
    asked = untold.values_list("inquiry", "person").distinct()
    return sum(_ask_for(inquiry, person, here.date()) for inquiry, person in asked)


def _morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, AT))


@transaction.atomic
def _ask_for(inquiry: int, person: int, day: dt.date) -> bool:
    digest, new = Digest.objects.get_or_create(inquiry_id=inquiry, person_id=person, day=day)
    if new:
        send_on_commit(SEND, digest.pk)
    return new


def send(pk: int) -> None:
    """Sends a digest that was asked for: once, and only of what its reader may read now."""
    jobs = Digest.objects.all()
    if not jobs.claim(pk):
        return
    digest = Digest.objects.select_related("inquiry", "person").get(pk=pk)
    with working_on(jobs, pk, Refused):
        _send(digest)


def _send(digest: Digest) -> None:
    told = _told(digest)
    if not told:
        # They have left, turned it off, looked at it, or may not read it any more.
        Digest.objects.finish(digest.pk)
        return
    message = _message(digest, told)
    with mail_server(message):
        _hand_over(digest, message, [line["mention"].pk for line in told])


def _told(digest: Digest) -> list[dict[str, Any]]:
    """Who named them, and where, as far as they may read it."""
    person, inquiry = digest.person, digest.inquiry
    mentions = Mention.objects.visible_to(person).untold(_morning(digest.day)).filter(inquiry=inquiry)
    found = list(mentions.select_related("note__written_by")[:TOLD_AT_MOST])
    places = places_of(person, [mention.note for mention in found], inquiry.code)
    return [
        {
            "mention": mention,
            "who": mention.note.written_by.name,
            "where": places[mention.note_id].label,
            "link": f"{settings.ATTEST_URL}{places[mention.note_id].url}#note-{mention.note_id}",
        }
        for mention in found
        if mention.note_id in places
    ]


def _message(digest: Digest, told: list[dict[str, Any]]) -> mail.EmailMessage:
    off = f"{settings.ATTEST_URL}{reverse('digest_off', args=[signed_for(digest.person)])}"
    context = {"inquiry": digest.inquiry, "person": digest.person, "told": told, "off": off}
    subject = f"{digest.inquiry.code}: you are named in {len(told)} note{'' if len(told) == 1 else 's'}"
    text = render_to_string("notes/digest.txt", context)
    return mail.EmailMessage(subject, text, to=[digest.person.email], headers={"List-Unsubscribe": f"<{off}>"})


def _hand_over(digest: Digest, message: mail.EmailMessage, mentions: list[int]) -> None:
    mine = Digest.objects.filter(pk=digest.pk, attempts=digest.attempts)
    with transaction.atomic():
        if not mine.filter(handed_over_at=None, state=JobState.RUNNING).update(handed_over_at=timezone.now()):
            # Another worker took it up, because this one was silent for too long.
            return
        Mention.objects.filter(pk__in=mentions).update(digest=digest)
    try:
        hand_over(message, unsure=UNSURE, called=f"digest {digest.pk}")
    except NotTaken:
        # Nothing went out: the next day’s tells it.
        with transaction.atomic():
            mine.update(handed_over_at=None)
            Mention.objects.filter(pk__in=mentions).update(digest=None)
        raise
    now = timezone.now()
    mine.update(state=JobState.DONE, error="", progress=100, sent_at=now, finished_at=now)


def pick_up() -> None:
    """Sends again what nobody works on, unless it may be on its way."""
    sweep(Digest.objects.filter(handed_over_at=None), SEND)
    for each in Digest.objects.dropped().exclude(handed_over_at=None).only("pk"):
        Digest.objects.fail(each.pk, UNSURE)
