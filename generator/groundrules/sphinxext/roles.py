"""Roles of the domain ``ci``, and their nodes."""

from __future__ import annotations

import re
from html import escape

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxRole
from sphinx.writers.html5 import HTML5Translator
from typing_extensions import override

from groundrules.nearest import did_you_mean
from groundrules.pages.anchors import anchor_of
from groundrules.sphinxext.translation import N_, word


class later(nodes.Element):  # noqa: N801 - docutils names nodes so
    """A placeholder for links to jobs by ``names``, which are created when the page is written."""


class RecordRole(XRefRole):
    """Refers to a record by its id or name; the default title is the record's."""

    @override
    def process_link(
        self,
        env: BuildEnvironment,
        refnode: nodes.Element,
        has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        is_job = refnode["reftype"] == "job" and not has_explicit_title
        return title.rpartition("/")[2] if is_job else title, target


BADGES = {
    "guaranteed": ("✔", N_("guaranteed")),
    "varies": ("◐", N_("varies")),
    "present": ("◆", N_("present, not promised")),
    "not-guaranteed": ("✘", N_("not guaranteed")),
    "enforced": ("✔", N_("enforced")),
    "verified": ("✔", N_("verified")),
    "drifted": ("✘", N_("drifted")),
    "planned": ("◌", N_("planned")),
    "not-checked": ("?", N_("not checked")),
    "kept-by-hand": ("✎", N_("kept by hand")),
    "upcoming": ("◌", N_("not there yet")),
    "seen": ("✔", N_("seen in use")),
    "unseen": ("?", N_("not seen in use")),
    "not-supplied": ("✘", N_("not supplied")),
    "current": ("✔", N_("current")),
    "announced": ("▽", N_("about to go")),
    "deprecated": ("▽", N_("deprecated")),
    "removed": ("✘", N_("removed")),
    "active": ("✔", N_("active")),
    "disabled": ("✘", N_("disabled")),
    "unknown": ("?", N_("unknown")),
    "open": ("◌", N_("open")),
    "late": ("✘", N_("late")),
    "done": ("✔", N_("done")),
    "dropped": ("✘", N_("dropped")),
    "kept": ("✔", N_("kept")),
    "broken": ("✘", N_("broken")),
    "measured": ("◆", N_("measured, not promised")),
    "measured-long-ago": ("?", N_("measured long ago")),
    "changed-since": ("?", N_("not measured since it changed")),
    "not-measurable": ("?", N_("not measurable")),
    "never-measured": ("?", N_("never measured")),
    "example": ("◇", N_("an example")),
}


class badge(nodes.inline):  # noqa: N801 - docutils names nodes so
    """A standing, stage or state with its symbol."""


def badge_node(state: str) -> badge:
    """Return a standing, stage or state with its symbol, so that color alone never matters."""
    symbol, text = BADGES[state]
    return badge(state, f"{symbol} {word(text)}", classes=["ci-badge", f"ci-{state}"])


def visit_badge(self: HTML5Translator, node: badge) -> None:
    """Write a badge whose symbol screen readers skip: they would read "heavy check mark"."""
    symbol, _, text = node.astext().partition(" ")
    self.body.append(self.starttag(node, "span", ""))
    self.body.append(f'<span aria-hidden="true">{symbol}</span> {escape(text)}</span>')
    raise nodes.SkipNode


def problem(role: SphinxRole, message: str) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Return what a role that cannot be shown returns, and report why."""
    error = role.inliner.reporter.error(message, line=role.lineno)
    return [role.inliner.problematic(role.rawtext, role.rawtext, error)], [error]


class BadgeRole(SphinxRole):
    """Shows a standing, stage or state with its symbol."""

    @override
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        if self.text in BADGES:
            return [badge_node(self.text)], []
        return problem(self, f"unknown badge {self.text!r}{did_you_mean(self.text, BADGES)}")


class share(nodes.inline):  # noqa: N801 - docutils names nodes so
    """A number whose ``percent`` of the largest one HTML shows as a bar."""


class ShareRole(SphinxRole):
    """Shows a number and, in HTML, its share of the largest one: ``NUMBER LARGEST``."""

    @override
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        if numbers := re.fullmatch(r"(\d{1,30}) (\d{1,30})", self.text):
            percent = round(100 * int(numbers[1]) / max(int(numbers[2]), 1))
            return [share("", numbers[1], percent=percent)], []
        return problem(self, f"{self.text!r} is not a share; write NUMBER LARGEST")


def visit_share(self: HTML5Translator, node: share) -> None:
    """Open a number with its bar."""
    style = f"--ci-share: {node['percent']}%"
    self.body.append(self.starttag(node, "span", "", CLASS="ci-bar", style=style))


class RowRole(SphinxRole):
    """Sets the anchors of a label in the table of its platform.

    Old links lead there: to its record, to its heading, or with its kind where two were the same.
    """

    @override
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        anchor, document = anchor_of(self.text), self.inliner.document
        anchors = dict.fromkeys((anchor, nodes.make_id(self.text), f"label-{anchor}"))
        free = [each for each in anchors if each and each not in document.ids]
        target = nodes.target("", "", ids=free)
        document.note_explicit_target(target)
        return [target], []


class edge(nodes.inline):  # noqa: N801 - docutils names nodes so
    """The kind of a dependency, in a row of a table to which an arrow of a diagram links."""


class EdgeRole(SphinxRole):
    """Shows the kind of a dependency, as the target of an arrow: ``GRAPH-NUMBER WORD``."""

    @override
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        number, _, how = self.text.partition(" ")
        return [edge("", word(how), number=number)], []


KIND_WORDS = (
    N_("expectation"),
    N_("graph"),
    N_("job"),
    N_("keyword"),
    N_("label"),
    N_("page"),
    N_("platform"),
    N_("section"),
    N_("session"),
    N_("term"),
    N_("topic"),
)
HOW = (N_("hard"), N_("soft"))
