"""The walls between layers, read from the imports of every module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

import groundrules
from groundrules.records import DataContent, LoadedData

ROOT = Path(__file__).parents[1]
PACKAGE = Path(groundrules.__file__).parent

# module → the only parts of the package that may import it
ONLY = {
    "ansible_runner": {"verify"},
    "click": {"cli"},
    "docutils": {"prose", "sphinxext"},
    "duckdb": {"verify"},
    "httpx": {"zuul_api"},
    "ibis": {"verify"},
    "jinja2": {"authoring", "pages"},
    "pyarrow": {"verify"},
    "sphinx": {"sphinxext"},
    "starlette": {"authoring"},
    "uvicorn": {"authoring"},
    "watchfiles": {"authoring"},
    "yaml": {"yamlsource"},
    "groundrules.cli": {"__main__", "cli"},
    "groundrules.sphinxext": {"authoring", "cli", "sphinxext"},
}
# what an extra installs → the only folder whose modules may import it
EXTRAS = {
    "groundrules.sphinxext": "authoring/preview",
    "starlette": "authoring/preview",
    "uvicorn": "authoring/preview",
    "watchfiles": "authoring/preview",
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    """Return the part of the package that a module belongs to: its folder, or itself."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


PARTS = {part_of(path) for path in MODULES}
# part of the package → what it must not import
NEVER = {
    "checks": ("groundrules.ci", "groundrules.report", "pathlib", "io", "os", "shutil", "tempfile"),
    "diagnostics": tuple(f"groundrules.{part}" for part in PARTS - {"diagnostics", "fix"}),
    "fix": tuple(f"groundrules.{part}" for part in PARTS - {"fix", "text"}),
    "nearest": ("groundrules",),
    "text": ("groundrules",),
    "claims": ("groundrules.ci",),
    "graphs": ("groundrules.ci", "groundrules.records"),
    "pages": ("groundrules.ci", "groundrules.yamlsource"),
    "plan": (
        *("groundrules.ci", "groundrules.checker", "groundrules.pages", "groundrules.report"),
        "groundrules.yamlsource",
    ),
    "prose": ("groundrules.checks", "groundrules.ci", "groundrules.pages", "groundrules.report"),
    "records": ("groundrules.ci", "groundrules.checks", "groundrules.pages", "groundrules.report"),
    "report": ("groundrules.checks", "groundrules.ci", "groundrules.records", "groundrules.pages"),
    "yamlsource": ("groundrules.diagnostics", "groundrules.records", "groundrules.ci"),
}
# folders of the repository that hold no part of the package
OUTSIDE = ("tests", "benchmarks", "conf", "data", "source", "generator")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


class ModuleText(NamedTuple):
    """What several tests ask of a module, which is parsed once for them."""

    imports: tuple[str, ...]
    relative: tuple[int, ...]
    classes: tuple[str, ...]
    docstring: str


@cache
def module_text(path: Path) -> ModuleText:
    module = tree(path)
    imported: list[str] = []
    relative, classes = [], []
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            imported += (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            imported += (f"{node.module}.{name.name}" for name in node.names)
            relative += [node.lineno] if node.level else []
        elif isinstance(node, ast.ClassDef):
            classes.append(node.name)
    docstring = ast.get_docstring(module) or ""
    return ModuleText(tuple(imported), tuple(relative), tuple(classes), docstring)


def imports(path: Path) -> tuple[str, ...]:
    """Return what a module imports; ``from a import b`` as ``a.b``."""
    assert module_text(path).relative == (), "imports are absolute"
    return module_text(path).imports


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


AUTHORING = [path for path in MODULES if part_of(path) == "authoring"]


@pytest.mark.parametrize("path", AUTHORING, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_library_of_an_extra_is_imported_by_its_command_only(path: Path):
    allowed = [folder for folder in EXTRAS.values() if path.is_relative_to(PACKAGE / folder)]
    strange = [
        imported
        for imported in imports(path)
        for module, folder in EXTRAS.items()
        if within(imported, module) and folder not in allowed
    ]
    assert strange == []


def test_one_module_imports_spark():
    """It need not be installed, so that the tables above cannot name it."""
    spark = ("pyspark", "py4j", "ibis.backends.pyspark")
    importing = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        for imported in imports(path)
        if any(within(imported, module) for module in spark)
    }
    assert importing == {"verify/spark_engine.py"}


def imported_parts() -> dict[str, set[str]]:
    """Return the parts of the package that each part imports, for type checkers too."""
    parts: dict[str, set[str]] = {part: set() for part in PARTS}
    for path in MODULES:
        names = (name.split(".") for name in imports(path) if name.startswith("groundrules."))
        parts[part_of(path)] |= {name[1] for name in names if name[1] in PARTS}
    return parts


def circles(parts: dict[str, set[str]]) -> set[str]:
    """Return the parts that import themselves by way of others.

    >>> sorted(circles({"a": {"b"}, "b": {"a", "c"}, "c": set()}))
    ['a', 'b']
    """
    reached = {part: others - {part} for part, others in parts.items()}
    for _ in parts:  # a way is no longer than there are parts
        for others in reached.values():
            others |= {far for other in others for far in parts[other] if far != other}
    return {part for part, others in reached.items() if part in others}


def test_no_part_imports_itself_by_way_of_others():
    assert circles(imported_parts()) == set()


def test_a_circle_is_seen():
    parts = {"a": {"a", "b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}
    assert circles(parts) == {"b", "c"}


# parts that decide and open no file
DECIDE = (
    "checks",
    "fix",
    "nearest",
    "text",
    "graphs",
    "diagnostics",
    "plan",
    "findings",
    "rules",
    "report",
)


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


CHECKS = [path for path in MODULES if part_of(path) == "checks"]


def words(path: Path) -> Iterator[str]:
    """Yield the names and attributes that a module mentions."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.arg(arg=word):
                yield word
            case ast.alias(name=word):
                yield word


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_check_takes_a_report(path: Path):
    """A check yields what it found, skipped and checked; it cannot reach what others found."""
    assert {*words(path)} & {"Report", "LoadedData", "report"} == set()


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_check_yields_its_results(path: Path):
    functions = (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))
    others = [
        f"{function.name}:{function.lineno}"
        for function in functions
        if f"{function.name}_".lstrip("_").startswith("check_")
        and not (function.returns and ast.unparse(function.returns).startswith("Iterator["))
    ]
    assert others == []


def test_the_content_of_a_data_folder_has_no_report():
    """`DataContent` is what checks of data get; the report is in `LoadedData` only."""
    assert "Report" not in DataContent.__annotations__.values()
    assert LoadedData.__annotations__ == {"report": "Report"}


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
    doc = module_text(path).docstring
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


# one name, one meaning: names of modules that stand twice, and why they mean the same
SAME_MODULES = {
    "build": "the command, and the Sphinx build that it runs",
    "changes": "what changed in the data: the package, and the command that shows it",
    "claims": "the claims, and how they are read from records",
    "compare": "documented graphs compared with real ones: those of a run, and one",
    "configuration": "a real configuration, and Zuul's",
    "configurations": "the real configurations of a run, and the checks of each",
    "cycles": "jobs that wait for each other, in any graph and in documented ones",
    "diagram": "the picture of a graph: its layout, and its node in Sphinx",
    "drift": "documented graphs compared with real ones: the checks, and their rules",
    "git": "repositories, and the class that runs the command",
    "graph": "jobs and dependencies: the command that shows them, and the record",
    "graphs": "job graphs: their drift, Zuul's, and as text",
    "ignores": "ignore comments, and the rules about them",
    "impact": "what an object touches: the values, the command, Zuul's answer, and as text",
    "jobs": "jobs: as they are read, and their drift",
    "labels": "labels of nodes: the checks, and their rules",
    "layout": "Zuul's word for all objects of a tenant",
    "loading": "files to objects: data to records, and Zuul's files to its objects",
    "plan": "how long job graphs take: what computes it, and the command",
    "policy": "the rules of a graph: the check, and the entries that explain it",
    "preview": "the command, and the server and builder that it starts",
    "prose": "texts of records: the package, and the rules about them",
    "reading": "bytes to values: of Zuul's files, and the rules about data",
    "records": "records, and the rules about them",
    "references": "names that lead to something defined: in records, and in Zuul's files",
    "schema": "the form of a kind of file: the command, JSON Schema, and Zuul's",
    "system": "the protocol of a CI system, and Zuul as one",
    "traps": "mistakes of a configuration: the checks, and their rules",
    "trees": "the paths of a branch, and how Zuul's repositories have them",
    "verify": "nodes compared with promises: the package, and the command that shows it",
    "words": "how a system writes what checks suggest, and the words of a new manual",
    "zuul": "the CI system, its rules, and the report that its jobs return",
}


def repeated(names: Iterator[tuple[str, Path]]) -> set[str]:
    """Return the names that stand in more than one place."""
    places: dict[str, set[Path]] = {}
    for name, place in names:
        places.setdefault(name, set()).add(place)
    return {name for name, where in places.items() if len(where) > 1}


def module_names() -> Iterator[tuple[str, Path]]:
    for path in MODULES:
        place = path.parent if path.name == "__init__.py" else path
        if place != PACKAGE:
            yield place.stem, place


def class_names() -> Iterator[tuple[str, Path]]:
    for path in MODULES:
        yield from ((name, path) for name in module_text(path).classes)


def test_a_module_name_has_one_meaning():
    assert repeated(module_names()) == set(SAME_MODULES)


def test_a_class_name_has_one_meaning():
    assert repeated(class_names()) == set()


@pytest.mark.repository
def test_files_of_tests_have_names_of_their_own():
    """pytest imports them by their names alone."""
    tests = (ROOT / "tests").rglob("test_*.py")
    assert repeated((path.name, path) for path in tests) == set()


def test_a_name_that_stands_twice_is_seen():
    names = [("a", Path("one")), ("b", Path("one")), ("a", Path("two")), ("c", Path("two"))]
    assert repeated(iter(names)) == {"a"}
