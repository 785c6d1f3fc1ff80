"""The inquiry itself: what is asked, by whom, and how its report cites."""

from __future__ import annotations

from typing import Any, Self

import pghistory
from django.core.validators import RegexValidator
from django.db import models

from accounts.roles import Verb, inquiries_where
from inquiry.models.records import Record


class CitationStyle(models.TextChoices):
    APPG = "appg", "All-party group"
    COMMONS = "commons", "House of Commons"
    LORDS = "lords", "House of Lords"


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def visible_to(self, user: Any) -> Self:
        """The inquiries in which the person has a role; the others do not exist for them."""
        return self.filter(pk__in=inquiries_where(user, Verb.READ))


@pghistory.track()
class Inquiry(models.Model):
    """A question put by a body of members, on which it hears evidence and reports."""

    code = models.CharField(
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,6}$", "A code is two to six capital letters, such as LUI.")],
        help_text="Two to six capital letters. It begins every reference: LUI0001.",
    )
    title = models.CharField(max_length=300)
    body = models.CharField("body", max_length=300, help_text="Who inquires: the group, committee or commission.")
    secretariat = models.CharField(max_length=300, blank=True)
    funding = models.CharField(
        "researched and funded by", max_length=300, blank=True, help_text="Printed under the rubric."
    )
    question = models.TextField("the question", blank=True)
    report_title = models.CharField(max_length=300, blank=True)
    citation_style = models.CharField(max_length=10, choices=CitationStyle.choices, default=CitationStyle.APPG)
    rubric = models.TextField(blank=True, help_text="The statement that the report must carry.")
    opened_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField("closes to evidence on", null=True, blank=True)
    evidence_until = models.DateField("written evidence until", null=True, blank=True)
    data_controller = models.CharField(max_length=300, blank=True)
    lawful_basis = models.CharField(max_length=300, blank=True)
    privacy_notice = models.TextField(blank=True)
    keep_contact_details_months = models.PositiveSmallIntegerField("keep contact details, in months", default=12)
    keep_unpublished_months = models.PositiveSmallIntegerField("keep unpublished evidence, in months", default=24)
    keep_published_months = models.PositiveSmallIntegerField("keep published evidence, in months", default=120)
    keep_log_months = models.PositiveSmallIntegerField("keep the log, in months", default=24)
    created_at = models.DateTimeField(auto_now_add=True)
    objects = InquiryQuerySet.as_manager()

    class Meta:
        ordering = ("title",)
        verbose_name_plural = "inquiries"
        constraints = (
            models.CheckConstraint(condition=models.Q(code__regex=r"^[A-Z]{2,6}$"), name="code_of_capital_letters"),
            models.CheckConstraint(
                condition=models.Q(citation_style__in=CitationStyle.values), name="known_citation_style"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def reference(self, number: int) -> str:
        """A submission's reference: the code and four digits, ``LUI0012``."""
        return f"{self.code}{number:04d}"


@pghistory.track()
class TermOfReference(Record):
    """One of the numbered questions that the inquiry set out to answer."""

    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta(Record.Meta):
        ordering = ("number",)
        verbose_name = "term of reference"
        verbose_name_plural = "terms of reference"
        constraints = (models.UniqueConstraint(fields=["inquiry", "number"], name="one_term_per_number"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
