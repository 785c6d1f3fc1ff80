"""The pages that list evidence: the first of them, and the last that there is of ten thousand."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse

from bench.large import large
from bench.measuring import Amount, Line, Row
from evidence.tags.models import Tag

NAME = "lists"
LIMITS = (2.0, 0.1)
LAST = "?page=200"


def measure(amount: Amount) -> Iterator[Line]:
    """Quotes, submissions, and the evidence on the theme with the most of it."""
    here = large(amount)
    code = here.inquiry.code
    on = Tag.objects.filter(inquiry=here.inquiry, theme__isnull=False).values_list("theme").annotate(n=Count("pk"))
    theme = on.order_by("-n", "theme")[0][0]
    for called, address in (
        ("quotes", reverse("review:quotes", args=[code])),
        ("submissions", reverse("submissions:list", args=[code])),
        ("evidence on a theme", reverse("review:theme", args=[code, theme])),
    ):
        yield from here.page(NAME, f"{called}, page 1", address, LIMITS)
        yield from here.page(NAME, f"{called}, page 200 or the last", f"{address}{LAST}", LIMITS)


ROW = Row(NAME, measure)
