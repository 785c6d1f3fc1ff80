"""People and bodies, and when they were heard."""

from __future__ import annotations

import unicodedata
from typing import Any, Self

import pghistory
import pgtrigger
from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from inquiry.models import Panel
from inquiry.models.records import Record, RecordQuerySet, SameInquiry, kept_from_others
from inquiry.models.sessions import heard_openly, names_no_one_under_the_rule
from inquiry.words import Words


class Sector(models.TextChoices):
    """Whose voice it is. Residents stand first, because those who live there are heard first."""

    RESIDENTS = "residents", "Residents and neighbourhood groups"
    CIVIL_SOCIETY = "civil_society", "Civil society"
    THINK_TANK = "think_tank", "Think tank"
    ACADEMIA = "academia", "Academia"
    LOCAL_GOVERNMENT = "local_government", "Local government"
    CENTRAL_GOVERNMENT = "central_government", "Central government"
    BUSINESS = "business", "Business"
    OTHER = "other", "Other"
    NOT_KNOWN = "not_known", "Not known"


# What is chosen from for a new organisation.
SECTOR_CHOICES = [("", "Not known"), *(choice for choice in Sector.choices if choice[0] != Sector.NOT_KNOWN)]

NAMES_OFFERED = 300


def tidied(name: str) -> str:
    """A name as it is kept: letters composed, one space between words."""
    return " ".join(unicodedata.normalize("NFC", name).split())


class NamedQuerySet(RecordQuerySet):
    """People and bodies: named outside the secretariat only where they spoke openly or wrote under their name."""

    def called(self, name: str) -> Self:
        """Those of the name, whatever its capitals; the same are capitals to the database that keeps names apart."""
        return self.filter(Exact(Lower("name"), Lower(Value(tidied(name)))))

    def visible_to(self, user: Any) -> Self:
        appearances, submitters = mentions(user)
        mention = self.model._meta.model_name
        # Half of the submitters are bodies that name no person, or the other way round: passed over at once.
        theirs = {mention: models.OuterRef("pk"), f"{mention}__isnull": False}
        named = models.Exists(appearances.filter(**theirs)) | models.Exists(submitters.filter(**theirs))
        return self.filter(kept_from_others(user, unless=models.Q(named)))


@pghistory.track()
class Organisation(Record):
    """A body that gives evidence or sends people to give it."""

    name = models.CharField(max_length=300)
    sector = models.CharField(max_length=20, choices=Sector.choices, default=Sector.NOT_KNOWN)
    objects = NamedQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                "inquiry",
                Lower("name"),
                name="one_organisation_per_name",
                violation_error_message="There is an organisation of that name already.",
            ),
            models.CheckConstraint(condition=models.Q(sector__in=Sector.values), name="known_sector"),
        )
        indexes = (GinIndex(Words("name"), name="bodies_by_words"),)

    def __str__(self) -> str:
        return self.name

    @property
    def entered_sector(self) -> str:
        """The sector as it is entered: empty where it is not known."""
        return "" if self.sector == Sector.NOT_KNOWN else self.sector


@pghistory.track()
class Witness(Record):
    """A person who gives evidence, spoken or written."""

    inquiry = models.ForeignKey("inquiry.Inquiry", models.PROTECT, related_name="witnesses")
    name = models.CharField(max_length=200, help_text="As it is printed, with any honorific: Dr Jane Example.")
    lived_experience = models.BooleanField(
        "speaks from lived experience", default=False, help_text="Lives, or has lived, what the inquiry is about."
    )
    objects = NamedQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("name",)
        verbose_name_plural = "witnesses"
        indexes = (
            models.Index("inquiry", Lower("name"), name="people_by_name"),
            GinIndex(Words("name"), name="people_by_words"),
        )

    def __str__(self) -> str:
        return self.name


class AppearanceQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Who was heard in private is known to the secretariat alone; everyone else's appearance to all."""
        return self.filter(kept_from_others(user, unless=heard_openly()))

    def may_be_printed(self) -> Self:
        """Those that a report may name: all but the ones in private."""
        return self.filter(heard_openly())

    def in_order(self) -> Self:
        return self.select_related("witness", "organisation").order_by("panel__number", "position", "id")


@pghistory.track()
class Appearance(Record):
    """A witness on a panel, with the role and organisation of that day."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="appearances")
    witness = models.ForeignKey(Witness, models.PROTECT, related_name="appearances")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="appearances")
    role = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    objects = AppearanceQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("panel", "position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["panel", "witness", "organisation"],
                nulls_distinct=False,
                # While a panel is corrected two entries may change places.
                deferrable=models.Deferrable.DEFERRED,
                name="once_on_a_panel_for_a_body",
                violation_error_message="The same witness stands twice on a panel for the same body.",
            ),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            names_no_one_under_the_rule("no witness may be recorded"),
            pgtrigger.ReadOnly(name="stays_on_its_panel", fields=["panel"]),
        )

    def __str__(self) -> str:
        return self.described

    @property
    def described(self) -> str:
        """The witness as cited: "Anna Bradley-Dorman, Ramsey Million Big Local"."""
        return f"{self.witness.name}, {self.organisation.name}" if self.organisation else self.witness.name

    @property
    def listed(self) -> str:
        """The witness as listed, with the role of that day: "Name, role, organisation"."""
        parts = (self.witness.name, self.role, self.organisation.name if self.organisation else "")
        return ", ".join(part for part in parts if part)


def mentions(user: Any) -> tuple[models.QuerySet[Any], models.QuerySet[Any]]:
    """Where people and bodies are named for this person to see: on panels, and on written evidence."""
    submitters = apps.get_model("submissions", "Submitter")._default_manager
    return Appearance.objects.visible_to(user), submitters.visible_to(user)


def said_by(witness: Witness, user: Any) -> Any:
    """What the witness is quoted with from sessions, as far as this person may see it."""
    quotes = apps.get_model("quotes", "Quote")._default_manager
    return quotes.visible_to(user).standing().filter(appearance__witness=witness).select_related("panel__session")


def consents_for(user: Any) -> models.Prefetch[Any]:
    """What witnesses agreed to, with their appearances, for those who may know of it."""
    consents = apps.get_model("submissions", "Consent")._default_manager
    return models.Prefetch("consents", consents.visible_to(user).select_related("recorded_by"))


def known_names(inquiry: Any, user: Any) -> dict[str, models.QuerySet[Any, str]]:
    """Names that the inquiry knows already, the latest first, to be chosen instead of typed."""
    return {
        offered: model.objects.visible_to(user)
        .filter(inquiry=inquiry)
        .order_by("-id")
        .values_list("name", flat=True)[:NAMES_OFFERED]
        for offered, model in (("people", Witness), ("organisations", Organisation))
    }
