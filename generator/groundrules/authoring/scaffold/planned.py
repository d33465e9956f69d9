"""`planned`: the files of a new manual, with their texts."""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from textwrap import wrap
from typing import Any

from msgspec import Struct, structs

from groundrules.authoring.file_templates import FileTemplates
from groundrules.authoring.scaffold import words
from groundrules.authoring.scaffold.answers import KIND_NAMES, LICENSES, Answers
from groundrules.authoring.scaffold.editors import editor_files
from groundrules.manual_folder import SOURCE
from groundrules.pages import rst
from groundrules.records.kinds import KINDS
from groundrules.records.schema import schemas, text_of

WIDTH = 100  # of filled texts
CONF, INDEX, MANUAL_FILE = "conf.py", "source/index.rst", "data/manual.yaml"
TOX, REQUIREMENTS, PRE_COMMIT = "tox.ini", "requirements.txt", ".pre-commit-config.yaml"
# kind → the file name of its example
EXAMPLES = {
    "platform": "example-node",
    "expectation": "example",
    "graph": "this-manual",
    "session": "start-of-this-manual",
}
_LED_TO = {
    "platform": "platform:example-node",
    "expectation": "expectation:example-memory",
    "graph": "graph:this-manual",
}
# path in the manual's folder → template; the files of others come before these
_ALWAYS = {
    "source/contribute.rst": "contribute.rst",
    "source/_static/logo.svg": "logo.svg",
    "source/_static/manual.css": "manual.css",
    "README.rst": "README.rst",
    INDEX: "index.rst",
    CONF: "conf.py",
    REQUIREMENTS: "requirements.txt",
    TOX: "tox.ini",
    ".gitignore": "gitignore",
    ".editorconfig": "editorconfig",
}
WITH_REQUIREMENT = (REQUIREMENTS, PRE_COMMIT)
"""The files that say how pip installs Groundrules."""
_OF = {
    "README.rst": CONF,  # it would be a page of a project whose pages are beside conf.py
    "source/contribute.rst": INDEX,
    "source/_static/logo.svg": CONF,
    "source/_static/manual.css": CONF,
}
# CI system → path at the top of the repository and template
_CI = {
    "zuul": (".zuul.yaml", "zuul.yaml"),
    "github": (".github/workflows/manual.yml", "github.yml"),
    "gitlab": (".gitlab-ci.yml", "gitlab-ci.yml"),
    "readthedocs": (".readthedocs.yaml", "readthedocs.yaml"),
}
# path → other paths of files that do the same; one of them is enough
OTHERS = {
    CONF: ("source/conf.py",),
    INDEX: ("source/index.md", "index.rst", "index.md"),
    "README.rst": ("README.md", "README.txt", "README"),
    TOX: ("tox.toml",),
    "LICENSE": ("LICENSE.txt", "LICENSE.md", "LICENCE", "COPYING"),
    ".zuul.yaml": ("zuul.yaml", "zuul.d", ".zuul.d"),
    ".readthedocs.yaml": (".readthedocs.yml", "readthedocs.yaml", "readthedocs.yml"),
}


# path → files of which a section does the same, and how it begins
SECTIONS = {TOX: {"setup.cfg": b"[tox:tox]", "pyproject.toml": b"[tool.tox"}}


class PlannedFile(Struct, frozen=True):
    """A file of a new manual.

    ``path`` is below the manual's folder, or with ``at_top`` below the top of its repository:
    CI systems and editors look for their files there.  An example is not written again to a
    folder that has records.  A file ``of`` another one is not written without it: its page would
    be in no menu, or its style in no settings.
    """

    path: str
    text: str
    at_top: bool = False
    is_example: bool = False
    of: str = ""


def planned(answers: Answers) -> Iterator[PlannedFile]:
    """Yield the files of a new manual."""
    context, render = _context(answers), _TEMPLATES.render
    for path, template in _ALWAYS.items():
        at_top = path == TOX and answers.in_project
        yield PlannedFile(path, render(template, context), at_top=at_top, of=_OF.get(path, ""))
    for kind in answers.kinds:
        text = render(f"{kind}.yaml", context)
        yield PlannedFile(example_of(kind), text, is_example=True)
    for name, schema in schemas().items():
        yield PlannedFile(f"data/schemas/{name}.json", text_of(schema))
    if answers.license:
        yield PlannedFile("LICENSE", render(f"licenses/{answers.license}", {}))
    for path, text in editor_files(answers.folder).items():
        yield PlannedFile(path, text, at_top=True)
    yield PlannedFile(PRE_COMMIT, render("pre-commit-config.yaml", context), at_top=True)
    for system in answers.ci:
        path, template = _CI[system]
        yield PlannedFile(path, render(template, context), at_top=True)
    # last, so that a manual with it has all its files
    yield PlannedFile(MANUAL_FILE, render("manual.yaml", context))


def example_of(kind: str) -> str:
    """Return the path of the example of a kind of record."""
    folder = next(known.folder for known in KINDS if known.name == kind)
    return f"data/{folder}/{EXAMPLES[kind]}.yaml"


def ci_paths() -> dict[str, tuple[str, ...]]:
    """Return the paths of each CI system's configuration, any of which is enough."""
    return {system: (path, *OTHERS.get(path, ())) for system, (path, _) in _CI.items()}


def _context(answers: Answers) -> dict[str, Any]:
    folder = answers.folder
    license_title = LICENSES.get(answers.license)
    below = f"{folder}/" if folder else ""
    pages = f"{answers.pages}/" if answers.pages else ""
    beside = "../build" if PurePosixPath(folder).name == SOURCE else "_build"  # of ManualFolder
    build = "build" if pages else beside
    return {
        **structs.asdict(answers),
        "slug": answers.slug,
        "today": answers.day.isoformat(),
        "documented": answers.documented,
        "kinds": _kinds(answers.kinds),
        "license": {"name": answers.license, "title": license_title} if license_title else None,
        "copyright": ", ".join(filter(None, (answers.publisher, answers.license))),
        "examples": [example_of(kind) for kind in answers.kinds],
        "led_to": [_LED_TO[kind] for kind in answers.kinds if kind in _LED_TO],
        "below": below,
        "pages": pages,
        "build": build,
        "output": posixpath.normpath(f"{below}{build}"),
        "in_project": answers.in_project,
        "tox_prefix": "manual-" if answers.in_project else "",
        "tox_root": f" --root {folder}" if answers.in_project else "",
        "top": "/".join([".."] * len(folder.split("/"))) if folder else ".",
        "root_option": f" --root {folder}" if folder else "",
        "changed_files": rf"^{re.escape(below)}(data/.+|{pages}.+\.(rst|md))$"
        r"|^\.?zuul(\.yaml|\.d/.+)$",
        "record_files": rf"^{re.escape(below)}data/.+\.yaml$",
        "summary": words.summary_of(answers.kinds),
        "lead": words.lead_of(answers.kinds),
        "search": words.searched(answers.kinds),
        "questions": words.questions_of(answers.kinds),
    }


def _kinds(kinds: tuple[str, ...]) -> dict[str, Any]:
    return {
        **{name: name in kinds for name in KIND_NAMES},
        "names": kinds,
        "any": bool(kinds),
        "all": kinds == KIND_NAMES,
    }


def _filled(text: str, indent: int = 0) -> str:
    """Return a text on several lines, the ones after the first indented."""
    lines = wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return f"\n{' ' * indent}".join(lines)


def _heading(text: str) -> str:
    return rst.heading(text).rstrip("\n")


def _python(text: str) -> str:
    """Return a text as Python code, in the quotes that formatters use."""
    return json.dumps(text, ensure_ascii=False)


# a filter for each syntax that an answer meets
_TEMPLATES = FileTemplates(
    "groundrules.authoring.scaffold",
    {"filled": _filled, "heading": _heading, "html": html.escape, "python": _python},
)
