"""A git repository, bare or not, read from its refs; no work tree, no fetch, no hook.

One ``git cat-file --batch`` serves all branches.  It is told not to fetch what is missing and
to speak no protocol, so that the configuration of a stranger's repository starts nothing.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import IO

from groundrules.ci.zuul.files import ROOTS
from groundrules.ci.zuul.repositories import DEEPEST, LARGEST, MOST_FILES, UnreadableError

FOLDER = b"40000"
LONGEST = 60
"""Seconds that git may take for one answer."""

GIT = ("git", "-c", "protocol.allow=never", "-c", "core.fsmonitor=false")


@dataclass(slots=True)
class GitRefs:
    """All branches of a git repository.

    They are those of ``origin`` where the repository has any (a clone), else its own.  Raises
    `UnreadableError` when git cannot read it or it has no commit.
    """

    folder: Path
    name: str
    refs: dict[str, str] = field(init=False, default_factory=dict)
    default: str = field(init=False, default="master")
    _batch: subprocess.Popen[bytes] | None = field(init=False, default=None, repr=False)
    _objects: dict[tuple[str, str], str] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.refs = self._branches("refs/remotes/origin/") or self._branches("refs/heads/")
        if not self.refs:
            raise UnreadableError("the repository has no commit on any branch")
        self.default = self._head()

    @property
    def branches(self) -> Sequence[str]:
        """The branches, sorted."""
        return sorted(self.refs)

    @property
    def has_all_branches(self) -> bool:
        """Whether a clone fetches every branch; a shallow one has often no other than its own."""
        if not any(ref.startswith("refs/remotes/") for ref in self.refs.values()):
            return True
        try:
            told = _git(self.folder, "config", "--get-all", "remote.origin.fetch")
        except UnreadableError:
            return False
        return any(each.lstrip("+").startswith("refs/heads/*:") for each in told.split())

    @property
    def checked_out(self) -> str:
        """The branch that the work tree is a version of: the one of HEAD, or what it is for.

        A branch of one's own, which ``origin`` does not have, is for the default branch.
        """
        try:
            ref = _git(self.folder, "symbolic-ref", "--quiet", "HEAD").strip()
        except UnreadableError:
            return self.default
        branch = ref.removeprefix("refs/heads/")
        return branch if branch in self.refs else self.default

    def sizes(self, branch: str, extra: Sequence[str]) -> Mapping[str, int]:
        """Return path and size of the files below Zuul's places and ``extra`` ones.

        The size of a file is not known before it is read: 1 stands for any that is not empty.
        """
        wanted = (*ROOTS, *(each.rstrip("/") for each in extra))
        sizes: dict[str, int] = {}
        for path, identity in self._walk(f"{self.refs[branch]}^{{tree}}", "", wanted):
            self._objects[branch, path] = identity
            sizes[path] = len(self._read(identity)[:1])
            if len(sizes) >= MOST_FILES:
                break
        return sizes

    def paths(self, branch: str) -> frozenset[str]:
        """Return the paths of all files of a branch."""
        return _paths(self.folder, "ls-tree", "-r", "-z", "--name-only", self.refs[branch])

    def listed(self) -> frozenset[str]:
        """Return the paths of the work tree that git knows or would take."""
        return listed(self.folder)

    def read(self, branch: str, path: str) -> bytes:
        """Return a file's bytes.  Raises `UnreadableError`."""
        return self._read(self._objects[branch, path])

    def place(self, branch: str, path: str) -> str:
        """Return how a diagnostic names a file."""
        return f"{self.name}@{branch}:{path}" if self.name else f"{branch}:{path}"

    def close(self) -> None:
        """End the git process."""
        if self._batch:
            self._batch.communicate()
            self._batch = None

    def _branches(self, prefix: str) -> dict[str, str]:
        refs = _git(self.folder, "for-each-ref", "--format=%(refname)", prefix).split("\n")
        named = {ref.removeprefix(prefix): ref for ref in refs if ref}
        named.pop("HEAD", None)
        return named

    def _head(self) -> str:
        for head in ("refs/remotes/origin/HEAD", "HEAD"):
            try:
                ref = _git(self.folder, "symbolic-ref", "--quiet", head).strip()
            except UnreadableError:
                continue
            branch = ref.removeprefix("refs/remotes/origin/").removeprefix("refs/heads/")
            if branch in self.refs:
                return branch
        return "master" if "master" in self.refs else min(self.refs)

    def _walk(
        self, tree: str, above: str, wanted: Sequence[str], depth: int = 0
    ) -> Iterator[tuple[str, str]]:
        """Give path and object of the files that are ``wanted`` or below a wanted folder."""
        for mode, name, identity in self._tree(tree):
            path = f"{above}{name}"
            if not _leads_to(path, wanted):
                continue
            if mode == FOLDER:
                if depth < DEEPEST:
                    yield from self._walk(identity, f"{path}/", wanted, depth + 1)
            elif mode != b"160000":  # a submodule holds no file of this repository
                yield path, identity

    def _tree(self, name: str) -> Iterator[tuple[bytes, str, str]]:
        content, identity = self._object(name)
        length, at = len(identity) // 2, 0
        while at < len(content) <= LARGEST:  # a larger folder is cut, and holds no names to trust
            space, end = content.index(b" ", at), content.index(b"\0", at)
            identity = content[end + 1 : end + 1 + length].hex()
            yield content[at:space], content[space + 1 : end].decode("utf-8", "replace"), identity
            at = end + 1 + length

    def _read(self, identity: str) -> bytes:
        return self._object(identity)[0]

    def _object(self, name: str) -> tuple[bytes, str]:
        """Return an object's content, cut where it is too large, and its identity."""
        if self._batch is None:
            self._batch = _started(self.folder)
        stdin, stdout = self._batch.stdin, self._batch.stdout
        if stdin is None or stdout is None:
            raise UnreadableError("git did not start")
        stdin.write(f"{name}\n".encode())
        stdin.flush()
        header = stdout.readline().decode("utf-8", "replace").split()
        if len(header) != 3:
            raise UnreadableError(f"git does not have the object {name}")
        content = stdout.read(min(int(header[2]), LARGEST + 1))
        _skip(stdout, int(header[2]) - len(content) + 1)
        return content, header[0]


def listed(folder: Path) -> frozenset[str]:
    """Return the paths of a work tree that git knows or would take.  Raises `UnreadableError`."""
    options = ("-z", "--cached", "--others", "--exclude-standard")
    return _paths(folder, "ls-files", *options)


def _leads_to(path: str, wanted: Sequence[str]) -> bool:
    return any(
        path == each or path.startswith(f"{each}/") or each.startswith(f"{path}/")
        for each in wanted
    )


def _skip(stream: IO[bytes], size: int) -> None:
    while size > 0:
        size -= len(stream.read(min(size, 2**20)) or b" " * size)


def _environment() -> dict[str, str]:
    unset = {name for name in os.environ if name.startswith("GIT_")}
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    return kept | {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}


def _started(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        [*GIT, "-C", str(folder), "cat-file", "--batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )


def _paths(folder: Path, *arguments: str) -> frozenset[str]:
    """Return the paths that git lists with a zero byte after each; no more than `MOST_FILES`.

    A few objects can stand for a tree without end, so that git is ended when there are enough.
    """
    found: set[str] = set()
    command = [*GIT, "-C", str(folder), *arguments]
    with subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
    ) as process:
        timer = Timer(LONGEST, process.kill)
        timer.start()
        rest = b""
        while process.stdout and len(found) < MOST_FILES and len(rest) < LARGEST:
            if not (part := process.stdout.read(2**16)):
                break
            *whole, rest = (rest + part).split(b"\0")
            found.update(each.decode("utf-8", "replace") for each in whole)
        else:
            process.kill()
        timer.cancel()
    if process.returncode and len(found) < MOST_FILES:
        raise UnreadableError("git cannot list the files of the repository")
    return frozenset(found)


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603
            [*GIT, "-C", str(folder), *arguments],
            capture_output=True,
            check=True,
            env=_environment(),
            timeout=LONGEST,
        )
    except FileNotFoundError:
        raise UnreadableError("git is not installed; it is needed to read branches") from None
    except subprocess.TimeoutExpired:
        raise UnreadableError("git did not answer within a minute") from None
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise UnreadableError(f"git cannot read the repository: {told}") from None
    return done.stdout.decode("utf-8", "replace")
