from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.refusals import Refused, in_a_sentence
from bench.fiction.generate import generate
from bench.fiction.sizes import SIZES, Size

COUNTS = tuple(Size.__dataclass_fields__)


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("it cannot be less than none")
    return number


class Command(BaseCommand):
    help = (
        "Makes an invented inquiry of a given size, for trying out and measuring: sessions with transcripts, written "
        "evidence, quotes, tags. The same seed makes the same words. All of it, or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inquiry", required=True, help="a code that no inquiry has yet, such as FIC")
        parser.add_argument("--size", choices=SIZES, default="S", help="small, large, or a million passages")
        for name in COUNTS:
            parser.add_argument(f"--{name}", type=_count, metavar="N", help=f"so many {name}, whatever the size")
        parser.add_argument("--seed", type=int, default=1, metavar="K")

    def handle(self, *args: Any, inquiry: str, size: str, seed: int, **options: Any) -> None:
        wanted = replace(SIZES[size], **{name: options[name] for name in COUNTS if options[name] is not None})
        try:
            made = generate(code=inquiry, size=wanted, seed=seed, say=self._say)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except ValidationError as error:
            raise CommandError(in_a_sentence(error)) from error
        self.stdout.write(f"{made.code}: {made.title}")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
