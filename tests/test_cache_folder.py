"""Where caches are: in the user's own folder, never in what is checked."""

from __future__ import annotations

import pwd
from pathlib import Path

import pytest

from groundrules.cache_folder import cache_folder, is_brought_by


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
