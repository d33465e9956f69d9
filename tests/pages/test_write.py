"""`write`: a folder holds exactly its pages, and nothing is touched that did not change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from groundrules.pages.write import OutsideError, write, write_text

OLD = 1_000_000_000


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_folder_holds_exactly_the_texts(tmp_path):
    folder = tmp_path / "generated"
    texts = {"a.rst": "A\n", "jobs/one/b.rst": "Ä\n"}
    assert write(folder, texts) == {"a.rst", "jobs/one/b.rst"}
    assert files(folder) == texts


def test_only_what_changed_is_written(tmp_path):
    write(tmp_path, {"same.rst": "1", "other.rst": "1"})
    for name in ("same.rst", "other.rst"):
        os.utime(tmp_path / name, (OLD, OLD))
    assert write(tmp_path, {"same.rst": "1", "other.rst": "2", "new.rst": "3"}) == {
        "other.rst",
        "new.rst",
    }
    assert (tmp_path / "same.rst").stat().st_mtime == OLD
    assert (tmp_path / "other.rst").stat().st_mtime > OLD


def test_pages_without_a_record_go_and_so_do_empty_folders(tmp_path):
    write(tmp_path, {"jobs/gone/a.rst": "1", "jobs/kept/b.rst": "2", "c.svg": "3"})
    assert write(tmp_path, {"jobs/kept/b.rst": "2"}) == {"jobs/gone/a.rst", "c.svg"}
    assert files(tmp_path) == {"jobs/kept/b.rst": "2"}
    assert not (tmp_path / "jobs" / "gone").exists()


def test_writing_the_same_again_changes_nothing(tmp_path):
    texts = {"a.rst": "1", "b/c.rst": "2"}
    write(tmp_path, texts)
    assert write(tmp_path, texts) == set()


@pytest.mark.parametrize("name", ["../out.rst", "a/../../out.rst", "{outside}/out.rst"])
def test_a_name_that_leads_out_is_refused_before_anything_is_written(tmp_path, name):
    folder = tmp_path / "generated"
    name = name.format(outside=tmp_path)
    with pytest.raises(OutsideError) as caught:
        write(folder, {"a.rst": "1", name: "2"})
    assert str(caught.value) == f"{name} leads out of {folder}"
    assert files(tmp_path) == {}


def test_a_folder_that_is_a_link_is_refused(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious.txt").write_text("kept")
    folder = tmp_path / "generated"
    folder.symlink_to(outside)
    with pytest.raises(OutsideError) as caught:
        write(folder, {"a.rst": "1"})
    assert str(caught.value) == f"{folder} is a symbolic link; generated pages need a folder"
    assert files(outside) == {"precious.txt": "kept"}


def test_a_folder_inside_that_is_a_link_is_not_followed(tmp_path):
    outside, folder = tmp_path / "outside", tmp_path / "generated"
    outside.mkdir()
    folder.mkdir()
    (outside / "precious.txt").write_text("kept")
    (folder / "jobs").symlink_to(outside)
    with pytest.raises(OutsideError) as caught:
        write(folder, {"jobs/a.rst": "1"})
    assert str(caught.value) == f"jobs/a.rst leads out of {folder}"
    assert write(folder, {"b.rst": "1"}) == {"b.rst", "jobs"}
    assert files(outside) == {"precious.txt": "kept"}
    assert files(folder) == {"b.rst": "1"}


@pytest.mark.parametrize("step", ["os.fchmod", "pathlib.Path.replace"])
def test_a_crash_leaves_the_old_file_whole_and_no_half_one(tmp_path, monkeypatch, step):
    path = tmp_path / "a.rst"
    write_text(path, "old")

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(step, crash)
    with pytest.raises(KeyboardInterrupt):
        write_text(path, "new")
    assert files(tmp_path) == {"a.rst": "old"}


def test_generated_files_can_be_read_by_everyone(tmp_path):
    write_text(tmp_path / "a.rst", "text")
    assert (tmp_path / "a.rst").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("name", [".a.rst.tmp", ".a.rst.2a2aa1d7eb61"])
def test_what_a_kill_left_goes_with_the_next_run(tmp_path, name):
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / name).write_text("half")
    assert write(tmp_path, {"jobs/a.rst": "1"}) == {"jobs/a.rst", f"jobs/{name}"} - {
        "jobs/.a.rst.tmp"
    }
    assert files(tmp_path) == {"jobs/a.rst": "1"}


def test_hidden_files_of_somebody_stay(tmp_path):
    (tmp_path / ".gitignore").write_text("*")
    write(tmp_path, {"a.rst": "1"})
    assert files(tmp_path) == {".gitignore": "*", "a.rst": "1"}
