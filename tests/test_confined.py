"""A folder of strangers: what is below it is read, and nothing else is opened."""

from __future__ import annotations

import gc
import os
import stat
from pathlib import Path

import pytest

from groundrules.confined import (
    Confined,
    EntryKind,
    LinkError,
    NotPlainError,
    check_named,
    read_named,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file at two depths, and a secret beside it."""
    (tmp_path / "own/deep/er").mkdir(parents=True)
    (tmp_path / "own/a.yaml").write_text("a")
    (tmp_path / "own/deep/er/b.yaml").write_text("b")
    (tmp_path / "secret").write_text("s")
    return tmp_path / "own"


def refused(files: Confined, path: str) -> type[OSError] | None:
    """Return how reading a path is refused; None where it is not."""
    try:
        files.read(path)
    except OSError as error:
        return type(error)
    return None


@pytest.mark.parametrize("path", ["a.yaml", "deep/er/b.yaml", "./deep//er/./b.yaml"])
def test_files_at_any_depth_are_read(folder: Path, path: str):
    assert Confined(folder).read(path) in (b"a", b"b")


@pytest.mark.parametrize("path", ["../secret", "deep/../../secret", "/etc/passwd", "a\0b"])
@pytest.mark.parametrize("follow", [False, True])
def test_no_path_leads_out_by_its_words(folder: Path, path: str, follow: bool):
    assert refused(Confined(folder, follow=follow), path) is LinkError


@pytest.mark.parametrize("target", ["../secret", "deep/../../secret", "{out}/secret"])
@pytest.mark.parametrize("follow", [False, True])
def test_no_link_leads_out(folder: Path, target: str, follow: bool):
    (folder / "link").symlink_to(target.format(out=folder.parent))
    assert refused(Confined(folder, follow=follow), "link") is LinkError


@pytest.mark.parametrize("follow", [False, True])
def test_nor_does_a_link_in_the_middle(folder: Path, follow: bool):
    (folder / "link").symlink_to(folder.parent)
    assert refused(Confined(folder, follow=follow), "link/secret") is LinkError
    with pytest.raises(LinkError):
        Confined(folder, follow=follow).entries("link")


@pytest.mark.parametrize("target", ["deep/er", "deep/../deep/er", "{own}/deep/er", "other"])
def test_a_link_that_stays_inside_is_followed_where_that_is_wanted(folder: Path, target: str):
    (folder / "other").symlink_to("deep/er")
    (folder / "link").symlink_to(target.format(own=folder))
    assert Confined(folder, follow=True).read("link/b.yaml") == b"b"
    assert refused(Confined(folder), "link/b.yaml") is LinkError


def test_links_in_a_circle_end(folder: Path):
    (folder / "one").symlink_to("two")
    (folder / "two").symlink_to("one")
    with pytest.raises(OSError, match="Too many levels of symbolic links"):
        Confined(folder, follow=True).read("one")


def test_a_link_that_is_put_in_after_the_check_is_not_followed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    """Somebody exchanges the folder for a link while its file is being opened."""
    opened = os.open

    def exchanging(path: str, *arguments: int, **options: int) -> int:
        if path == "er":
            (folder / "deep").rename(folder / "gone")
            (folder / "deep").symlink_to(folder.parent / "elsewhere")
        return opened(path, *arguments, **options)

    (folder.parent / "elsewhere/er").mkdir(parents=True)
    (folder.parent / "elsewhere/er/b.yaml").write_text("secret")
    monkeypatch.setattr(os, "open", exchanging)
    assert Confined(folder).read("deep/er/b.yaml") == b"b"


def test_pipes_devices_and_folders_are_not_read(folder: Path):
    os.mkfifo(folder / "pipe")
    assert refused(Confined(folder), "pipe") is NotPlainError
    assert refused(Confined(folder), "deep") is NotPlainError
    assert refused(Confined(Path("/dev")), "zero") is NotPlainError


def test_a_file_is_cut_one_byte_behind_the_limit(folder: Path):
    (folder / "large").write_bytes(b"x" * 100)
    assert len(Confined(folder).read("large", 10)) == 11


def test_a_folder_below_is_confined_twice(folder: Path):
    (folder / "link").symlink_to(folder.parent)
    files = Confined(folder)
    assert files.below("deep/er").read("b.yaml") == b"b"
    assert refused(files.below("link"), "secret") is LinkError


def test_kinds_and_entries(folder: Path):
    (folder / "link").symlink_to("a.yaml")
    os.mkfifo(folder / "pipe")
    assert [(entry.path, entry.kind) for entry in Confined(folder).entries()] == [
        ("a.yaml", EntryKind.FILE),
        ("deep", EntryKind.FOLDER),
        ("link", EntryKind.LINK),
        ("pipe", EntryKind.OTHER),
    ]
    assert Confined(folder).kind("link") is EntryKind.LINK
    assert Confined(folder, follow=True).kind("link") is EntryKind.FILE
    assert Confined(folder).kind("nothing") is None


def test_a_walk_follows_no_link_and_leaves_folders_out(folder: Path):
    (folder / "deep/link").symlink_to(folder.parent)
    (folder / ".git").mkdir()
    (folder / ".git/HEAD").touch()
    assert [entry.path for entry in Confined(folder).walk(without=frozenset({".git"}))] == [
        "a.yaml", "deep/er/b.yaml", "deep/link",
    ]  # fmt: skip


def test_a_walk_ends_in_depth(folder: Path):
    (folder / "/".join("d" * 60)).mkdir(parents=True)
    (folder / "/".join("d" * 60) / "file").touch()
    assert [entry.path for entry in Confined(folder).walk("d")] == []


def test_a_stream_has_the_files_of_a_folder_before_its_folders(folder: Path):
    (folder / "deep/link").symlink_to(folder.parent)
    (folder / "z.yaml").touch()
    (folder / "no.txt").touch()
    stream = Confined(folder).stream(lambda path, is_folder: is_folder or path.endswith("link"))
    assert [entry.path for entry in stream] == ["deep/link"]
    stream = Confined(folder).stream(lambda path, is_folder: not path.endswith(".txt"))
    assert [(entry.path, entry.kind) for entry in stream] == [
        ("a.yaml", EntryKind.FILE),
        ("z.yaml", EntryKind.FILE),
        ("deep/link", EntryKind.LINK),
        ("deep/er/b.yaml", EntryKind.FILE),
    ]


def test_a_stream_names_a_folder_that_is_too_deep(folder: Path):
    (folder / "/".join("d" * 60)).mkdir(parents=True)
    stream = Confined(folder).stream(lambda path, is_folder: path.startswith("d/"))
    assert [*stream] == []
    stream = Confined(folder).stream(lambda path, is_folder: path[:2] in ("d", "d/"))
    assert [(entry.path, entry.kind) for entry in stream] == [
        ("/".join("d" * 51), EntryKind.FOLDER)
    ]


def test_ways_out_are_removed_and_nothing_else(folder: Path):
    (folder / "inside").symlink_to("a.yaml")
    (folder / "deep/out").symlink_to("../../secret")
    (folder / "nowhere").symlink_to("/nowhere")
    assert Confined(folder, follow=True).remove_ways_out() == ["deep/out", "nowhere"]
    assert sorted(path.name for path in folder.iterdir()) == ["a.yaml", "deep", "inside"]
    assert (folder.parent / "secret").read_text() == "s"


def test_no_descriptor_is_left_open(folder: Path):
    (folder / "link").symlink_to(folder.parent)
    before = len([*Path("/dev/fd").iterdir()])
    files = Confined(folder, follow=True)
    for path in ("a.yaml", "link/secret", "nothing", "deep", "deep/er/b.yaml"):
        refused(files.below("deep"), path)
        refused(files, path)
    list(files.walk())
    del files
    gc.collect()  # a refusal that was caught may keep a folder open until then
    assert len([*Path("/dev/fd").iterdir()]) == before


def test_a_file_that_the_user_names_elsewhere_may_be_a_link(folder: Path):
    (folder.parent / "link").symlink_to("secret")
    assert read_named(folder.parent / "link", folder) == b"s"
    check_named(folder.parent / "link", folder)


def test_in_the_checkout_it_leads_out_by_no_link(folder: Path):
    (folder / "link").symlink_to("../secret")
    with pytest.raises(LinkError):
        read_named(folder / "link", folder)
    with pytest.raises(LinkError):
        check_named(folder / "link", folder)
    check_named(folder / "new/file", folder)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_folder_without_permission_is_an_error(folder: Path):
    (folder / "deep").chmod(0)
    try:
        with pytest.raises(PermissionError):
            list(Confined(folder).walk())
    finally:
        (folder / "deep").chmod(stat.S_IRWXU)
