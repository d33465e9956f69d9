"""`sandbox`: a folder in which git runs: a repository with our own configuration.

A git directory can configure programs (filters, monitors, hooks, helpers), other work trees,
included files and remotes, and git uses them.  So git runs in a folder with our own
configuration, and links to the objects, refs and index of the repository.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from groundrules.ci.errors import UnreadableError
from groundrules.ci.git.confinement import small_text
from groundrules.ci.git.directory import GitDirectory

if TYPE_CHECKING:
    from groundrules.ci.git.temporary import TemporaryFolder

# "shallow" names the commits whose parents a shallow clone does not have
LINKED = ("objects", "refs", "packed-refs", "reftable", "shallow")

# Git streams a blob above the threshold instead of loading it into memory.
CONFIGURATION = """\
[core]
    repositoryFormatVersion = 1
    bare = false
    commitGraph = false
    multiPackIndex = false
    bigFileThreshold = 4m
    hooksPath = {nowhere}
    fsmonitor = false
[protocol]
    allow = never
"""


def sandbox(directory: GitDirectory) -> TemporaryFolder:
    """Return a folder to use in place of a git directory.  Raises `UnreadableError`."""
    from groundrules.ci.git.temporary import TemporaryFolder  # it takes 6 ms to import

    try:
        folder = TemporaryFolder()
    except OSError as error:
        raise UnreadableError(f"no temporary folder can be made: {error.strerror}") from None
    try:
        _fill(Path(folder.name), directory)
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a null byte
        folder.cleanup()
        raise UnreadableError(f"the git repository cannot be read: {error}") from None
    except UnreadableError:
        folder.cleanup()
        raise
    return folder


def _fill(folder: Path, directory: GitDirectory) -> None:
    for name in LINKED:
        _link(folder, directory.common.resolve() / name)
    for index in directory.indexes:
        _link(folder, index.absolute())
    (folder / "info").mkdir()
    _link(folder / "info", directory.common.resolve() / "info/exclude")
    (folder / "HEAD").write_text(_head(directory.folder / "HEAD"), errors="surrogateescape")
    (folder / "config").write_text(_configuration(directory))


def _link(folder: Path, target: Path) -> None:
    if target.exists():
        (folder / target.name).symlink_to(target)


def _head(file: Path) -> str:
    """Return the text of HEAD, which old versions of git wrote as a link to the branch."""
    if file.is_symlink() and (branch := os.readlink(file)).startswith("refs/"):  # noqa: PTH115
        return f"ref: {branch}\n"
    return small_text(file)


def _configuration(directory: GitDirectory) -> str:
    text = CONFIGURATION.format(nowhere=os.devnull)
    forms = {
        "objectFormat": directory.setting("objectformat") == "sha256" and "sha256",
        "refStorage": directory.setting("refstorage") == "reftable" and "reftable",
    }
    lines = [f"    {name} = {form}\n" for name, form in forms.items() if form]
    return "".join((text, "[extensions]\n", *lines)) if lines else text
