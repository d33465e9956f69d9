"""An ePub is well-formed, and epubcheck has nothing to report."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

# Debian's package epubcheck installs the command as a Java archive
CHECKER = next(
    (path for path in (shutil.which("epubcheck"), "/usr/share/java/epubcheck.jar") if path), ""
)
STARTS_FAST = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
INDEX = """\
Ours
====

.. ci:search:: Find a promise

.. ci:graph:: deploy

.. toctree::

   listings
   roles
   quiet
   generated/expectations/index
   generated/matrix
   generated/platforms/index
   generated/graphs/index
   generated/sessions/index
   generated/changes
"""


@pytest.fixture(scope="module")
def epub(copy_of_small_manual, tmp_path_factory) -> Path:
    manual = copy_of_small_manual(tmp_path_factory.mktemp("epub") / "manual")
    manual.write("source/index.rst", INDEX)
    # the matrix is in two tables of contents, as a page may be
    built = manual.build("epub", epub_show_urls="no", epub_copyright="ours")
    assert built.warnings == ""
    return built.folder


def test_every_page_is_well_formed(epub: Path):
    pages = sorted(epub.rglob("*.xhtml"))
    assert len(pages) > 10
    for page in pages:
        etree.parse(page)  # raises XMLSyntaxError


def test_nothing_is_published_that_readers_of_an_epub_cannot_use(epub: Path):
    assert not (epub / "_data").exists()
    assert not (epub / "_static/groundrules").exists()
    assert "ci-search" not in (epub / "index.xhtml").read_text("utf-8")


@pytest.mark.skipif(not Path(CHECKER).is_file(), reason="epubcheck is not installed")
def test_epubcheck_has_nothing_to_report(epub: Path):
    [book] = epub.glob("*.epub")
    command = ["java", *STARTS_FAST, "-jar", CHECKER, book]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert "Messages: 0 fatals / 0 errors / 0 warnings / 0 infos" in done.stdout, done.stderr
