"""The walls between layers, read from the imports of every module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

import groundrules

ROOT = Path(__file__).parents[1]
PACKAGE = Path(groundrules.__file__).parent

# module → the only parts of the package that may import it
ONLY = {
    "click": {"cli"},
    "docutils": {"prose", "sphinxext"},
    "jinja2": {"pages"},
    "sphinx": {"sphinxext"},
    "yaml": {"yamlsource"},
    "groundrules.cli": {"__main__", "cli"},
    "groundrules.sphinxext": {"cli", "sphinxext"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    """Return the part of the package that a module belongs to: its folder, or itself."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


PARTS = {part_of(path) for path in MODULES}
# part of the package → what it must not import
NEVER = {
    "checks": ("groundrules.ci", "groundrules.report", "pathlib", "io", "os", "shutil", "tempfile"),
    "diagnostics": tuple(f"groundrules.{part}" for part in PARTS - {"diagnostics", "text"}),
    "text": ("groundrules",),
    "claims": ("groundrules.ci",),
    "graphs": ("groundrules.ci", "groundrules.records"),
    "pages": ("groundrules.ci", "groundrules.yamlsource"),
    "records": ("groundrules.ci", "groundrules.checks", "groundrules.pages", "groundrules.report"),
    "report": ("groundrules.checks", "groundrules.ci", "groundrules.records", "groundrules.pages"),
    "yamlsource": ("groundrules.diagnostics", "groundrules.records", "groundrules.ci"),
}
# folders of the repository that hold no part of the package
OUTSIDE = ("tests", "benchmarks", "conf", "data", "source", "generator")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Yield what a module imports; ``from a import b`` as ``a.b``."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def within(imported: str, module: str) -> bool:
    return f"{imported}.".startswith(f"{module}.")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_stays_behind_its_walls(path: Path):
    part, broken = part_of(path), []
    for imported in imports(path):
        broken += [
            imported for module in ONLY if within(imported, module) and part not in ONLY[module]
        ]
        broken += [imported for module in NEVER.get(part, ()) if within(imported, module)]
        broken += [imported for module in OUTSIDE if within(imported, module)]
    assert broken == []


# parts that decide and open no file
DECIDE = ("checks", "text", "graphs", "diagnostics", "findings", "rules", "report")


@pytest.mark.parametrize("part", DECIDE)
def test_no_file_is_opened_where_things_are_decided(part: str):
    opened = [
        f"{path.name}:{node.lineno}"
        for path in MODULES
        if part_of(path) == part
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in OPENERS
    ]
    assert opened == []


OPENERS = {
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "iterdir",
    "glob",
    "rglob",
}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_says_in_a_line_what_it_is(path: Path):
    doc = ast.get_docstring(tree(path)) or ""
    assert doc, "a module docstring is missing"
    assert doc.splitlines()[0].endswith((".", ":"))


def test_the_tables_are_about_parts_that_exist():
    """A wall around a part that has another name now would keep nothing out."""
    named = {*NEVER, *DECIDE}.union(*ONLY.values())
    walled = {*ONLY, *(each for modules in NEVER.values() for each in modules)}
    inside = (each.split(".") for each in walled if each.startswith("groundrules."))
    assert named | {each[1] for each in inside} <= PARTS


def test_the_tables_are_about_modules_that_exist():
    foreign = {*ONLY}.union(*NEVER.values())
    names = {each for each in foreign if not each.startswith("groundrules")}
    assert {each for each in names if find_spec(each) is None} == set()


@pytest.mark.repository
def test_what_holds_no_part_of_the_package_is_there():
    assert {each for each in OUTSIDE if not (ROOT / each).is_dir()} == {"conf"}
    assert (ROOT / "conf.py").is_file()
