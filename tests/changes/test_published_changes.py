"""The page of changes of a manual that names a revision: what changed, or why nobody knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.cli import main
from repositories import git


@pytest.fixture
def manual(tiny_manual: Path) -> Path:
    """A manual with the revision v1, and two more labels since."""
    git(tiny_manual, "init", "-q", "-b", "main")
    git(tiny_manual, "add", "-A")
    git(tiny_manual, "commit", "-q", "-m", "One", day="2026-06-01")
    git(tiny_manual, "tag", "v1")
    label = "labels: [{name: noble, operating_system: Ubuntu *24*}]"
    text = f"{{id: vm, title: Machine, summary: 'One, again.', {label}}}\n"
    (tiny_manual / "data/platforms/vm.yaml").write_text(text)
    return tiny_manual


def page(manual: Path, since: str) -> str:
    """Build the manual, and return the source of the page of changes."""
    text = f"{{title: Rules, publisher: Us, summary: Rules., changes_since: {since}}}\n"
    (manual / "data/manual.yaml").write_text(text)
    words = ["build", "--root", str(manual), "-b", "dummy", "-q", "--fail-on-warning"]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")
    return (manual / "source/generated/changes.rst").read_text("utf-8")


def test_the_page_lists_what_changed_since_the_revision(manual: Path) -> None:
    text = page(manual, "v1")
    assert "\nSince v1\n--------\n" in text
    assert "* :ci:label:`noble`\n" in text
    assert r"  * It is new: Ubuntu \*24\* on x86-64, of the platform Machine (current)." in text
    assert "Changes of words, sources and dates that are not listed: 2." in text


def test_the_page_says_that_a_build_does_not_know_it(manual: Path) -> None:
    text = page(manual, "v9")
    assert (
        "This build does not know what changed since v9: unknown revision 'v9'; see 'git log' and "
        "'git tag' for known ones" in text
    )


def test_a_page_of_a_revision_that_has_moved_is_written_again(manual: Path) -> None:
    assert "noble" in page(manual, "v1")
    git(manual, "add", "-A")
    git(manual, "commit", "-q", "-m", "Two", day="2026-07-01")
    git(manual, "tag", "-f", "v1")
    assert "No promise changed." in page(manual, "v1")
