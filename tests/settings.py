"""The settings under which tests run: the real ones, on a throwaway data folder and a database that need not last.

Who runs tests again and again names a folder that is kept, ATTEST_TEST_DATA=/tmp/mine, and waits for the migrations
only when they have changed.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from config.embedded.server import server_in


def _clear_away(data: Path) -> None:
    """Stops the server if a killed process has left it, and removes what the tests have made."""
    server_in(data).stop_if_left()
    shutil.rmtree((data / "postgres").resolve(), ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)


# The first process makes the folder, its workers find its name.
if "ATTEST_TEST_DATA" not in os.environ:
    os.environ["ATTEST_TEST_DATA"] = tempfile.mkdtemp(prefix="attest-test-")
    # PostgreSQL runs as another account when tests run as root.
    Path(os.environ["ATTEST_TEST_DATA"]).chmod(0o711)
    atexit.register(_clear_away, Path(os.environ["ATTEST_TEST_DATA"]))
Path(os.environ["ATTEST_TEST_DATA"]).mkdir(mode=0o711, parents=True, exist_ok=True)
os.environ["ATTEST_DATA"] = os.environ["ATTEST_TEST_DATA"]
for name in ("ATTEST_HTTPS", "ATTEST_HOSTS", "ATTEST_DEBUG", "EMAIL_URL", "CELERY_BROKER_URL", "CLAMD_ADDRESS"):
    os.environ.pop(name, None)

from config.settings import *  # noqa: E402, F403
from config.settings import DATA, DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

# WhiteNoise warns of a folder that is not there, and a warning is an error here.
STATIC_ROOT.mkdir(exist_ok=True)

DATABASES["default"]["SERVER_SETTINGS"] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# What one process of tests has kept, another must not find.
STORAGES["default"]["OPTIONS"]["location"] = DATA / "files" / os.environ.get("PYTEST_XDIST_WORKER", "alone")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A task runs where it is sent, and what goes wrong in it is seen.
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
