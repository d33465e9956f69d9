"""The comparison of labels as docutils tables, built from nodes: much faster than parsing text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.environment import BuildEnvironment

from groundrules.pages.label_comparison import LabelComparison, compared
from groundrules.pages.matrix import Column, Matrix, Row, elsewhere, shown
from groundrules.records.expectation import ExpectationAnswer, Standing
from groundrules.sphinxext.html_elements import bare_paragraph, form_place
from groundrules.sphinxext.roles import badge_node
from groundrules.sphinxext.table_cells import head_cell
from groundrules.sphinxext.translation import N_, word

FEW = 4
"""Of more columns, a cell shows the symbol of its standing alone."""
MEANINGS = {
    Standing.GUARANTEED: N_("every node has it"),
    Standing.VARIES: N_("some nodes have it"),
    Standing.PRESENT: N_("every node that was looked at has it"),
    Standing.NOT_GUARANTEED: N_("no job may rely on it"),
}


def matrix_tables(matrix: Matrix, env: BuildEnvironment) -> list[nodes.Node]:
    """Return a legend, a table of the rows that differ between labels, and one of the others."""
    if not matrix.rows or not matrix.columns:
        return [nodes.paragraph(text=word("There is nothing to compare yet."))]
    comparison = compared(matrix)
    tables: list[nodes.Node] = [form_place(), _legend()]
    if comparison.differing:
        tables.append(_differing(comparison, env))
    if comparison.same:
        tables.append(_same(comparison, env))
    return tables


def _legend() -> nodes.paragraph:
    legend = nodes.paragraph(classes=["ci-legend"])
    for standing, meaning in MEANINGS.items():
        legend += [badge_node(standing), nodes.Text(f" {word(meaning)}. ")]
    legend += nodes.Text("– " + word("does not apply."))
    return legend


def _differing(comparison: LabelComparison, env: BuildEnvironment) -> nodes.table:
    """Return the table with a column for each group of labels."""
    heads = [_names(group, env) for group in comparison.columns]
    rows = [_label_heads(heads)]
    if len({group[0].platform.id for group in comparison.columns}) > 1:
        rows.insert(0, _platforms(comparison, env))
    title = word("What differs between labels")
    table = _table(title, "ci-differing", rows, comparison.differing, len(heads), env)
    table["classes"] += ["ci-wide"] if len(heads) > FEW else []
    return table


def _same(comparison: LabelComparison, env: BuildEnvironment) -> nodes.table:
    """Return the table with one column for all labels, and one for each platform without."""
    first = word("Every label")
    has_labels = not comparison.columns or comparison.columns[0][0].label is not None
    if not has_labels:
        first = word("Every platform")
    heads: list[nodes.Node] = [
        nodes.paragraph("", "", nodes.inline("", first, classes=["ci-every"]))
    ]
    heads += [
        nodes.paragraph("", "", _link("platform", each.name, env)) for each in comparison.others
    ]
    title = word("The same on every label") if has_labels else word("The same on every platform")
    return _table(title, "ci-same", [_label_heads(heads)], comparison.same, len(heads), env)


def _table(
    title: str,
    kind: str,
    heads: list[nodes.row],
    rows: Iterable[Row],
    columns: int,
    env: BuildEnvironment,
) -> nodes.table:
    table = nodes.table("", nodes.title("", title), classes=["ci-matrix", kind])
    group = nodes.tgroup(cols=columns + 1)
    group += nodes.colspec(colwidth=30, stub=1)
    group += [nodes.colspec(colwidth=10) for _ in range(columns)]
    group += nodes.thead("", *heads)
    body = nodes.tbody()
    for row in rows:
        name = _cell(head_cell(scope="row"), _link("expectation", row.expectation.id, env))
        body += nodes.row("", name, *map(_answer_cell, row.answers))
    group += body
    table += group
    return table


def _platforms(comparison: LabelComparison, env: BuildEnvironment) -> nodes.row:
    """Return the upper row of headers, with each platform above its labels."""
    row = nodes.row("", _cell(nodes.entry(), nodes.Text(word("Platform"))))
    for name, groups in groupby(comparison.columns, key=lambda group: group[0].platform.id):
        others = len(list(groups)) - 1
        row += _cell(head_cell(scope="colgroup", covers=others), _link("platform", name, env))
        row += [_cell(head_cell()) for _ in range(others)]
    return row


def _label_heads(heads: Iterable[nodes.Node]) -> nodes.row:
    first = _cell(head_cell(scope="col"), nodes.Text(word("Expectation")))
    return nodes.row("", first, *(head_cell("", head, scope="col") for head in heads))


def _names(group: tuple[Column, ...], env: BuildEnvironment) -> nodes.Node:
    """Return the labels of a column as a list."""
    if group[0].label is None:
        return nodes.paragraph("", word("no label"))
    names = (bare_paragraph("", "", _link("label", each.name, env)) for each in group)
    return nodes.bullet_list("", *(nodes.list_item("", name) for name in names))


def _cell(cell: nodes.entry, *content: nodes.Node) -> nodes.entry:
    cell += bare_paragraph("", "", *content)
    return cell


def _answer_cell(answer: ExpectationAnswer | None) -> nodes.entry:
    classes = [f"ci-on-{answer.standing}"] if answer else []
    return _cell(nodes.entry(classes=classes), *_answer(answer))


def _answer(answer: ExpectationAnswer | None) -> Iterator[nodes.Node]:
    standing, limits = shown(answer, word)
    if standing is None:
        yield nodes.Text("–")
        return
    yield badge_node(standing)
    if limits:
        yield nodes.Text(f" {limits}")
    for names, other in elsewhere(answer):
        standing, limits = shown(other, word)
        if standing is not None:
            yield from (nodes.Text("; "), badge_node(standing))
        where = word("on {providers}").format(providers=", ".join(names))
        yield nodes.Text(f"{limits and ' '}{limits} {where}")


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
