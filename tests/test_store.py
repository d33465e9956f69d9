"""`Store`: what was put is got, and what is damaged or of another version is not there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from groundrules import store
from groundrules.store import Store, digest

CONTENT = {"jobs": ["base", "web"], "ö": ["1", "\n"]}
KIND = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Example:
    name: str
    day: date
    more: tuple[str, ...] = ()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The only file of a store with one value."""
    Store(tmp_path).put("kept", CONTENT)
    return tmp_path / "kept"


def test_what_was_put_is_got(tmp_path: Path):
    kept = Store(tmp_path / "below")
    kept.put("kept", CONTENT)
    assert kept.get("kept", KIND) == CONTENT
    assert [path.name for path in (tmp_path / "below").iterdir()] == ["kept"]


def test_a_value_keeps_its_type(tmp_path: Path):
    value = (Example("one", date(2026, 1, 2)), Example("two", date(2026, 1, 3), ("a", "b")))
    Store(tmp_path).put("kept", value)
    assert Store(tmp_path).get("kept", tuple[Example, ...]) == value


def test_values_about_different_things_have_files_of_their_own(tmp_path: Path):
    kept = Store(tmp_path)
    kept.put("kept", "a", "one", "two")
    kept.put("kept", "b", "one two")
    assert [kept.get("kept", str, "one", "two"), kept.get("kept", str, "one two")] == ["a", "b"]
    assert kept.get("kept", str) is None


def test_a_value_with_another_key_is_not_got_and_not_reported(tmp_path: Path, caplog):
    kept = Store(tmp_path)
    kept.put("kept", CONTENT, key="today")
    assert (kept.get("kept", KIND, key="today"), kept.get("kept", KIND)) == (CONTENT, None)
    kept.put("kept", CONTENT, key="tomorrow")
    assert kept.get("kept", KIND, key="today") is None
    assert caplog.messages == []


def test_another_version_is_not_read_and_not_reported(file: Path, monkeypatch, caplog):
    monkeypatch.setattr(store, "version", lambda: "other")
    assert (Store(file.parent).get("kept", KIND), caplog.messages) == (None, [])


def test_no_changed_byte_is_overlooked(file: Path):
    data = file.read_bytes()
    for at in range(len(data)):
        file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert Store(file.parent).get("kept", KIND) is None


@pytest.mark.parametrize("share", [0, 1, 2, 3])
def test_half_a_file_is_reported_and_replaced(file: Path, share: int, caplog):
    data = file.read_bytes()
    file.write_bytes(data[: len(data) * share // 4])
    assert Store(file.parent).get("kept", KIND) is None
    assert caplog.messages == [f"{file} is damaged; it is made again"]
    Store(file.parent).put("kept", CONTENT)
    assert file.read_bytes() == data


def test_a_value_of_another_type_is_damage(file: Path, caplog):
    assert Store(file.parent).get("kept", list[int]) is None
    assert caplog.messages == [f"{file} is damaged; it is made again"]


def test_a_missing_value_is_none(tmp_path: Path, caplog):
    assert Store(tmp_path).get("kept", KIND) is None
    assert Store(tmp_path / "missing").get("kept", KIND) is None
    assert caplog.messages == []


def test_without_a_folder_nothing_is_kept(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Store(None).put("kept", CONTENT)
    assert (Store(None).get("kept", KIND), list(tmp_path.iterdir())) == (None, [])


@pytest.mark.parametrize("value", ["\ud800", 2**70])
def test_a_value_that_cannot_be_written_is_not_an_error(tmp_path: Path, value: object):
    Store(tmp_path).put("kept", value)
    (tmp_path / "file").write_text("")
    Store(tmp_path / "file").put("kept", CONTENT)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_link_or_a_device_is_not_opened(file: Path, tmp_path_factory):
    elsewhere = file.rename(tmp_path_factory.mktemp("elsewhere") / "kept")
    file.symlink_to(elsewhere)
    assert Store(file.parent).get("kept", KIND) is None
    file.unlink()
    os.mkfifo(file)
    assert Store(file.parent).get("kept", KIND) is None  # and does not wait for a writer


def test_digests_of_other_parts_differ():
    parts = [("ab",), ("a", "b"), (b"ab",), (b"a", b"b"), (("a", "b"),), ("'ab'",), ()]
    assert len({digest(*each) for each in parts}) == len(parts)
