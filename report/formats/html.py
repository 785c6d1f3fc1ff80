"""The appendix as a web page; the same markup is what the preview shows and what Word is made from."""

from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from report.structure import Appendix


def body(appendix: Appendix) -> SafeString:
    """The appendix without its title, for a page that has a heading of its own."""
    return render_to_string("report/appendix_body.html", {"appendix": appendix})


def document(appendix: Appendix, style: str = "") -> str:
    """A whole page. Only `style`, which is ours, is not escaped."""
    context = {"appendix": appendix, "style": mark_safe(style)}  # noqa: S308
    return render_to_string("report/appendix_document.html", context)


def render(appendix: Appendix) -> bytes:
    """The page that is downloaded: complete in one file, without script."""
    return document(appendix, style()).encode()


@cache
def style() -> str:
    """The look of what is downloaded as a page."""
    return (Path(__file__).parent / "appendix.css").read_text()
