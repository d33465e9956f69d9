"""Files are written beside, then renamed; what was there keeps its mode, a link keeps nothing."""

from __future__ import annotations

import os

import pytest

from groundrules.atomic import write_text


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
