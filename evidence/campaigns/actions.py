"""What is done with submissions that say the same: they are found, marked as a campaign, or said not to be alike."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.aggregates import StringAgg
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import Console, Verb, recorded, require
from evidence.campaigns.likeness import ALIKE, WAY, bands, per_cent_alike, sketch
from evidence.campaigns.models import Campaign, InCampaign, Likeness, NotAlike
from evidence.documents.models import Document, Passage
from evidence.submissions.models import Submission
from inquiry.changes import change
from inquiry.models import Inquiry
from inquiry.models.jobs import JobState

# Keeps two workers from each taking a letter of one new campaign for the first of its kind.
LOCK = 0x616C6B
LOOKED_AT = 200
AT_ONCE = 200
OVER = (JobState.DONE, JobState.FAILED)


def compare_with_others(pk: int) -> None:
    """Finds out which earlier submission this one is like, once its last file has been read."""
    submission = Submission.objects.select_related("inquiry").filter(pk=pk).first()
    if not submission or _documents(submission).exclude(state__in=OVER).exists():
        return
    began = timezone.now()
    made = sketch(_text_of(submission))
    with transaction.atomic():
        _one_at_a_time(submission.inquiry)
        mine, _ = Likeness.objects.update_or_create(
            submission=submission,
            defaults={
                "inquiry": submission.inquiry,
                "words": made.words,
                "places": made.places,
                "bands": bands(made.places),
                "way": WAY,
                "made_at": began,
            },
        )
        # Members go one by one, so that each finds those before it at the head, and not those after it.
        for member in mine.members.order_by("submission__number"):
            _place(member)
        if not mine.members.exists():
            _place(mine)


def _documents(submission: Submission) -> QuerySet[Document]:
    return Document.objects.filter(submission_file__submission=submission)


def _text_of(submission: Submission) -> str:
    words = Passage.objects.filter(document__submission_file__submission=submission)
    order = ("document__submission_file__position", "position")
    return words.aggregate(text=StringAgg("received_text", "\n", order_by=order, default=""))["text"]


def _one_at_a_time(inquiry: Inquiry) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, inquiry.pk])


def _place(mine: Likeness) -> None:
    """Puts a submission with the first of the group that it is most like, or at the head of one of its own.

    Only who stands at a head keeps bands: those that the letters of one campaign share would be too common for the
    index to be of use.
    """
    mine.first = mine.alike = None
    mine.bands = bands(mine.places)
    if mine.bands:
        said = NotAlike.objects.filter(
            Q(submission=mine.submission_id, other=OuterRef("submission"))
            | Q(other=mine.submission_id, submission=OuterRef("submission"))
        )
        others = Likeness.objects.leading().filter(inquiry=mine.inquiry_id, bands__overlap=mine.bands, way=WAY)
        others = others.exclude(pk=mine.pk).exclude(Exists(said)).order_by("submission_id")[:LOOKED_AT]
        found = [(per_cent_alike(mine.places, other.places), other) for other in others]
        likest = max(found, key=lambda pair: pair[0], default=(0, mine))
        if likest[0] >= ALIKE:
            mine.alike, mine.first = likest
            mine.bands = []
    mine.save(update_fields=["first", "alike", "bands"])


def not_compared() -> QuerySet[Submission]:
    """Submissions with words that were never compared, or have changed since, or were compared in another way."""
    read = Document.objects.filter(submission_file__submission=OuterRef("pk"), state=JobState.DONE)
    compared = Likeness.objects.filter(submission=OuterRef("pk"), way=WAY)
    newer = Document.objects.filter(
        submission_file__submission=OuterRef("submission"), finished_at__gt=OuterRef("made_at")
    )
    return Submission.objects.filter(Exists(read)).exclude(Exists(compared.exclude(Exists(newer)))).order_by("pk")


def compare_what_was_missed() -> int:
    """Compares what no message came for, a portion at a time; gives how many there were."""
    missed = list(not_compared().values_list("pk", flat=True)[:AT_ONCE])
    for pk in missed:
        compare_with_others(pk)
    return len(missed)


def compare_all(inquiry: Inquiry) -> int:
    """Makes every likeness of an inquiry again, in the order of the references; what people said of them stands."""
    Likeness.objects.filter(inquiry=inquiry).delete()
    submissions = Submission.objects.filter(inquiry=inquiry).order_by("number")
    for pk in submissions.values_list("pk", flat=True).iterator():
        compare_with_others(pk)
    return Likeness.objects.filter(inquiry=inquiry).count()


@transaction.atomic
def mark_as_campaign(*, inquiry: Inquiry, name: str, submissions: Iterable[Submission], by: User | Console) -> Campaign:
    """Marks submissions as letters of a campaign, a new one or one that is known by this name."""
    require(by, Verb.LOG_EVIDENCE, inquiry)
    name = " ".join(name.split())
    if not name:
        raise Refused("Give the campaign a name by which it is found again.")
    Inquiry.objects.select_for_update(no_key=True).get(pk=inquiry.pk)
    campaign, _ = Campaign.objects.get_or_create(inquiry=inquiry, name=name)
    letters = [each.pk for each in submissions]
    leaving = InCampaign.objects.filter(submission__in=letters).exclude(campaign=campaign)
    emptied = set(leaving.values_list("campaign", flat=True))
    leaving.update(campaign=campaign, marked_by=recorded(by))
    there = set(campaign.letters.values_list("submission", flat=True))
    new = [
        InCampaign(inquiry=inquiry, submission_id=pk, campaign=campaign, marked_by=recorded(by))
        for pk in letters
        if pk not in there
    ]
    InCampaign.objects.bulk_create(new, batch_size=500)
    _forget_the_empty(emptied)
    return campaign


@transaction.atomic
def take_out_of_campaign(*, inquiry: Inquiry, submissions: Iterable[Submission], by: User | Console) -> int:
    """Says that these submissions are no letters of a campaign after all; a campaign without letters is no more."""
    require(by, Verb.LOG_EVIDENCE, inquiry)
    letters = InCampaign.objects.filter(inquiry=inquiry, submission__in=[each.pk for each in submissions])
    emptied = set(letters.values_list("campaign", flat=True))
    taken, _ = letters.delete()
    _forget_the_empty(emptied)
    return taken


def _forget_the_empty(campaigns: Iterable[int]) -> None:
    Campaign.objects.filter(pk__in=campaigns).exclude(
        Exists(InCampaign.objects.filter(campaign=OuterRef("pk")))
    ).delete()


@transaction.atomic
def rename_campaign(*, campaign: Campaign, name: str, by: User | Console) -> Campaign:
    """Gives a campaign another name."""
    require(by, Verb.LOG_EVIDENCE, campaign.inquiry)
    name = " ".join(name.split())
    if Campaign.objects.filter(inquiry=campaign.inquiry, name=name).exclude(pk=campaign.pk).exists():
        raise Refused(f"There is a campaign “{name}” already. Give this one another name.")
    return change(campaign, name=name)


@transaction.atomic
def say_not_alike(*, first: Submission, submissions: Iterable[Submission], by: User | Console) -> list[Submission]:
    """Says that these are not like the first one; they are not shown together again. Who said so is kept."""
    require(by, Verb.LOG_EVIDENCE, first.inquiry)
    _one_at_a_time(first.inquiry)
    others = [each for each in submissions if each.pk != first.pk]
    for each in others:
        NotAlike.objects.get_or_create(
            inquiry=first.inquiry, submission=each, other=first, defaults={"said_by": recorded(by)}
        )
    for mine in Likeness.objects.filter(submission__in=others, first__submission=first).order_by("submission__number"):
        _place(mine)
    return others
