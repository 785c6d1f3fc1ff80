"""Research that the report cites."""

from __future__ import annotations

import pghistory
from django.db import models

from inquiry.models.records import Record


@pghistory.track()
class ReferenceWork(Record):
    """A published work, cited by author and year (Harvard)."""

    key = models.CharField(max_length=60, help_text="As cited in the text: OCSI 2022a.")
    author = models.CharField(max_length=300)
    year = models.CharField(max_length=10, help_text="With its letter where an author has several: 2022a.")
    title = models.CharField(max_length=400, blank=True)
    publication = models.CharField(max_length=400, blank=True)
    url = models.URLField(blank=True)
    used_for = models.TextField(blank=True)

    class Meta(Record.Meta):
        ordering = ("author", "year")
        constraints = (models.UniqueConstraint(fields=["inquiry", "key"], name="one_work_per_key"),)

    def __str__(self) -> str:
        return f"{self.author} ({self.year})"
