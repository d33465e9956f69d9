"""What strangers name is opened in one way, `groundrules.confined`; other places have a reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import groundrules

PACKAGE = Path(groundrules.__file__).parent
OPENING = {
    "FileSystemLoader", "NamedTemporaryFile", "TemporaryDirectory", "chmod", "fdopen", "glob",
    "hardlink_to", "iterdir", "listdir", "makedirs", "mkdir", "mkdtemp", "open", "read_bytes",
    "read_text", "readlink", "rename", "rglob", "rmdir", "scandir", "symlink_to", "touch",
    "unlink", "write_bytes", "write_text",
}  # fmt: skip
OF_OS = {"os.walk", "os.replace", "os.remove", "os.link", "os.symlink"}

# module → why it may open files otherwise
ALLOWED = {
    "atomic.py": "writes beside and renames, which replaces a link; its callers checked the folder",
    "authoring/scaffold/surroundings.py": "what pip has recorded of this program",
    "authoring/scaffold/target.py": "removes the files of a run that failed",
    "authoring/preview/watched.py": "lists the folders to watch, and opens nothing in them",
    "build_folders.py": "makes the folders of a build, which the user names",
    "checker/report_files.py": "a report, after `check_named`; a step's summary, which CI names",
    "ci/git/confinement.py": "lists links below a git directory, which git opens later",
    "ci/git/directory.py": "lists the names of a git directory's index files",
    "ci/git/sandbox.py": "a temporary folder of our own; a link's text is read, never followed",
    "ci/git/temporary.py": "a temporary folder of our own, and those of our dead processes",
    "ci/revisions.py": "a link's text is read, never followed",
    "cli/options.py": "completes names in the user's shell",
    "confined": "the one way",
    "interrupts.py": "the null device, in place of a stream that is closed",
    "pages/stamp.py": "names and times of files, and what a build kept beside them",
    "pages/write.py": "removes names that `os.walk`, which follows no link, has listed",
    "records/ansible.py": "the list of facts that is part of this program",
    "sphinxext/build_lock.py": "the lock files of a build, in folders that `guard` has checked",
    "sphinxext/finished_builds.py": "what Sphinx itself wrote, in folders that `guard` has checked",
    "sphinxext/package_map.py": "the source files of an installed package",
    "sphinxext/page_scripts.py": "lists the installed theme; removes Sphinx's copies of its files",
    "sphinxext/warm_build.py": "Sphinx's environment, in a folder that `guard` has checked",
    "verify/ansible_facts.py": "a temporary folder of our own, for ansible-runner",
    "verify/collected_sources.py": "a temporary folder of our own, for a store",
    "verify/reading/fact_archives.py": "members of an archive, in memory",
    "verify/facts_engine.py": "a temporary folder of our own, to which DuckDB writes",
    "verify/collected_index.py": "a file of ours in the folder of a store",
    "verify/day_files.py": "the files of a store, in a folder that the user names",
    "verify/facts_store.py": "the folder of a store, which the user names",
    "store.py": "the user's own cache folder, and files of ours beside Sphinx's doctrees",
}  # fmt: skip


@cache
def opening_lines(path: Path) -> list[int]:
    return [*opening_calls(path)]


def opening_calls(path: Path) -> Iterator[int]:
    """Yield the lines that open, list, make or remove files without `groundrules.confined`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            owner, _, name = called.rpartition(".")
            by_name = name in OPENING and (owner or name not in ("write_text", "write_bytes"))
            if by_name or called in OF_OS or called.startswith(("shutil.", "tempfile.")):
                yield node.lineno


def place_of(path: Path) -> str:
    name = path.relative_to(PACKAGE).as_posix()
    return next((place for place in ALLOWED if name == place or name.startswith(f"{place}/")), name)


MODULES = sorted(PACKAGE.rglob("*.py"))


def test_no_module_opens_files_in_a_way_of_its_own():
    others = [
        f"{path.relative_to(PACKAGE).as_posix()}:{line}"
        for path in MODULES
        if place_of(path) not in ALLOWED
        for line in opening_lines(path)
    ]
    assert others == []


def test_every_module_that_may_open_files_does():
    """A reason that nothing needs any more would let the next call in unseen."""
    opening = {place_of(path) for path in MODULES if opening_lines(path)}
    assert set(ALLOWED) - opening == set()


@pytest.mark.parametrize(
    "call",
    [
        "open(p)", "p.open()", "os.open(p, 0)", "p.read_text()", "p.write_bytes(b'')", "os.walk(p)",
        "shutil.copy(p, q)", "p.iterdir()", "jinja2.FileSystemLoader(p)", "os.scandir(p)",
        "tempfile.mkdtemp()", "(p / q).unlink()",
    ],
)  # fmt: skip
def test_the_walk_sees_a_call(tmp_path: Path, call: str):
    module = tmp_path / "module.py"
    module.write_text(f"def work(p):\n    return {call}\n")
    assert list(opening_calls(module)) == [2]


@pytest.mark.parametrize("call", ["walk(record)", "text.replace('a', 'b')", "write_text(p, 'x')"])
def test_the_walk_leaves_other_calls_alone(tmp_path: Path, call: str):
    module = tmp_path / "module.py"
    module.write_text(f"def work(p):\n    return {call}\n")
    assert list(opening_calls(module)) == []
