"""Which files count as input of a manual, among those that editors and builds write."""

from __future__ import annotations

from pathlib import Path

import pytest
from watchfiles import Change

from groundrules.authoring.preview.watched import InputFilter, Watched, shown


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    for name in ("data/graphs", "source/_static", "source/generated/jobs", "other", "build/html"):
        (tmp_path / name).mkdir(parents=True)
    return Watched(
        pages={tmp_path / "data", tmp_path / "source", tmp_path / "README.rst"},
        assets={tmp_path / "source/_static"},
        program={tmp_path / "conf.py"},
        written={tmp_path / "source/generated", tmp_path / "build"},
    )


@pytest.mark.parametrize(
    "name",
    ["data/graphs/a.yaml", "data/new", "source/index.rst", "README.rst", "conf.py",
     "source/_static/logo.svg", "data/graphs"],
)  # fmt: skip
def test_input_counts(watched, tmp_path, name):
    assert InputFilter(watched)(Change.modified, str(tmp_path / name))


@pytest.mark.parametrize(
    "name",
    ["source/generated/jobs/a.rst", "source/generated/.stamp", "build/html/index.html",
     "other/a.yaml", "setup.py", "source/locale/de/a.mo"],
)  # fmt: skip
def test_what_builds_write_and_other_files_do_not_count(watched, tmp_path, name):
    assert not InputFilter(watched)(Change.modified, str(tmp_path / name))


@pytest.mark.parametrize(
    "name",
    ["4913", ".a.yaml.swp", ".a.yaml.swx", "a.yaml~", ".#a.yaml", "#a.yaml#",
     "a.yaml.___jb_tmp___", "a.yaml.___jb_old___", ".a.yaml.tmp", "a.yaml.part", ".DS_Store",
     ".git/index.lock", ".goutputstream-ABC"],
)  # fmt: skip
def test_what_an_editor_writes_beside_a_file_does_not_count(watched, tmp_path, name):
    assert not InputFilter(watched)(Change.added, str(tmp_path / "data" / name))


def test_what_builds_write_is_not_watched(watched, tmp_path):
    names = {path.relative_to(tmp_path).as_posix() for path in watched.folders()}
    assert names == {".", "data", "data/graphs", "source", "source/_static"}


def test_a_folder_that_is_missing_is_watched_from_the_one_above(tmp_path):
    watched = Watched({tmp_path / "templates"}, frozenset(), frozenset(), frozenset())
    assert watched.folders() == {tmp_path}


def test_only_the_first_of_many_changed_files_are_named():
    root = Path("/m")
    paths = {root / name for name in ("a", "b", "c", "d", "e")}
    assert shown(paths, root) == "a, b, c and 2 more files"
    assert shown({root / "a"}, root) == "a"
