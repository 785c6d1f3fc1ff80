"""Lists as a person keeps them, and that somebody took one away."""

from __future__ import annotations

from typing import Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.urls import reverse

from inquiry.models.records import Record, RecordQuerySet, SameInquiry, SecretariatQuerySet

LONGEST_QUERY = 4_000


class ListPage(models.TextChoices):
    """The lists that can be kept and taken away; each is a page."""

    SEARCH = "search", "Search"
    QUOTES = "quotes", "Evidence"
    SUBMISSIONS = "submissions", "Submissions"
    WITNESSES = "witnesses", "Witnesses"


ADDRESSES = {
    ListPage.SEARCH: "search:search",
    ListPage.QUOTES: "review:quotes",
    ListPage.SUBMISSIONS: "submissions:list",
    ListPage.WITNESSES: "witnesses:list",
}


def address_of(page: str, inquiry: Any, query: str) -> str:
    """A list as it was kept: its page, with what is asked of it."""
    address = reverse(ADDRESSES[ListPage(page)], args=[inquiry.code])
    return f"{address}?{query}" if query else address


class SavedListQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """A person's own: nobody else is told what they look for."""
        return super().visible_to(user).filter(owner=user.pk)


@pghistory.track()
class SavedList(Record):
    """A list under a name: its words, filters and order, for the person who kept it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    page = models.CharField(max_length=20, choices=ListPage.choices)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True, help_text="as it stands in the address")
    objects = SavedListQuerySet.as_manager()
    watched = False

    class Meta(Record.Meta):
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(fields=["inquiry", "owner", "page", "name"], name="one_saved_list_per_name"),
            models.CheckConstraint(condition=models.Q(page__in=ListPage.values), name="known_list_page"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return address_of(self.page, self.inquiry, self.query)


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class TakenList(Record):
    """That a person took a list away as a file. History sees what is written, so this reading is noted on purpose."""

    page = models.CharField(max_length=20, choices=ListPage.choices)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    format = models.CharField(max_length=10)
    rows = models.PositiveIntegerField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    objects = SecretariatQuerySet.as_manager()
    watched = False

    class Meta(Record.Meta):
        ordering = ("-id",)
        verbose_name = "list taken away"
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Protect(name="a_download_stands", operation=pgtrigger.Update),
        )

    def __str__(self) -> str:
        return f"{self.get_page_display()}, {self.rows:,} rows, {self.format}"
