#!/usr/bin/env python
"""Attest's commands. They end with status 0, or with 2 and a sentence on standard error."""

import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.commands import run

    return run(sys.argv)


if __name__ == "__main__":
    sys.exit(main())
