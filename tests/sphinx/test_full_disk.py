"""A preview on a full disk, or in a folder that cannot be written: the last good pages stay."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from manual_copies import Manual, forget_other_builds

from groundrules import atomic
from groundrules.sphinxext import preview_builder, warm_build
from groundrules.sphinxext.build import BuildSettings
from groundrules.sphinxext.warm_build import WarmBuild

pytestmark = pytest.mark.usefixtures("no_collection")
MEMORY = "data/expectations/memory.yaml"
SHOWN = "generated/expectations/memory-8gb.html"
OLD, NEW = "Every node has at least", "Each node has at least"
FREE = "free some space, and try again"
TOPIC = f"""\
topic: memory
title: Memory
expectations:
  - id: memory-8gb
    title: At least 8 GB of memory
    standing: guaranteed
    statement: {OLD} 8 GB of memory.
"""


@pytest.fixture
def manual(tiny: Manual) -> Manual:
    """A manual of two records: a change leaves pages for later in one of few pages too."""
    tiny.write(MEMORY, TOPIC)
    return tiny


@pytest.fixture
def warm(manual: Manual) -> Iterator[WarmBuild]:
    """The preview of the manual after its first build."""
    forget_other_builds()
    with WarmBuild(settings_of(manual)) as warm:
        assert not warm.rebuild().failed
        yield warm


def settings_of(manual: Manual) -> BuildSettings:
    output = manual.root / "build/preview"
    return BuildSettings(conf=manual.root, source=manual.source, output=output, quiet=True)


def pages(warm: WarmBuild) -> dict[str, bytes]:
    return {
        path.relative_to(warm.settings.output).as_posix(): path.read_bytes()
        for path in warm.settings.output.rglob("*.html")
    }


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*.tmp")]


def refused_save(manual: Manual, warm: WarmBuild) -> str:
    """Save where nothing can be written; return the problem.  All pages stay as they were."""
    before = pages(warm)
    manual.replace(MEMORY, OLD, NEW)
    rebuilt = warm.rebuild()
    assert rebuilt.failed
    assert pages(warm) == before
    [problem] = rebuilt.problems
    return problem


def next_save_works(manual: Manual, warm: WarmBuild) -> None:
    """Save again: the page has the new text, and nothing is left to do or was left behind."""
    manual.replace(MEMORY, NEW, "All nodes have at least")
    rebuilt = warm.rebuild()
    assert (rebuilt.failed, rebuilt.problems) == (False, ())
    assert SHOWN in (rebuilt.pages or ())
    assert b"All nodes have at least" in pages(warm)[SHOWN]
    assert [step for step in warm.catch_up() if step.failed or step.problems] == []
    assert not warm.is_behind
    assert leftovers(manual.root) == []
    assert warm.rebuild().pages == frozenset()


def test_a_page_that_cannot_be_written_stays_as_it_was(
    manual: Manual, warm: WarmBuild, monkeypatch: pytest.MonkeyPatch
):
    def write(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(preview_builder, "write_bytes", write)
        problem = refused_save(manual, warm)
    assert problem.startswith(f"ERROR: {warm.settings.output}/")
    assert problem.endswith(f".html cannot be written: No space left on device; {FREE}")
    next_save_works(manual, warm)


def test_a_page_that_is_written_in_part_stays_as_it_was(
    manual: Manual, warm: WarmBuild, monkeypatch: pytest.MonkeyPatch
):
    def replace(path: Path, beside: Path, data: bytes) -> None:
        with os.fdopen(atomic._opened(beside), "wb") as stream:
            try:
                stream.write(data[: len(data) // 2])
                stream.flush()
                raise OSError(errno.EROFS, os.strerror(errno.EROFS))
            except BaseException:
                beside.unlink()
                raise

    generated = manual.source / "generated"
    real = atomic._replace
    with monkeypatch.context() as patch:
        patch.setattr(
            atomic,
            "_replace",
            lambda path, *rest: (real if generated in path.parents else replace)(path, *rest),
        )
        problem = refused_save(manual, warm)
    assert "cannot be written: Read-only file system; build in a copy" in problem
    next_save_works(manual, warm)


def test_a_page_whose_nodes_cannot_be_written_is_read_again(
    manual: Manual, warm: WarmBuild, monkeypatch: pytest.MonkeyPatch
):
    def dump(value: object, stream: object, protocol: int) -> None:
        stream.write(b"half")  # type: ignore[attr-defined]
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("sphinx.builders.pickle.dump", dump)
        problem = refused_save(manual, warm)
    message = f"{manual.root}/build cannot be written: No space left on device; {FREE}"
    assert problem == f"ERROR: {message}"
    rebuilt = warm.rebuild()  # without another save
    assert (rebuilt.failed, rebuilt.problems) == (False, ())
    assert b"Each node has at least" in pages(warm)[SHOWN]
    next_save_works(manual, warm)


def test_generated_pages_that_cannot_be_written_keep_the_site(
    manual: Manual, warm: WarmBuild, monkeypatch: pytest.MonkeyPatch
):
    def replace(path: Path, *_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "_replace", replace)
        problem = refused_save(manual, warm)
    assert problem.startswith(f"ERROR: {manual.source}/generated/")
    assert problem.endswith(f" cannot be written: No space left on device; {FREE}")
    next_save_works(manual, warm)


def test_what_is_left_for_later_stays_left(
    manual: Manual, warm: WarmBuild, monkeypatch: pytest.MonkeyPatch
):
    manual.replace(MEMORY, OLD, NEW)
    assert not warm.rebuild().failed
    assert warm.is_behind

    def dump(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(warm_build.pickle, "dump", dump)
        [done] = warm.catch_up()
    assert (done.failed, len(done.problems)) == (False, 1)
    assert warm.is_behind
    next_save_works(manual, warm)


@pytest.fixture
def small_disk(manual: Manual) -> Iterator[Path]:
    """A file system of a few megabytes for all that a build writes but the generated pages."""
    folder = manual.root / "build"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Write a file until the disk is full; return it."""
    filler = folder / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as stream:
        while stream.write(bytes(4096)):
            pass
    return filler


def test_on_a_full_disk_the_pages_stay_until_there_is_space(manual: Manual, small_disk: Path):
    forget_other_builds()
    with WarmBuild(settings_of(manual)) as warm:
        assert not warm.rebuild().failed
        filler = fill(small_disk)
        problem = refused_save(manual, warm)
        assert problem.startswith(f"ERROR: {small_disk}")
        assert problem.endswith(f" cannot be written: No space left on device; {FREE}")
        filler.unlink()
        next_save_works(manual, warm)


def test_in_a_folder_that_becomes_read_only_the_pages_stay(manual: Manual, small_disk: Path):
    forget_other_builds()
    with WarmBuild(settings_of(manual)) as warm:
        assert not warm.rebuild().failed
        remount = ["mount", "-o", "remount,ro", str(small_disk)]
        subprocess.run(remount, check=True)
        problem = refused_save(manual, warm)
        assert problem.startswith(f"ERROR: {small_disk}")
        assert "Read-only file system" in problem
        subprocess.run([*remount[:2], "remount,rw", str(small_disk)], check=True)
        next_save_works(manual, warm)
