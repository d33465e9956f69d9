"""What is kept from one run to the next, and when it is as if it were not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules import cache
from groundrules.cache import read_cache, write_cache

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
