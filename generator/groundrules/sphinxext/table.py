"""The matrix as a docutils table, built from nodes, which is much faster than parsing text."""

from __future__ import annotations

from itertools import groupby

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.environment import BuildEnvironment

from groundrules.pages.matrix import Matrix, elsewhere, shown
from groundrules.records.expectation import ExpectationAnswer
from groundrules.sphinxext.head_cell import head_cell
from groundrules.sphinxext.roles import badge_node
from groundrules.sphinxext.translation import word


def matrix_table(matrix: Matrix, env: BuildEnvironment) -> list[nodes.Node]:
    """Return the table, with a row for each expectation and a column for each label."""
    if not matrix.rows or not matrix.columns:
        return [nodes.paragraph(text=word("There is nothing to compare yet."))]
    table = nodes.table(classes=["ci-matrix"])
    group = nodes.tgroup(cols=len(matrix.columns) + 1)
    group += nodes.colspec(colwidth=30, stub=1)
    group += [nodes.colspec(colwidth=10) for _ in matrix.columns]
    group += nodes.thead("", _platforms(matrix, env), _labels(matrix, env))
    body = nodes.tbody()
    for row in matrix.rows:
        title = _cell(head_cell(scope="row"), _link("expectation", row.expectation.id, env))
        body += nodes.row("", title, *(_cell(nodes.entry(), _answer(each)) for each in row.answers))
    group += body
    table += group
    return [table]


def _platforms(matrix: Matrix, env: BuildEnvironment) -> nodes.row:
    """Return the upper row of headers, with each platform above its labels."""
    row = nodes.row("", _cell(nodes.entry(), nodes.Text(word("Platform"))))
    for name, columns in groupby(matrix.columns, key=lambda column: column.platform.id):
        others = len(list(columns)) - 1
        row += _cell(head_cell(scope="colgroup", covers=others), _link("platform", name, env))
        row += [_cell(head_cell()) for _ in range(others)]
    return row


def _labels(matrix: Matrix, env: BuildEnvironment) -> nodes.row:
    row = nodes.row("", _cell(head_cell(scope="col"), nodes.Text(word("Expectation"))))
    for column in matrix.columns:
        inner = _link("label", column.name, env) if column.label else nodes.Text(word("no label"))
        row += _cell(head_cell(scope="col"), inner)
    return row


def _cell(cell: nodes.entry, *content: nodes.Node) -> nodes.entry:
    cell += nodes.paragraph("", "", *content)
    return cell


def _answer(answer: ExpectationAnswer | None) -> nodes.Node:
    standing, limits = shown(answer, word)
    if standing is None:
        return nodes.inline("", "–", classes=["ci-none"])
    cell = nodes.inline("", "", badge_node(standing))
    if limits:
        cell += nodes.Text(f" {limits}")
    for names, other in elsewhere(answer):
        standing, limits = shown(other, word)
        if standing is not None:
            cell += [nodes.Text("; "), badge_node(standing)]
        where = word("on {providers}").format(providers=", ".join(names))
        cell += nodes.Text(f"{limits and ' '}{limits} {where}")
    return cell


def _link(kind: str, name: str, env: BuildEnvironment) -> pending_xref:
    inner = nodes.literal if kind == "label" else nodes.inline
    return pending_xref(
        "",
        inner("", name),
        refdomain="ci",
        reftype=kind,
        reftarget=name,
        refdoc=env.current_document.docname,
        refexplicit=False,
        refwarn=True,
    )
