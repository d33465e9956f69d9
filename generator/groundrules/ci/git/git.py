"""`Git`: one repository, read with git commands that change nothing and start no program."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

from msgspec import Struct

from groundrules.ci.errors import NoGitError, UnreadableError, suppress_unreadable
from groundrules.ci.git.confinement import small_text
from groundrules.ci.git.directory import GitDirectory
from groundrules.ci.git.git_objects import LARGEST, Objects
from groundrules.ci.git.sandbox import sandbox
from groundrules.ci.git.wanted_paths import WantedPaths

if TYPE_CHECKING:
    from groundrules.ci.git.temporary import TemporaryFolder

DEEPEST = 50  # nested folders
FOLDER, SUBMODULE = b"40000", b"160000"
HEADS = "refs/heads/"
LONGEST = 60  # seconds for one command
# Git interprets these characters in the name of a branch, tag or commit as an expression.
_NOT_IN_NAMES = frozenset(" ~^:?*[\\\x7f") | frozenset(map(chr, range(32)))
_ANCESTOR = re.compile(r"(?:~\d*|\^\d*)*\Z")

SETTINGS = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_CONFIG_GLOBAL": os.devnull,  # the sandbox has the only configuration
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",  # a partial clone would fetch missing objects
    "GIT_NO_REPLACE_OBJECTS": "1",  # refs/replace could show other content than the commit's
    "GIT_OPTIONAL_LOCKS": "0",  # a command that only reads may refresh the index
    "GIT_TERMINAL_PROMPT": "0",  # a check must not wait for a password
}


class Git(Struct):
    """One repository.  Every method raises `UnreadableError` if git cannot read it.

    `close` ends the processes; the next call starts them again.
    """

    directory: GitDirectory
    _sandbox: TemporaryFolder | None = None
    _objects: Objects | None = None

    def commit(self, revision: str = "HEAD") -> str:
        """Return the full name of a commit; empty if there is none.

        Of git's expressions, only ancestors such as ``HEAD~2`` and ``main^`` are allowed.
        """
        name = _ANCESTOR.sub("", revision)
        if not name or ".." in revision or "@{" in revision or _NOT_IN_NAMES.intersection(name):
            return ""
        commit = f"{revision}^{{commit}}"
        return self._optional(
            "rev-parse", "--verify", "--quiet", "--end-of-options", commit
        ).strip()

    def refs(self, *prefixes: str) -> dict[str, str]:
        """Return the refs below folders; a symbolic ref has the ref that it points to."""
        output = self._output("for-each-ref", "--format=%(refname) %(symref)", *prefixes)
        return dict(line.split(" ") for line in output.split("\n")[:-1])

    def state(self) -> str:
        """Return a text that changes if any ref or HEAD changes."""
        refs = self._output("for-each-ref", "--format=%(objectname) %(refname)")
        return f"{refs}{self.symbolic('HEAD')} {self.commit()}"

    def symbolic(self, name: str) -> str:
        """Return the ref that a symbolic ref points to; empty for any other ref."""
        return self._optional("symbolic-ref", "--quiet", name).strip()

    def day(self, commit: str) -> str:
        """Return the committer's date of a commit, such as 2026-08-20."""
        return self._output("log", "-1", "--format=%cs", "--end-of-options", commit).strip()

    def last_day(self, folder: str) -> str:
        """Return the date of the last commit that changed a folder; empty if unknown.

        The oldest commit of a shallow clone seems to add every file, so it does not count.
        """
        answer = self._output(
            "log", "-1", "--format=%H %cs", "HEAD", "--", f":(top,literal){folder}"
        ).strip()
        commit, _, day = answer.partition(" ")
        return "" if commit in self._boundary() else day

    def merge_base(self, one: str, other: str) -> str:
        """Return the last commit that two commits have in common; empty if there is none."""
        return self._optional("merge-base", "--end-of-options", one, other).strip()

    def begin(self, commit: str, folder: str) -> str:
        """Return the nearest first parent that a ref in a folder has, maybe the commit itself."""
        options = ("--first-parent", "--boundary")
        own = self._output("rev-list", *options, commit, "--not", f"--glob={folder}*").split()
        return next((line[1:] for line in own[::-1] if line[0] == "-"), "") if own else commit

    def nearest(self, commit: str, folder: str) -> str:
        """Return the branch by which git names a commit: the nearest whose ref is in a folder."""
        refs = (f"--refs={folder}*", f"--exclude={folder}HEAD")
        name = self._output("name-rev", "--name-only", *refs, "--end-of-options", commit)
        return re.split("[~^]", name.strip())[0].removeprefix(folder.removeprefix("refs/"))

    @property
    def is_shallow(self) -> bool:
        """Whether it is a clone without the older history."""
        return bool(self._boundary())

    def _boundary(self) -> list[str]:
        """Return the commits of a shallow clone whose parents it does not have."""
        file = self.directory.common / "shallow"
        return small_text(file).split() if file.exists() else []

    def branch(self) -> str:
        """Return the branch that HEAD points to, even before its first commit, or an empty text."""
        ref = self.symbolic("HEAD")
        return ref.removeprefix(HEADS) if ref.startswith(HEADS) else ""

    def upstream(self, branch: str) -> str:
        """Return the branch of ``origin`` that a branch tracks; empty if it tracks none."""
        if self.settings(f"branch.{branch}.remote") != ["origin"]:
            return ""
        return next(iter(self.settings(f"branch.{branch}.merge")), "").removeprefix(HEADS)

    def contains(self, branch: str, other: str) -> bool:
        """Return whether a branch contains ``other``, a ref or a commit."""
        commit, head = self.commit(other), self.commit(f"{HEADS}{branch}")
        if not (commit and head):
            return False
        options = ("--count", "--max-count=1")
        return self._output("rev-list", *options, commit, f"^{head}", "--").strip() == "0"

    def parent(self, commit: str) -> str:
        """Return the first parent of a commit; empty for a commit without a known parent."""
        return "" if commit in self._boundary() else self.commit(f"{commit}^1")

    def changed(self, before: str, after: str) -> list[str]:
        """Return status and paths of the files that differ; ``after`` is empty for the work tree.

        The plumbing commands use no external program to compare files.
        """
        form = ("-r", "-z", "-M", "--name-status", "--ignore-submodules=dirty")
        options = (*form, "--no-ext-diff", "--no-textconv")
        if after:
            output = self._output("diff-tree", *options, before, after)
        else:
            work_tree = self.directory.work_tree
            output = self._output("diff-index", *options, before, work_tree=work_tree)
        return output.split("\0")[:-1]

    def untracked(self, most: int) -> frozenset[str]:
        """Return the paths in the work tree that git does not know and does not ignore."""
        options = ("-z", "--others", "--exclude-standard")
        return self._paths(most, "ls-files", *options, work_tree=self.directory.work_tree)

    def containing(self, commit: str, prefix: str, *, at_end: bool = False) -> list[str]:
        """Return the refs below a folder that contain a commit, or whose last commit it is."""
        option = "--points-at" if at_end else "--contains"
        return self._output("for-each-ref", "--format=%(refname)", option, commit, prefix).split()

    def settings(self, name: str) -> list[str]:
        """Return the values of a setting in the repository's own file, without included files."""
        file = self.directory.common / "config"
        command = ("config", "--no-includes", "--file", str(file.absolute()), "--null", "--get-all")
        return self._optional(*command, name).split("\0")[:-1]

    def paths(self, commit: str, most: int) -> frozenset[str]:
        """Return the paths of a commit's files; about ``most`` of them at most."""
        return self._paths(most, "ls-tree", "-r", "-z", "--name-only", commit)

    def listed(self, most: int) -> frozenset[str]:
        """Return the paths in the work tree that git tracks or would add, as `paths` does."""
        options = ("-z", "--cached", "--others", "--exclude-standard")
        return self._paths(most, "ls-files", *options, work_tree=self.directory.work_tree)

    def _paths(self, most: int, *arguments: str, work_tree: Path | None = None) -> frozenset[str]:
        """Return the paths that git lists with a zero byte after each.

        A few objects can describe an endless tree, so git is killed after ``most`` paths.
        """
        paths: set[str] = set()
        process = self._started(*arguments, stdin=subprocess.PIPE, work_tree=work_tree)
        timer = Timer(LONGEST, process.kill)
        timer.start()
        with process:
            rest = b""
            while process.stdout and len(paths) < most and len(rest) < LARGEST:
                if not (part := process.stdout.read(2**16)):
                    break
                *whole, rest = (rest + part).split(b"\0")
                paths.update(path.decode("utf-8", "replace") for path in whole)
            else:
                process.kill()
            timer.cancel()
        if process.returncode and len(paths) < most:
            raise UnreadableError("git cannot list the files of the repository")
        return frozenset(paths)

    def files(self, tree: str, wanted: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield path and object of the ``wanted`` files and of all files below wanted folders."""
        yield from self._files(tree, WantedPaths(wanted), "", 0)

    def _files(
        self, tree: str, wanted: WantedPaths, above: str, depth: int
    ) -> Iterator[tuple[str, str]]:
        for mode, name, identity in self.tree(tree):
            path = f"{above}{name}"
            if not wanted.leads_to(path):
                continue
            if mode == FOLDER:
                if depth < DEEPEST:
                    yield from self._files(identity, wanted, f"{path}/", depth + 1)
            elif mode != SUBMODULE:  # its files belong to another repository
                yield path, identity

    def tree(self, name: str) -> Iterator[tuple[bytes, str, str]]:
        """Yield mode, name and object of each entry of a tree."""
        content, identity = self.object(name)
        length, at = len(identity) // 2, 0
        while at < len(content) <= LARGEST:  # a larger tree was cut: its last entry is half
            space, end = content.find(b" ", at), content.find(b"\0", at)
            identity = content[end + 1 : end + 1 + length].hex()
            if not at < space < end or len(identity) != length * 2:
                raise UnreadableError(f"git has a damaged tree {name}")
            yield content[at:space], content[space + 1 : end].decode("utf-8", "replace"), identity
            at = end + 1 + length

    def object(self, name: str) -> tuple[bytes, str]:
        """Return the content of an object, cut if it is too large, and its identity."""
        if self._objects and self._objects.has_ended:
            self._objects.close()
            self._objects = None
        if self._objects is None:
            self._objects = Objects(self._started("cat-file", "--batch", stdin=subprocess.PIPE))
        return self._objects.object(name)

    def close(self) -> None:
        """End the process and remove the folder in which it ran."""
        if self._objects:
            self._objects.close()
            self._objects = None
        if self._sandbox:
            self._sandbox.cleanup()
            self._sandbox = None

    def _optional(self, *arguments: str) -> str:
        """Return the output of a command that can fail; empty if it does."""
        with suppress_unreadable():
            return self._output(*arguments)
        return ""

    def _output(self, *arguments: str, work_tree: Path | None = None) -> str:
        process = self._started(*arguments, stdin=subprocess.DEVNULL, work_tree=work_tree)
        try:
            output, errors = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise UnreadableError("git did not answer within a minute") from None
        if process.returncode:
            reason = errors.decode("utf-8", "replace").strip().split("\n")[0]
            raise UnreadableError(f"git cannot read the repository: {reason}")
        return output.decode("utf-8", "replace")

    def _started(
        self, *arguments: str, stdin: int, work_tree: Path | None = None
    ) -> subprocess.Popen[bytes]:
        if self._sandbox is None:
            self._sandbox = sandbox(self.directory)
        # a git hook that runs a check sets GIT_DIR and others for its own repository
        inherited = {k: value for k, value in os.environ.items() if not k.startswith("GIT_")}
        place = work_tree.absolute() if work_tree else self._sandbox.name
        try:
            return subprocess.Popen(  # noqa: S603
                ["git", f"--git-dir={self._sandbox.name}", f"--work-tree={place}", *arguments],  # noqa: S607
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL if stdin == subprocess.PIPE else subprocess.PIPE,
                cwd=place,
                env={**inherited, **SETTINGS},
            )
        except OSError:
            raise NoGitError from None
