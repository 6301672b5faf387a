"""What an installed wheel holds, and promises that the whole tree keeps."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def test_the_wheel_is_complete(wheel):
    for path in (
        "helper/templates/base.html",
        "helper/static/css/tokens.css",
        "helper/static/sw.js",
        "helper/models/translate-en_zh.argosmodel",
        "helper/models/translate-zh_en.argosmodel",
        "helper/translations/zh_Hans/LC_MESSAGES/messages.mo",
        "helper/mandarin/readings.tsv",
        "phrasebook/terms/note.toml",
    ):
        assert path in wheel
    for folder in ("templates", "phrasebook", "helper"):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in {".toml", ".html", ".tsv", ".css", ".js"}:
                name = file.relative_to(ROOT).as_posix()
                assert (
                    name.replace("templates/", "helper/templates/", 1) in wheel
                    if (folder == "templates")
                    else name in wheel
                )


def test_the_wheel_brings_no_stray_packages(wheel):
    tops = {name.split("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"helper", "phrasebook"}


def test_nothing_is_fetched_from_elsewhere_by_the_pages():
    """Pages, styles and scripts load only from this app."""
    outside = re.compile(r"""(?:src|href)=["']https?://|@import\s+["']?http|url\(["']?http""")
    for folder in ("templates", "helper/static"):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in {".html", ".css", ".js"}:
                assert not outside.search(file.read_text(encoding="utf-8")), file
