"""What is kept from one run to the next, and when it is as if it were not there."""

from __future__ import annotations

import pwd
from pathlib import Path

import pytest

from groundrules import cache
from groundrules.cache import cache_folder, is_brought_by, read_cache, write_cache

CONTENT = {"jobs": ["base", "web"], "ö": [1, None, True]}


def test_what_is_written_is_read(tmp_path: Path):
    path = tmp_path / "below/kept.json"
    write_cache(path, CONTENT)
    assert read_cache(path) == CONTENT
    assert [each.name for each in path.parent.iterdir()] == ["kept.json"]


def test_no_changed_byte_goes_unseen(tmp_path: Path):
    path = tmp_path / "kept.json"
    write_cache(path, CONTENT)
    data = path.read_bytes()
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert read_cache(path) is None


@pytest.mark.parametrize("share", [0, 1, 2, 3])
def test_half_a_file_is_none(tmp_path: Path, share: int):
    path = tmp_path / "kept.json"
    write_cache(path, CONTENT)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * share // 4])
    assert read_cache(path) is None


def test_another_edition_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "kept.json"
    monkeypatch.setattr(cache, "_edition", lambda: "other")
    write_cache(path, CONTENT)
    monkeypatch.undo()
    assert read_cache(path) is None


def test_what_is_not_there_is_none(tmp_path: Path):
    assert read_cache(tmp_path / "kept.json") is None
    assert read_cache(tmp_path) is None


def test_what_cannot_be_written_is_no_error(tmp_path: Path):
    (tmp_path / "file").write_text("")
    write_cache(tmp_path / "file/kept.json", CONTENT)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    (tmp_path / "mono/.git").mkdir(parents=True)
    (tmp_path / "mono/docs").mkdir()
    return tmp_path


def test_caches_are_below_the_user_s_own_folder(home: Path, monkeypatch: pytest.MonkeyPatch):
    assert cache_folder(home / "mono/docs") == home / ".cache/groundrules"
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "else"))
    assert cache_folder(home / "mono/docs") == home / "else/groundrules"


@pytest.mark.parametrize("relative", [".cache", "./x", "../x", ""])
def test_a_relative_folder_counts_as_none(
    home: Path, monkeypatch: pytest.MonkeyPatch, relative: str
):
    monkeypatch.setenv("XDG_CACHE_HOME", relative)
    assert cache_folder(home / "mono/docs") == home / ".cache/groundrules"


def test_a_user_without_a_home_has_none(home: Path, monkeypatch: pytest.MonkeyPatch):
    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert cache_folder(home / "mono/docs") is None
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "else"))
    assert cache_folder(home / "mono/docs") == home / "else/groundrules"


@pytest.mark.parametrize("below", ["docs/.cache", ".cache", "docs", "link"])
def test_what_is_checked_brings_no_cache(home: Path, monkeypatch: pytest.MonkeyPatch, below: str):
    (home / "mono/link").symlink_to("docs")
    (home / "link").symlink_to("mono")
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "mono" / below))
    assert cache_folder(home / "mono/docs") is None
    assert cache_folder(home / "link/docs") is None
    assert cache_folder(home / "other", home / "mono") is None
    assert cache_folder(home / "other") == home / "mono" / below / "groundrules"


def test_without_git_it_is_the_folder_itself_that_brings_none(home: Path):
    (home / "mono/.git").rmdir()
    assert is_brought_by(home / "mono/docs", home / "mono/docs/.cache")
    assert not is_brought_by(home / "mono/docs", home / "mono/.cache")
