"""The stamp: a folder is ours or somebody else's, and is as it was left or not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from groundrules.pages.stamp import NotOursError, begin, finish, is_current


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "generated"
    begin(folder)
    (folder / "jobs").mkdir()
    (folder / "jobs" / "web.rst").write_text("Web\n")
    finish(folder, "input")
    return folder


def test_a_folder_as_it_was_left_is_current(folder):
    assert is_current(folder, "input")
    assert not is_current(folder, "other input")


def test_a_folder_that_is_not_complete_is_not_current(folder):
    begin(folder)
    assert not is_current(folder, "input")


def change(page: Path) -> None:
    page.write_text("Other\n")


def change_in_its_length(page: Path) -> None:
    state = page.stat()
    page.write_text("Bew\n")
    os.utime(page, ns=(state.st_atime_ns, state.st_mtime_ns + 1))


def add(page: Path) -> None:
    page.with_name("more.rst").touch()


@pytest.mark.parametrize("happens", [change, change_in_its_length, add, Path.unlink])
def test_what_somebody_did_to_its_files_is_seen(folder, happens):
    happens(folder / "jobs" / "web.rst")
    assert not is_current(folder, "input")


def test_what_is_written_beside_others_by_another_build_is_not_its_own(folder):
    (folder / "jobs" / ".web.rst.1a2b").touch()
    assert is_current(folder, "input")


def test_a_file_beside_it_belongs_to_it(folder):
    feed = folder.with_name("feed")
    feed.write_text("feed")
    finish(folder, "input", feed)
    assert is_current(folder, "input", feed)
    feed.unlink()
    assert not is_current(folder, "input", feed)


def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path):
    (tmp_path / "mine.rst").write_text("Mine.\n")
    with pytest.raises(NotOursError) as refused:
        begin(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path} holds files that were not generated here; move them elsewhere, since "
        "generating removes what it has not made"
    )
    assert [each.name for each in tmp_path.iterdir()] == ["mine.rst"]


def test_an_empty_folder_and_one_that_was_begun_are_ours(tmp_path):
    begin(tmp_path)
    (tmp_path / "half.rst").touch()
    begin(tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == [".stamp", "half.rst"]


def test_a_link_is_refused(tmp_path, folder):
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(NotOursError, match="is a symbolic link"):
        begin(tmp_path / "link")
