"""The stamp: a folder is ours or somebody else's, and is as it was left or not."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from groundrules.pages.stamp import MARK, NotOursError, Stamp
from groundrules.store import Store


def stamp(folder: Path) -> Stamp:
    return Stamp(folder, Store(folder))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "generated"
    stamp(folder).begin()
    (folder / "jobs").mkdir()
    (folder / "jobs" / "web.rst").write_text("Web\n")
    stamp(folder).finish("input")
    return folder


def test_a_folder_as_it_was_left_is_current(folder):
    assert stamp(folder).fits("input")
    assert not stamp(folder).fits("other input")


def test_a_folder_that_is_not_complete_is_not_current(folder):
    stamp(folder).begin()
    assert not stamp(folder).fits("input")


def test_a_folder_that_is_gone_is_not_current(folder, tmp_path):
    apart = Stamp(folder, Store(tmp_path / "apart"))
    apart.finish("input")
    assert apart.fits("input")
    shutil.rmtree(folder)
    assert not apart.fits("input")


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
    assert not stamp(folder).fits("input")


def test_hidden_files_of_somebody_do_not_count(folder):
    (folder / "jobs" / ".gitignore").touch()
    assert stamp(folder).fits("input")


def test_what_a_kill_left_counts(folder):
    (folder / "jobs" / ".web.rst.tmp").touch()
    assert not stamp(folder).fits("input")


def test_a_file_beside_it_belongs_to_it(folder):
    feed = folder.with_name("feed")
    both = Stamp(folder, Store(folder), beside=(feed,))
    both.finish("input")
    assert both.fits("input")
    feed.write_text("feed")
    assert not both.fits("input")
    both.finish("input")
    assert both.fits("input")
    feed.unlink()
    assert not both.fits("input")


def test_a_folder_that_is_published_holds_no_state(tmp_path):
    one, two = (tmp_path / name / "_data" for name in ("one", "two"))
    for folder in (one, two):
        published = Stamp(folder, Store(folder.parent / "apart"))
        published.begin()
        published.finish(f"input of {folder}")
        assert published.fits(f"input of {folder}")
        assert [path.name for path in folder.iterdir()] == [MARK]
    assert (one / MARK).read_bytes() == (two / MARK).read_bytes()


def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path):
    (tmp_path / "mine.rst").write_text("Mine.\n")
    with pytest.raises(NotOursError) as refused:
        stamp(tmp_path).begin()
    assert str(refused.value) == (
        f"{tmp_path} holds files that were not generated here; move them elsewhere, since "
        "generating removes what it has not made"
    )
    assert [each.name for each in tmp_path.iterdir()] == ["mine.rst"]


@pytest.mark.parametrize("name", [".stamp.tmp", "..stamp.c80d986c5af5", ".gitignore"])
def test_a_folder_with_what_a_kill_left_is_ours(tmp_path, name):
    (tmp_path / name).touch()
    stamp(tmp_path).begin()
    stamp(tmp_path).finish("input")


def test_an_empty_folder_and_one_that_was_begun_are_ours(tmp_path):
    stamp(tmp_path).begin()
    (tmp_path / "half.rst").touch()
    stamp(tmp_path).begin()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".files", MARK, "half.rst"]


def test_a_link_is_refused(tmp_path, folder):
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(NotOursError, match="is a symbolic link"):
        stamp(tmp_path / "link").begin()


def test_a_folder_of_another_manual_is_refused(tmp_path):
    one, two, folder = tmp_path / "one", tmp_path / "two", tmp_path / "generated"
    one.mkdir()
    Stamp(folder, Store(folder), records=one).begin()
    Stamp(folder, Store(folder), records=tmp_path / "x/../one").begin()  # the same
    with pytest.raises(NotOursError) as raised:
        Stamp(folder, Store(folder), records=two).begin()
    assert str(raised.value) == (
        f"{folder} holds the pages of another manual, with its records in {one}; give each manual "
        "a folder of pages of its own"
    )
    one.rename(two)  # the same records in another place
    Stamp(folder, Store(folder), records=two).begin()
    assert Store(folder).get(".records", str) == "../two"
