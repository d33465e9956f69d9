"""Pages and parts of pages as reStructuredText, through sandboxed Jinja2 templates."""

from __future__ import annotations

import datetime
import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from groundrules.graph import JobGraph
from groundrules.pages import rst
from groundrules.pages.diagram import diagram
from groundrules.pages.matrix import bounds
from groundrules.pages.plan import Page
from groundrules.records.fields import Record

SUFFIX = ".rst.j2"
PICTURE = ".svg.j2"


class TemplateProblem(Exception):
    """A template that cannot be used: its file and line, and why."""


class Templates:
    """The built-in templates, each overridden by one of the same name in the manual's folder."""

    def __init__(self, folder: Path | None = None) -> None:
        loaders: list[jinja2.BaseLoader] = [jinja2.PackageLoader("groundrules.pages")]
        if folder is not None and folder.is_dir():
            loaders.insert(0, jinja2.FileSystemLoader(folder))
        self._environment = _Sandbox(
            loader=jinja2.ChoiceLoader(loaders),
            undefined=jinja2.StrictUndefined,
            finalize=rst.escape,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
        )
        self._environment.filters.update(_FILTERS)
        self._environment.globals.update(_FUNCTIONS)

        self._pictures = self._environment.overlay(finalize=_xml)

    def diagram(self, graph: JobGraph, scope: str, title: str) -> str:
        """Return ``graph`` as SVG, or nothing for one that is empty or too large to draw.

        Each job is a link to ``ci-job:SCOPE/NAME``, which the Sphinx extension resolves.
        """
        picture = diagram(graph)
        if picture is None:
            return ""
        context = {"picture": picture, "scope": scope, "title": title}
        return self._rendered(self._pictures, f"diagram{PICTURE}", context)

    def page(self, page: Page) -> str:
        """Return the text of ``page``."""
        return self.part(page.template, page.context)

    def part(self, name: str, context: Mapping[str, Any]) -> str:
        """Return what the template ``name`` makes of ``context``.

        Raises `TemplateProblem` for a template that is missing, broken, or uses a name that
        is not there.
        """
        return self._rendered(self._environment, name + SUFFIX, context)

    def _rendered(
        self, environment: jinja2.Environment, name: str, context: Mapping[str, Any]
    ) -> str:
        try:
            return environment.get_template(name).render(context)
        except jinja2.TemplateSyntaxError as error:
            where = f"{error.filename or error.name}:{error.lineno}"
            raise TemplateProblem(f"{where}: {error.message}") from None
        except jinja2.TemplateNotFound as error:
            raise TemplateProblem(f"there is no template {error.name}") from None
        except Exception as error:  # whatever a template does wrong is its writer's to mend
            raise TemplateProblem(f"{_line_of(error, name)}: {error}") from None


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, which knows that a record is harmless and so asks less of its attributes."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may use an attribute; as inherited, but quicker."""
        if isinstance(obj, Record):
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)


def _xml(value: object) -> str:
    return html.escape(str(value))


def _line_of(error: BaseException, name: str) -> str:
    """Return file and line in the template where ``error`` was raised."""
    where, trace = name, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return where


def duration(value: datetime.timedelta) -> str:
    """Return a duration in words.

    >>> duration(datetime.timedelta(minutes=95))
    '1 h 35 min'
    """
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "min"), (seconds, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"


_FILTERS = {
    "bounds": bounds,
    "code_block": rst.code_block,
    "code_marks": rst.code_marks,
    "duration": duration,
    "evidence": rst.evidence,
    "heading": rst.heading,
    "literal": rst.literal,
    "prose": rst.prose,
    "rst": rst.Rst,
}
_FUNCTIONS = {
    "badge": rst.badge,
    "doc": rst.doc,
    "jobs": rst.jobs,
    "link": rst.link,
    "named": rst.named,
    "ref": rst.ref,
    "written_in": rst.written_in,
}
