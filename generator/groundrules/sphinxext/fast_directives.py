"""Directives for frequent content, parsed without docutils' machinery for each list and cell.

Tables and lists of dependencies are split by indentation, and a block of one line is a paragraph.
References in lists become nodes only when the page is written, so that the transforms of the
reading phase do not visit them.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.tables import ListTable
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.errors import NoUri
from sphinx.util.docutils import SphinxRole
from typing_extensions import override

from groundrules.sphinxext.directives import CiDirective
from groundrules.sphinxext.domain import WORD, ci_domain, warn_unknown
from groundrules.sphinxext.html_elements import form_place
from groundrules.sphinxext.part import PagePart
from groundrules.sphinxext.roles import BADGES, badge_node, later
from groundrules.sphinxext.translation import word

_ROW, _CELL = re.compile(r"\* -"), re.compile(r"[* ] -")
_WAIT = re.compile(r"(\S+/\S+) (soft|hard) (\S+)")
_FIELD, _FLUSH = re.compile(r":[^:]+:(?: |$)"), re.compile(r"\S")


class FastTable(ListTable):
    """A fast ``list-table``: a row starts with ``* -``, another cell with ``-``.

    The option ``filtered`` adds the place of the form that a script puts before the table.
    """

    option_spec: ClassVar[dict[str, Any]] = {
        **{name: ListTable.option_spec[name] for name in ("class", "header-rows", "widths")},
        "filtered": directives.flag,
    }

    @override
    def run(self) -> list[Any]:
        rows = [
            list(row.parts(_CELL))
            for row in PagePart(self.content, self.content_offset).parts(_ROW)
        ]
        if len({len(row) for row in rows}) != 1:
            return list(super().run())  # docutils' own directive reports the mistake
        title, messages = self.make_title()  # type: ignore[no-untyped-call]
        for row in rows:
            for cell in row:
                cell.lines.trim_left(4)
        cells = [[cell.indented().read(self.state) for cell in row] for row in rows]
        heads = self.options.get("header-rows", 0)
        widths = self.get_column_widths(len(rows[0]))  # type: ignore[no-untyped-call]
        table: nodes.table = self.build_table_from_list(cells, widths, heads, 0)
        table["classes"] += self.options.get("class", [])
        if title:
            table.insert(0, title)
        place = [form_place()] if "filtered" in self.options else []
        return [*place, table, *messages]


class Facts(CiDirective):
    """A field list with a line for each field: ``:NAME: text``."""

    has_content = True

    @override
    def run(self) -> list[nodes.Node]:
        fields = nodes.field_list()
        for part in PagePart(self.content, self.content_offset).parts(_FLUSH):
            if not _FIELD.match(part.lines[0]) or any(map(str.strip, part.lines[1:])):
                raise self.error(f"not a field of one line: {part.lines[0]!r}")
            source, line = self.state_machine.get_source_and_line(part.offset + 1)
            name = part.lines[0][1:].partition(":")[0]
            label = nodes.field_name(name, name)
            label.source, label.line = source, line
            part.lines.trim_left(len(name) + 2, 0, 1)
            body = nodes.field_body("", *part.indented().read(self.state))
            fields += nodes.field("", label, body)
        return [fields]


class jobs(nodes.Inline, later):  # noqa: N801 - docutils names nodes so
    """Jobs by their names, with commas between them."""


class waits(nodes.General, later):  # noqa: N801
    """Dependencies: a child for each, whose content is its reason."""


class wait(nodes.Part, nodes.Element):  # noqa: N801
    """A dependency: the name of the job, hard or soft, and the status."""


class JobsRole(SphinxRole):
    """Refers to several jobs: ``:ci:jobs:`GRAPH/NAME GRAPH/NAME```."""

    @override
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        node = jobs(self.rawtext, names=self.text.split(), refdoc=self.env.current_document.docname)
        self.set_source_info(node)
        return [node], []


class Waits(CiDirective):
    """Lists dependencies, each a line ``GRAPH/NAME soft|hard STATUS`` with the reason below it."""

    has_content = True

    @override
    def run(self) -> list[nodes.Node]:
        node = waits(names=[], refdoc=self.env.current_document.docname)
        for part in PagePart(self.content, self.content_offset).parts(_FLUSH):
            if not (words := _WAIT.fullmatch(part.lines[0])) or words[3] not in BADGES:
                raise self.error(f"not a dependency: {part.lines[0]!r}")
            name, how, status = words.groups()
            node["names"].append(name)
            node += wait("", *part.indented(1).read(self.state), name=name, how=how, status=status)
        self.set_source_info(node)
        return [node]


def expand(app: Sphinx, document: nodes.document, _: str) -> None:
    """Replace every `jobs` and `waits` on a page by the nodes to show."""
    linked: set[str] = set()
    for node in list(document.findall(later)):
        if isinstance(node, jobs):
            links = (_link(app, name, node) for name in node["names"])
            node.replace_self([each for link in links for each in (nodes.Text(", "), link)][1:])
        else:
            items = (_item(app, dependency, node, linked) for dependency in node.findall(wait))
            node.replace_self(nodes.definition_list("", *items))


def _item(
    app: Sphinx, dependency: wait, holder: later, linked: set[str]
) -> nodes.definition_list_item:
    """Return a dependency with its reason as an item of a list."""
    link, how, status = (dependency[key] for key in ("name", "how", "status"))
    mark = badge_node(status)
    parts = [
        _link(app, link, holder),
        nodes.Text(" ("),
        _explained(app, how, nodes.Text(word(how)), holder, linked),
        nodes.Text(", "),
        _explained(app, status, mark, holder, linked) if status == "planned" else mark,
        nodes.Text(")"),
    ]
    term = nodes.term("", "", *parts)
    return nodes.definition_list_item("", term, nodes.definition("", *dependency.children))


def _explained(
    app: Sphinx, term: str, shown: nodes.Node, holder: later, linked: set[str]
) -> nodes.Node:
    """Return a word; where a page first has it, linked to the glossary, if the manual has one."""
    if term in linked:
        return shown
    linked.add(term)
    resolve, page = app.env.get_domain("ci").resolve_xref, holder["refdoc"]
    with suppress(NoUri):
        content = cast(nodes.Element, shown)  # Sphinx accepts text too
        return resolve(app.env, page, app.builder, WORD, term, pending_xref(), content) or shown
    return shown


def _link(app: Sphinx, name: str, holder: later) -> nodes.Element:
    """Return a link to a job; for an unknown job its name, which is reported."""
    raw, domain = f":ci:job:`{name}`", ci_domain(app.env)
    shown = nodes.literal(raw, name.rpartition("/")[2], classes=["xref", "ci", "ci-job"])
    if entry := domain.records.find("job", name):
        with suppress(NoUri):  # the builder does not write that page
            return entry.link(app.builder, holder["refdoc"], shown)
        return shown
    unknown = pending_xref(raw, reftype="job", reftarget=name)
    unknown.source, unknown.line = holder.source, holder.line
    warn_unknown(app, domain, unknown)
    return shown
