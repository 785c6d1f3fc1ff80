"""Addresses of many records of a kind."""

from __future__ import annotations

from django.urls import reverse

from inquiry.addresses import addresses


def test_they_are_those_that_the_resolver_gives() -> None:
    of_a_quote = addresses("review:quote", "LUI")
    assert [of_a_quote(key) for key in (1, 42, 10**12)] == [
        reverse("review:quote", args=["LUI", key]) for key in (1, 42, 10**12)
    ]
