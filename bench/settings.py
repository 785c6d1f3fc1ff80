"""The ordinary settings, and one address more."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
