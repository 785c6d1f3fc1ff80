"""An invented transcript as its PDF is printed."""

from __future__ import annotations

import random

import typst

from bench.fiction.names import FICTIONAL, Names
from bench.fiction.words import paragraph

HEAD = """
#set document(title: "A fictional transcript")
#set page(paper: "a4", margin: 25mm, footer: context align(center)[#counter(page).display()])
#set text(size: 11pt, lang: "en", region: "gb", hyphenate: false)
#set par(justify: true, spacing: 1.2em)

#text(size: 16pt)[*Fictional Committee on Invented Places*]

#text(size: 14pt)[*Oral evidence: A fictional session*]

#text(size: 14pt)[Tuesday 7 January 2031]

*Members present:*\\
{chair} (Chair)

#align(center)[Questions 1-{questions}]

Witnesses: *{first}*, Director, Fictional Works, and *{second}*, Adviser, gave evidence.
"""
ANSWERS = 2


def questions_of(turns: int) -> int:
    """How many of the turns are questions."""
    return -(-turns // (1 + ANSWERS))


def transcript_pdf(turns: int, seed: int = 1) -> bytes:
    """So many turns: each question has two answers, and 300 turns are a session of two hours or three.

    The same seed prints the same words.
    """
    rng = random.Random(seed)  # noqa: S311 - chance that comes out the same each time
    names = Names(rng)
    chair, first, second = (names.person().removesuffix(FICTIONAL) for _ in range(3))
    set_text = [HEAD.format(chair=chair, first=first, second=second, questions=questions_of(turns))]
    for place in range(turns):
        question, answer = divmod(place, 1 + ANSWERS)
        words = paragraph(rng, rng.randint(10, 40) if answer == 0 else rng.randint(40, 180))
        lead = f"*Q{question + 1} Chair:*" if answer == 0 else f"_*{(first, second)[answer - 1]}:*_"
        set_text.append(f"{lead} {words}")
    return typst.compile("\n\n".join(set_text).encode())
