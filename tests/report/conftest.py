"""A word processor that opens what was made for one."""

import subprocess

import pytest

from tests.report.reading import squeezed


@pytest.fixture(scope="session")
def words_of(tmp_path_factory):
    """The words that LibreOffice finds in a document of this ending."""
    folder = tmp_path_factory.mktemp("office")

    def read(data, ending):
        (folder / f"appendix.{ending}").write_bytes(data)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
        command += ["txt:Text (encoded):UTF8", "--outdir", str(folder), str(folder / f"appendix.{ending}")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return squeezed((folder / "appendix.txt").read_text("utf-8-sig"))

    return read


@pytest.fixture(scope="session")
def words_of_docx(words_of):
    return lambda data: words_of(data, "docx")
