"""Files are written beside, then renamed; what was there keeps its mode, a link keeps nothing."""

from __future__ import annotations

import fcntl
import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from groundrules.atomic import read_bytes, write_text


def test_what_says_it_already_is_left_alone(tmp_path):
    page = tmp_path / "page"
    assert write_text(page, "one")
    os.utime(page, (1, 1))
    assert not write_text(page, "one")
    assert page.stat().st_mtime == 1
    assert write_text(page, "two")
    assert page.read_text() == "two"


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_gets_what_the_umask_leaves(tmp_path, umask, mode):
    old = os.umask(umask)
    try:
        write_text(tmp_path / "new" / "page", "text")
    finally:
        os.umask(old)
    assert (tmp_path / "new" / "page").stat().st_mode & 0o777 == mode


def test_an_old_file_keeps_its_mode(tmp_path):
    page = tmp_path / "page"
    page.write_text("one")
    page.chmod(0o640)
    write_text(page, "two")
    assert page.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("text", ["secret", "other"])
def test_a_link_is_replaced_and_what_it_leads_to_is_not_touched(tmp_path, text):
    secret, link = tmp_path / "secret", tmp_path / "link"
    secret.write_text("secret")
    link.symlink_to(secret)
    assert write_text(link, text)
    assert (link.is_symlink(), link.read_text(), secret.read_text()) == (False, text, "secret")


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").touch()
    with pytest.raises(OSError, match="folder"):
        write_text(tmp_path / "folder", "text")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder"]


def test_a_folder_in_the_way_is_reported_with_its_own_name(tmp_path):
    (tmp_path / "page").mkdir()
    with pytest.raises(IsADirectoryError) as raised:
        write_text(tmp_path / "page", "text")
    assert (raised.value.filename, raised.value.filename2) == (str(tmp_path / "page"), None)


def test_what_a_killed_process_left_goes_with_the_next_write(tmp_path):
    (tmp_path / ".page.tmp").write_text("half")
    write_text(tmp_path / "page", "whole")
    assert [path.name for path in tmp_path.iterdir()] == ["page"]
    (tmp_path / ".page.tmp").write_text("half")
    assert not write_text(tmp_path / "page", "whole")
    assert [path.name for path in tmp_path.iterdir()] == ["page"]


def test_a_link_in_its_place_is_not_followed(tmp_path):
    (tmp_path / "secret").write_text("secret")
    (tmp_path / ".page.tmp").symlink_to("secret")
    write_text(tmp_path / "page", "whole")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "page": "whole",
        "secret": "secret",
    }


def test_what_a_living_process_writes_is_waited_for(tmp_path):
    beside = tmp_path / ".page.tmp"
    descriptor = os.open(beside, os.O_CREAT | os.O_WRONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_text, tmp_path / "page", "second")
        os.write(descriptor, b"first")
        assert (beside.exists(), (tmp_path / "page").exists()) == (True, False)
        beside.rename(tmp_path / "page")
        assert not writing.done()
        os.close(descriptor)
        assert writing.result(60)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"page": "second"}


def write_many(page):
    for number in range(200):
        write_text(page, str(number % 7) * 10_000)


def test_processes_that_write_one_file_leave_it_whole(tmp_path):
    with ProcessPoolExecutor(3) as pool:
        list(pool.map(write_many, [tmp_path / "page"] * 3))
    assert [path.name for path in tmp_path.iterdir()] == ["page"]
    text = (tmp_path / "page").read_text()
    assert (len(text), len(set(text))) == (10_000, 1)


def test_only_files_are_read(tmp_path):
    (tmp_path / "page").write_bytes(b"text")
    (tmp_path / "link").symlink_to("page")
    os.mkfifo(tmp_path / "pipe")
    names = ("page", "link", "pipe", "missing", ".")
    assert [read_bytes(tmp_path / name) for name in names] == [b"text", None, None, None, None]
