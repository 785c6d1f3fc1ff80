"""What is installed is what was locked, from whatever index."""

import re
import tomllib

import pytest

from tests.config.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def names(requirements: list[str]) -> set[str]:
    found = [re.match(r"[A-Za-z0-9._-]+", line) for line in requirements]
    return {re.sub(r"[._-]+", "-", match[0]).lower() for match in found if match}


@pytest.mark.parametrize(
    ("file", "named"),
    [
        ("requirements.txt", PROJECT["project"]["dependencies"]),
        ("requirements-dev.txt", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]),
    ],
)
def test_everything_named_is_locked_with_hashes_and_without_an_address(file, named):
    text = (ROOT / file).read_text()
    locked = [line for line in text.splitlines() if re.match(r"\w", line)]
    assert names(named) <= names(locked)
    assert all(line.endswith("\\") and "==" in line for line in locked)
    assert text.count("==") <= text.count("--hash=sha256:")
    assert not re.search(r"https?://|file:|--index|--find-links|@ ", text)


def test_tests_run_with_the_versions_that_people_use():
    def pinned(file: str) -> set[str]:
        return set(re.findall(r"^[\w.-]+==[^\s;]+", (ROOT / file).read_text(), re.MULTILINE))

    assert pinned("requirements.txt") <= pinned("requirements-dev.txt")
