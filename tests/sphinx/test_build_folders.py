"""What a build writes and loads: its own folders, and nothing that others have put there."""

from __future__ import annotations

import errno
import os
import pickle
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.build_folders import UnsafeFolderError, guard, is_unwritable
from groundrules.cli import main


def command(manual, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", "-q", "-j1", "--root", str(manual.root), *arguments])


@pytest.mark.parametrize("name", ["index.html", "_static/groundrules.css", "_static", "feed.xml"])
def test_a_link_out_of_the_output_is_replaced(tiny, tmp_path: Path, name: str):
    victim = tmp_path / "victim"
    if name == "_static":
        victim.mkdir()
    else:
        victim.write_text("precious")
    link = tiny.root / "build/html" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(victim)
    tiny.build()
    assert not link.is_symlink()
    assert link.exists() or name == "feed.xml"
    assert (
        (list(victim.iterdir()) == []) if name == "_static" else (victim.read_text() == "precious")
    )


def test_a_link_that_stays_in_the_output_stays(tiny):
    (tiny.root / "build/html/1.0").mkdir(parents=True)
    (tiny.root / "build/html/latest").symlink_to("1.0")
    tiny.build()
    assert (tiny.root / "build/html/latest").is_symlink()


def test_an_output_that_a_link_of_the_checkout_leads_away_is_refused(manual, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (manual.root / "build").symlink_to(tmp_path / "elsewhere")
    done = command(manual)
    assert (done.exit_code, done.stderr) == (
        3,
        "groundrules: a symbolic link on the way to build/html leads out of the repository; "
        "remove the link, or choose another --output\n",
    )
    assert list((tmp_path / "elsewhere").iterdir()) == []


class Trap:
    """What runs when a pickle of it is loaded."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return os.mkdir, (str(self.mark),)


def test_doctrees_that_others_can_write_are_not_loaded(manual, tmp_path: Path):
    output = tmp_path / "shared/site"
    doctrees = output.with_name(".doctrees-site")
    doctrees.mkdir(parents=True)
    doctrees.chmod(0o777)
    (doctrees / "environment.pickle").write_bytes(pickle.dumps(Trap(tmp_path / "mark")))
    done = command(manual, "--output", str(output))
    assert (done.exit_code, done.stderr.strip()) == (
        3,
        f"ERROR: other users can write {doctrees}, from which Sphinx loads Python objects; "
        "remove it, or choose another --output",
    )
    assert not (tmp_path / "mark").exists()


def is_refused(folder: Path) -> bool:
    try:
        guard(folder / "site", folder / "doctrees")
    except UnsafeFolderError:
        return True
    return False


@pytest.mark.parametrize(
    ("above", "own", "refused"),
    [
        (0o755, 0o755, False), (0o755, 0o775, False), (0o755, 0o777, True), (0o1777, 0o755, False),
        (0o777, 0o755, True), (0o777, None, True), (0o1777, None, False), (0o1777, 0o1777, True),
    ],
)  # fmt: skip
def test_modes(tmp_path: Path, above: int, own: int | None, refused: bool):
    """A sticky folder, such as /tmp, lets nobody exchange what another user has made."""
    folder = tmp_path / "above"
    folder.mkdir()
    if own is not None:
        (folder / "doctrees").mkdir()
        (folder / "doctrees").chmod(own)
    folder.chmod(above)
    assert is_refused(folder) is refused


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
@pytest.mark.parametrize("group", [False, True])
def test_owners(tmp_path: Path, group: bool):
    (tmp_path / "doctrees").mkdir()
    (tmp_path / "doctrees").chmod(0o775)
    os.chown(tmp_path / "doctrees", -1 if group else 65534, 65534 if group else -1)
    assert is_refused(tmp_path)


COPY = "build in a copy of the manual that can be written"


@pytest.fixture
def read_only() -> Iterator[Callable[[Path], str]]:
    """Make folders read-only, for root by a mount; return why they cannot be written then."""
    folders: list[Path] = []

    def mount(*arguments: str) -> bool:
        return not subprocess.run(
            ["mount", *arguments], capture_output=True, check=False
        ).returncode

    def forbid(folder: Path) -> str:
        if os.geteuid():
            set_modes(folder, 0o555)
            folders.append(folder)
            return "Permission denied"
        if not mount("--bind", str(folder), str(folder)):
            pytest.skip("no file system can be mounted here")
        folders.append(folder)
        assert mount("-o", "remount,ro,bind", str(folder))
        return "Read-only file system"

    yield forbid
    for folder in folders:
        if os.geteuid():
            set_modes(folder, 0o755)
        else:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def set_modes(folder: Path, mode: int) -> None:
    """Set the mode of a folder and of those in it."""
    for here, _, _ in os.walk(folder, topdown=False):
        Path(here).chmod(mode)


def test_a_read_only_manual_that_was_built_is_refused_by_the_command(tiny, read_only):
    assert command(tiny).exit_code == 0
    why = read_only(tiny.root)
    done = command(tiny)
    assert (done.exit_code, done.output) == (
        3,
        f"groundrules: {tiny.root}/build/html cannot be written: {why}; {COPY}\n",
    )


def test_a_read_only_manual_that_was_built_is_refused_by_sphinx_build(tiny, read_only):
    assert tiny.sphinx_build("-q")[0] == 0
    why = read_only(tiny.root)
    assert tiny.sphinx_build("-q") == (
        66,
        "",
        f"ERROR: ROOT/build/html cannot be written: {why}; {COPY}\n",
    )


def test_a_read_only_manual_that_was_built_can_be_built_elsewhere(tiny, tmp_path, read_only):
    assert command(tiny).exit_code == 0
    read_only(tiny.root)
    site = tmp_path / "elsewhere/site"
    done = command(tiny, "--output", str(site))
    assert (done.exit_code, done.output) == (
        0,
        f"The manual is at {(site / 'index.html').as_uri()}\n",
    )


def test_a_part_of_the_output_that_cannot_be_written_is_named(tiny, read_only):
    assert command(tiny).exit_code == 0
    why = read_only(tiny.root / "build/html/_data")
    manual = (tiny.root / "data/manual.yaml").read_text("utf-8")
    tiny.write("data/manual.yaml", manual.replace("title: ", "title: More ", 1))
    done = command(tiny)
    assert (done.exit_code, done.output) == (
        3,
        f"groundrules: {tiny.root}/build/html/_data/manual.json cannot be written: {why}; {COPY}\n",
    )


@pytest.mark.parametrize(
    ("error", "is_output"),
    [
        (PermissionError(errno.EACCES, "no", "/srv/site/a.html"), True),
        (OSError(errno.EROFS, "no", "/srv/site/a.html"), True),
        (OSError(errno.ENOSPC, "no"), True),
        (PermissionError(errno.EACCES, "no", "/srv/source/a.rst"), False),
        (FileNotFoundError(errno.ENOENT, "no", "/srv/site/a.html"), False),
        (PermissionError(errno.EACCES, "no"), False),
        (ValueError("no"), False),
    ],
)
def test_only_an_output_that_cannot_be_written_is_reported_as_one(error, is_output):
    assert is_unwritable(error, [Path("/srv/site")]) is is_output
