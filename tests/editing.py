"""Editing as a browser does it: with the sign of what stood there when the form was opened."""

from __future__ import annotations

from typing import Any

from django.test import Client


def on(name: str, day: str) -> dict[str, str]:
    """A day such as 2023-05-02, as it is typed into three boxes."""
    return {f"{name}_{box}": part for box, part in enumerate(reversed(day.split("-")))}


def seen_at(client: Client, address: str) -> str:
    """What an edit form sends along unseen."""
    return client.get(address).context["form"]["seen"].value()


def edit(client: Client, address: str, typed: dict[str, Any], **how: Any) -> Any:
    """Opens an edit form, and sends it with these values."""
    return client.post(address, {"seen": seen_at(client, address)} | typed, **how)
