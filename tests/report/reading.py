"""What documents say, without what they look like; and texts that are easily taken for something else."""

import re
from html.parser import HTMLParser

import pypdfium2

MARKUP = [
    "#let x = 1",
    "#eval(read)",
    "$x$ and $$y$$",
    "{{ settings.SECRET_KEY }} {% debug %}",
    "<script>alert(1)</script>",
    '</figcaption><div class="meta">',
    "```raw```",
    "@cite and [@cite]",
    "\\\\ \\newpage \\n",
    "*bold* _it_ **b** ~~s~~ ^up^",
    "[l](http://e.org) ![p](x.png)",
    "“q” 'q' \"q\" -- --- ... 1/2",
    "&amp; &lt; & < >",
    "= heading",
    "- item",
    "1. item",
    "// comment /* c */",
    "שלום עולם",
    "naïve café Ελλάδα привет",
]


class Words(HTMLParser):
    """What a page says, without what it looks like."""

    def __init__(self):
        super().__init__()
        self.said, self.quiet = [], False

    def handle_starttag(self, tag, attrs):
        self.quiet = tag in ("style", "title", "script")

    def handle_endtag(self, tag):
        self.quiet = False

    def handle_data(self, data):
        if not self.quiet:
            self.said.append(data)


def squeezed(text):
    """The letters alone: each program has its own spaces, ends of lines and list marks."""
    return re.sub(r"[\s•\u200b-\u200f\u2060-\u2069\ufeff]+", "", text)


def words_of_html(data):
    parser = Words()
    parser.feed(data.decode())
    return squeezed("".join(parser.said))


def words_of_pdf(data):
    return squeezed("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)))
