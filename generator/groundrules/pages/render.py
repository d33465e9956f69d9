"""Pages and parts of pages as reStructuredText, through sandboxed Jinja2 templates."""

from __future__ import annotations

import datetime
import html
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2.meta import find_referenced_templates

from groundrules.changes.change_report import HEADINGS
from groundrules.claims.verdicts import Verdicts
from groundrules.graphs.job_graph import JobGraph
from groundrules.nearest import nearest
from groundrules.pages import lifecycle, marks, rst
from groundrules.pages.around import around
from groundrules.pages.confirmations import confirmations, confirmed, unconfirmed
from groundrules.pages.diagram import alone, diagram, left_out
from groundrules.pages.known_order import KnownOrder
from groundrules.pages.labels import nodeset
from groundrules.pages.matrix import bounds, measures
from groundrules.pages.measurements import never_measured, unmeasured
from groundrules.pages.outline import HOW
from groundrules.pages.planned_pages import Page
from groundrules.pages.template_folder import LinkedTemplateError, TemplateFolder
from groundrules.pages.template_sandbox import Sandbox
from groundrules.records.fields import has_evidence
from groundrules.records.kinds import KINDS
from groundrules.text import counted, duration, escaped

SUFFIX = ".rst.j2"
PICTURE = ".svg.j2"
PICTURES = ("diagram", "gantt", "values")
"""The pictures on pages that are read again if a template of them changes."""


class TemplateProblem(Exception):
    """A template cannot be used; the message has its file, line and the reason."""

    def __init__(self, message: str) -> None:
        super().__init__(escaped(message))  # names in it are those of strangers


class Templates:
    """The built-in templates, each overridden by one of the same name in the manual's folder."""

    def __init__(self, folder: Path | None = None) -> None:
        loaders: list[jinja2.BaseLoader] = [jinja2.PackageLoader("groundrules.pages")]
        self._folder = TemplateFolder(folder) if folder else None
        if self._folder is not None:
            loaders.insert(0, self._folder)
        self._environment = Sandbox(
            loader=jinja2.ChoiceLoader(loaders),
            undefined=jinja2.StrictUndefined,
            finalize=rst.escape,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
            auto_reload=False,  # templates do not change while a set of pages is rendered
        )
        self._environment.filters.update(_FILTERS)
        self._environment.globals.update(_FUNCTIONS)
        self._pictures = self._environment.overlay(finalize=_xml)

    def unused(self) -> dict[str, str]:
        """Return the files of the manual's folder that no page uses, each with the nearest name."""
        if self._folder is None:
            return {}
        own = set(self._folder.names())
        used = set(jinja2.PackageLoader("groundrules.pages").list_templates())
        used |= {f"{name}{SUFFIX}" for kind in KINDS for name in (kind.name, kind.folder)}
        reached = self._reached(used, own, self._folder)
        return {name: nearest(name, used) or "" for name in sorted(own - reached)}

    def _reached(self, names: set[str], own: set[str], folder: TemplateFolder) -> set[str]:
        """Return templates with those of the manual's ``own`` that they include, one by one."""
        reached, pending = set(names), sorted(names & own)
        for name in pending:
            try:
                text, _, _ = folder.get_source(self._environment, name)
                tree = self._environment.parse(text)
            except (jinja2.TemplateError, LinkedTemplateError, UnicodeDecodeError):
                return reached | own  # a broken template is reported when it is used
            included = {each for each in find_referenced_templates(tree) if each} & own - reached
            reached |= included
            pending += sorted(included)
        return reached

    def diagram(
        self,
        graph: JobGraph,
        scope: str,
        title: str,
        verdicts: Verdicts | None = None,
        known: KnownOrder | None = None,
        job: str | None = None,
    ) -> str:
        """Return ``graph`` as SVG, or nothing for one that is empty or too large to draw.

        The arrows are marked with the ``verdicts`` on their edges.  What is ``known`` of the order
        is for the script.  Jobs are links to ``ci-job:SCOPE/NAME``, which the extension resolves.
        With a ``job``, only that and its neighbors are drawn, or nothing where it has none.
        """
        picture = diagram(graph) if job is None else around(graph, job)
        if picture is None:
            return ""
        arrow_marks = marks.arrow_marks(picture, scope, verdicts)
        context = {"scope": scope, "title": title, "rows": job is None, "known": known}
        return self.picture("diagram", {**context, "picture": picture, "marks": arrow_marks})

    def picture(self, name: str, context: Mapping[str, Any]) -> str:
        """Return the picture ``name`` as SVG; its words are in the language of the manual."""
        return self._rendered(self._pictures, f"{name}{PICTURE}", context)

    def source_of_pictures(self) -> str:
        """Return the templates of pictures on pages, the manual's own or the built-in ones."""
        loader, names = self._pictures.loader, (f"{name}{PICTURE}" for name in PICTURES)
        return "".join(loader.get_source(self._pictures, name)[0] for name in names if loader)

    def page(self, page: Page) -> str:
        """Return the text of a page."""
        return self.part(page.template, page.context)

    def part(self, name: str, context: Mapping[str, Any]) -> str:
        """Return the template ``name`` rendered with ``context``.

        Raises `TemplateProblem` for one that is missing, broken, or uses an undefined name.
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
            raise TemplateProblem(f"template {error.name} is missing") from None
        except LinkedTemplateError as error:
            raise TemplateProblem(str(error)) from None
        except Exception as error:  # any error of a template is its author's to fix
            raise TemplateProblem(f"{_line_of(error, name)}: {error}") from None


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


def _duration(value: datetime.timedelta) -> str:
    return duration(int(value.total_seconds()))


@jinja2.pass_context
def _evidence(context: jinja2.runtime.Context, entries: Iterable[str]) -> rst.Rst:
    """Return links to evidence, with the titles of ``manual.yaml``."""
    return rst.evidence(entries, context["manual"].titles)


@jinja2.pass_context
def _link(context: jinja2.runtime.Context, address: str, title: str | None = None) -> rst.Rst:
    """Return a link with its own title, that of ``manual.yaml``, or what the address says."""
    return rst.link(address, title or context["manual"].titles.get(address))


_FILTERS = {
    "bounds": bounds,
    "code_block": rst.code_block,
    "code_marks": rst.code_marks,
    "confirmations": confirmations,
    "counted": counted,
    "confirmed": confirmed,
    "duration": _duration,
    "evidence": _evidence,
    "has_evidence": has_evidence,
    "heading": rst.heading,
    "history": lifecycle.history,
    "in_words": lifecycle.in_words,
    "joined": rst.joined,
    "life": lifecycle.life,
    "literal": rst.literal,
    "measures": measures,
    "never_measured": never_measured,
    "nodeset": nodeset,
    "period": lifecycle.period,
    "planned": lifecycle.planned,
    "plans": lifecycle.plans,
    "platform_word": lifecycle.platform_word,
    "prose": rst.prose,
    "rst": rst.Rst,
    "seen_in": lifecycle.seen_in,
    "seconds": duration,
    "stage_mark": lifecycle.stage_mark,
    "stage_word": lifecycle.stage_word,
    "state_since": lifecycle.state_since,
    "unconfirmed": unconfirmed,
    "unmeasured": unmeasured,
}
_FUNCTIONS = {
    "alone": alone,
    "answer": marks.answer,
    "badge": rst.badge,
    "beside": rst.beside,
    "compare": rst.compare,
    "doc": rst.doc,
    "edge": rst.edge,
    "headings": HEADINGS,
    "holds": rst.holds,
    "jobs": rst.jobs,
    "led_to_how": HOW,
    "left_out": left_out,
    "legend": marks.legend,
    "link": _link,
    "mark": marks.mark,
    "measured": marks.measured,
    "named": rst.named,
    "open_question": rst.Rst("*Why? The reason is not known yet.*"),
    "on_graph": marks.on_graph,
    "on_job": marks.on_job,
    "reasons": marks.reasons,
    "ref": rst.ref,
    "row": rst.row,
    "scope": rst.scope,
    "share": rst.share,
    "written_in": rst.written_in,
}
