"""What the documents say of this house, and what the house has promised of its size."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document):
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text())
    inside = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in inside if not (document.parent / link).exists()] == []


def test_every_decision_has_the_number_of_its_file():
    decisions = sorted(ROOT.glob("docs/decisions/*.md"))
    titles = [path.read_text().splitlines()[0] for path in decisions]
    assert [title.partition(". ")[0] for title in titles] == [f"# {int(path.name[:4])}" for path in decisions]


def test_the_stylesheet_is_light():
    assert (ROOT / "static" / "attest.css").stat().st_size < 30_000
