"""The appendix put together: from an inquiry's records to plain, ordered data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from inquiry.actions import APPG_RUBRIC
from inquiry.models import CitationStyle, Inquiry
from report import structure as printed
from report.codes import codes
from report.layouts import LAYOUTS, USUAL, PartName
from report.material import Material
from report.sources import sources


def assemble(
    inquiry: Inquiry,
    *,
    by: Any,
    made_on: dt.date,
    include_unchecked: bool = False,
    layout: str = "",
    parts: Sequence[str] = (),
    with_sources: bool = False,
) -> printed.Appendix:
    """The appendix as this person may have it, under the rubric that the report must carry.

    :param layout: the inquiry's own, where none is named.
    :param parts: the names of those that are printed; the layout's usual ones, where none is named.
    :param with_sources: with the texts that the quotes are from, for programs that work on whole texts.
    """
    layout = layout or inquiry.citation_style
    material = Material(inquiry, by, layout, include_unchecked=include_unchecked)
    chosen = parts or USUAL[layout]
    made = {name: make(material) for name, make in _in_order_of_making(layout) if name in chosen}
    rubric = inquiry.rubric or (APPG_RUBRIC if layout == CitationStyle.APPG else "")
    funded = f"Researched and funded by {inquiry.funding.rstrip('.')}." if inquiry.funding else ""
    return printed.Appendix(
        title="Appendix: the evidence",
        report_title=inquiry.report_title,
        inquiry_title=inquiry.title,
        body=inquiry.body,
        rubric=(*printed.paragraphs(rubric), *printed.paragraphs(funded)),
        made_on=made_on,
        parts=tuple(made[name] for name in PartName.values if name in made),
        left_out=tuple(material.left_out),
        layout=layout,
        sources=sources(material) if with_sources else (),
        codes=codes(material) if PartName.THEMES in made else (),
    )


def _in_order_of_making(layout: str) -> Sequence[tuple[str, Any]]:
    """References last: they list what the others cite."""
    return sorted(LAYOUTS[layout].items(), key=lambda one: one[0] == PartName.REFERENCES)
