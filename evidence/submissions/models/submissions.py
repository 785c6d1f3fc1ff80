"""Written evidence under its reference, who submitted it, and the files that came with it."""

from __future__ import annotations

from typing import Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from evidence.documents.models import Document
from evidence.submissions.clearing import a_name_may_have_come_in
from evidence.submissions.life import DECIDED, FIRST, TAKEN, TRANSITIONS, Reading, Request, State, Treatment
from evidence.submissions.references import read_reference
from evidence.submissions.telling import Told, described, together
from evidence.witnesses.models import Organisation, Witness
from inquiry.dates import Precision, known_or_absent
from inquiry.models.jobs import JobState
from inquiry.models.records import (
    Record,
    RecordQuerySet,
    SameInquiry,
    kept_from_others,
    secretariat,
)
from inquiry.words import Words


def treated(*treatments: str, path: str = "") -> models.Q:
    """Submissions to be treated so: as decided, or, until then, as their submitters asked."""
    decided, undecided, asked = f"{path}decision__in", f"{path}decision", f"{path}requested__in"
    return models.Q(**{decided: treatments}) | models.Q(**{undecided: "", asked: treatments})


def uncleared() -> models.Q:
    """Anonymised submissions in which nobody has looked for names since the last change that may have brought one."""
    return treated(Treatment.ANONYMISED) & models.Q(cleared_at=None)


def _kept(condition: models.Q) -> models.GeneratedField:
    """Whether this holds of a submission, worked out by the database as often as its row changes."""
    case = models.Case(models.When(condition, then=True), default=False, output_field=models.BooleanField())
    return models.GeneratedField(expression=case, output_field=models.BooleanField(), db_persist=True)


class Channel(models.TextChoices):
    EMAIL = "email", "E-mail"
    FORM = "form", "Web form"
    POST = "post", "Post"
    HAND = "hand", "By hand"
    OTHER = "other", "Other"


class SubmissionQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The secretariat sees all. Others see what was accepted, unless it is confidential or withdrawn.

        Anonymised evidence they see once a clerk has looked for names in it.
        Each submission knows whether this person may read its submitters' names (``names_open``).
        """
        return (
            self.filter(kept_from_others(user, unless=models.Q(readable=True)))
            .annotate(
                names_open=models.Case(
                    models.When(secretariat(user), then=True),
                    default=models.F("names_known"),
                    output_field=models.BooleanField(),
                )
            )
            .select_related("inquiry")
        )

    def matching(self, text: str) -> Self:
        """Found by reference in any form (LUI0012, lui 12, 12), by title, or by a submitter's name, where it is open.

        Ask what ``visible_to`` gives: names and titles that a person may not know find nothing for them.
        """
        number = read_reference(text)
        by_name = Submitter._base_manager.filter(submission=models.OuterRef("pk")).filter(
            models.Q(witness__name__icontains=text) | models.Q(organisation__name__icontains=text)
        )
        words = models.Q(models.Q(title__icontains=text) | models.Exists(by_name), names_open=True)
        if number is None:
            return self.filter(words)
        code, figures = number
        found = models.Q(number=figures)
        if code:
            found &= models.Q(inquiry__code=code)
        return self.filter(found | words)

    def with_reading(self) -> Self:
        """Each with how far its files are read: the worst of them, or that there is none."""
        worst = (
            SubmissionFile._base_manager.filter(submission=models.OuterRef("pk"))
            .annotate(
                reading=models.Case(
                    models.When(document__state=JobState.FAILED, then=models.Value(Reading.FAILED)),
                    models.When(document__state=JobState.DONE, then=models.Value(Reading.READ)),
                    default=models.Value(Reading.NOT_READ),
                )
            )
            .order_by("reading")
        )
        return self.annotate(reading=Coalesce(models.Subquery(worst.values("reading")[:1]), models.Value(Reading.NONE)))

    def may_be_printed(self) -> Self:
        """Those whose words may stand in a report: decided for publication, cleared of names, and not withdrawn.

        Where a consent was taken back, they wait for another decision.
        """
        open_again = ~uncleared() & models.Q(state__in=DECIDED, consent_withdrawn=False)
        return self.filter(open_again).exclude(decision=Treatment.CONFIDENTIAL)

    def with_submitters(self) -> Self:
        return self.prefetch_related(models.Prefetch("submitters", Submitter.objects.in_order()))


_STEPS = ", ".join(f"'{old}>{new}'" for old, following in TRANSITIONS.items() for new in following)
_FIRST_STATES = ", ".join(f"'{state}'" for state in FIRST)


@pghistory.track(exclude=["readable", "names_known"])
class Submission(Told, Record):
    """Written evidence under one reference, which is allotted on receipt, never reused and never renumbered."""

    number = models.PositiveIntegerField(editable=False, help_text="allotted by the database on receipt")
    title = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    requested = models.CharField(
        "what the submitter asked for", max_length=12, choices=Request.choices, default=Request.FULL
    )
    decision = models.CharField(max_length=12, choices=Treatment.choices, blank=True)
    received_on = models.DateField(null=True, blank=True)
    received_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    lived_experience = models.BooleanField("speaks from lived experience", default=False)
    published_on = models.DateField(null=True, blank=True)
    consent_withdrawn = models.BooleanField("a consent was taken back, and nothing decided since", default=False)
    cleared_at = models.DateTimeField("cleared of names", null=True, blank=True)
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    cleared_because = models.CharField("why a name may stay", max_length=300, blank=True)
    # What those outside the secretariat may read of it, and whether they may know who wrote it.
    readable = _kept(models.Q(state__in=TAKEN) & ~treated(Treatment.CONFIDENTIAL) & ~uncleared())
    names_known = _kept(~treated(Treatment.ANONYMISED, Treatment.CONFIDENTIAL))
    objects = SubmissionQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("number",)
        indexes = (
            GinIndex(Words("title"), name="submissions_by_words"),
            # Which submissions a person may see is asked in every list, of all of them. With the others in it, it would
            # be read for what asks for a few.
            models.Index(
                fields=["inquiry", "id"],
                include=["names_known"],
                condition=models.Q(readable=True),
                name="submissions_readable",
            ),
            models.Index(fields=["inquiry", "number"], name="submissions_by_number"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="known_submission_state"),
            models.CheckConstraint(
                condition=models.Q(decision__in=["", *Treatment.values]), name="known_submission_decision"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=DECIDED) | ~models.Q(decision=""), name="decided_has_a_decision"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.PUBLISHED, decision=Treatment.CONFIDENTIAL),
                name="confidential_is_not_published",
            ),
            models.CheckConstraint(
                condition=known_or_absent("received_on", "received_precision"), name="received_date_known"
            ),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Trigger(
                name="life_of_a_submission",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
                func=f"""
                    IF OLD.state || '>' || NEW.state NOT IN ({_STEPS}) THEN
                        RAISE EXCEPTION 'A submission that is % cannot become %.', OLD.state, NEW.state
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="life_begins",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF NEW.state NOT IN ({_FIRST_STATES}) THEN
                        RAISE EXCEPTION 'A submission begins as received.' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="reference_is_allotted",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    PERFORM 1 FROM inquiry_inquiry WHERE id = NEW.inquiry_id FOR NO KEY UPDATE;
                    IF NEW.number IS NULL THEN
                        SELECT coalesce(max(number), 0) + 1 INTO NEW.number
                        FROM submissions_allottedreference WHERE inquiry_id = NEW.inquiry_id;
                    END IF;
                    INSERT INTO submissions_allottedreference (inquiry_id, number, created_at)
                        VALUES (NEW.inquiry_id, NEW.number, now());
                    RETURN NEW;
                """,
            ),
            pgtrigger.ReadOnly(name="reference_stands", fields=["number", "inquiry"]),
            pgtrigger.Trigger(
                name="as_last_decided",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("decision"),
                func="""
                    IF NEW.decision <> coalesce((
                        SELECT treatment FROM submissions_publicationdecision
                        WHERE submission_id = NEW.id ORDER BY id DESC LIMIT 1
                    ), '') THEN
                        RAISE EXCEPTION 'A submission is treated as was last decided: record the decision first.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def late(self) -> bool:
        """Whether it certainly came after the last day for written evidence; of a month, its first day counts."""
        until = self.inquiry.evidence_until
        return bool(until and self.received_on and self.received_on > until)

    @property
    def shown_title(self) -> str:
        """Its title, for the person whom it was read for: not where the names are kept back, for it may tell them."""
        return self.title if getattr(self, "names_open", self.names_may_be_printed) else ""

    @cached_property
    def authors(self) -> list[Submitter]:
        """Its submitters, as they stand on it."""
        return list(self.submitters.all())

    @cached_property
    def _names(self) -> str:
        return together([submitter.described for submitter in self.authors])


@pghistory.track(pghistory.InsertEvent())
class AllottedReference(Record):
    """That a number was given to a submission of the inquiry. Rows are only ever added: no number is given twice."""

    number = models.PositiveIntegerField()

    class Meta(Record.Meta):
        verbose_name = "allotted reference"
        constraints = (models.UniqueConstraint(fields=["inquiry", "number"], name="no_reference_twice"),)
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Protect(name="kept_for_good", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return self.inquiry.reference(self.number)


class SubmitterQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The names behind the submissions that the person may see, where they may be known."""
        named = Submission.objects.visible_to(user).filter(names_open=True).order_by()
        return self.filter(submission__in=named.values("pk"))

    def in_order(self) -> Self:
        """Those of a submission as they stand on it."""
        return self.select_related("witness", "organisation").order_by("position", "id")


@pghistory.track()
class Submitter(Record):
    """A person, a body, or a person for a body, who submitted the evidence."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="submitters")
    witness = models.ForeignKey(Witness, models.PROTECT, null=True, blank=True, related_name="submitted")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="submitted")
    position = models.PositiveSmallIntegerField(default=0)
    objects = SubmitterQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("submission", "position", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(witness__isnull=False) | models.Q(organisation__isnull=False),
                name="submitter_is_somebody",
            ),
            models.UniqueConstraint(
                fields=["submission", "witness", "organisation"],
                nulls_distinct=False,
                name="submits_once",
                violation_error_message="The same submitter stands twice on this submission.",
            ),
        )
        triggers = (SameInquiry(name="same_inquiry"), a_name_may_have_come_in())

    def __str__(self) -> str:
        return self.described

    @property
    def described(self) -> str:
        return described(*(one.name if one else None for one in (self.witness, self.organisation)))


@pghistory.track()
class SubmissionFile(Record):
    """A document that came with a submission."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files")
    document = models.OneToOneField(Document, models.CASCADE, related_name="submission_file")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Record.Meta):
        ordering = ("submission", "position", "id")
        verbose_name = "file of a submission"
        triggers = (
            SameInquiry(name="same_inquiry"),
            a_name_may_have_come_in(),
            pgtrigger.ReadOnly(name="stays_with_its_submission", fields=["submission", "document"]),
        )

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.document_id}"
