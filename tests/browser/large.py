"""A page with a graph of 300 jobs: the picture and rows of such a graph in a built page.

A manual of 300 jobs has 300 pages more, which nobody looks at here.
"""

from __future__ import annotations

from pathlib import Path

from lxml import html

from groundrules.graphs.elements import Edge, Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.pages.render import Templates

JOBS = 300


def graph() -> JobGraph:
    """Return many jobs; each waits for up to two before it, and all for the first."""
    edges = [
        Edge(job=name(number), dependency=name(before))
        for number in range(JOBS)
        for before in sorted({number // 3, number // 7})
        if before < number
    ]
    return JobGraph([Job(name=name(number)) for number in range(JOBS)], edges)


def name(number: int) -> str:
    return f"job-{number:03}"


def write_large(page: Path) -> Path:
    """Write a page like ``page``, but with the large graph, beside it."""
    large, document = graph(), html.parse(page)
    picture = Templates().diagram(large, "large", "Many jobs")
    [figure] = document.xpath("//*[@class='ci-graph']")
    figure.getparent().replace(figure, html.fragment_fromstring(picture))
    [body] = document.xpath("//table[contains(@class, 'ci-edges')]/tbody")
    rows = (_row(number, edge) for number, edge in enumerate(large.effective, start=1))
    body.getparent().replace(body, html.fragment_fromstring(f"<tbody>{''.join(rows)}</tbody>"))
    written = page.with_name("large.html")
    document.write(written, encoding="utf-8", method="html")
    return written


def _row(number: int, edge: Edge) -> str:
    link = f'<a class="ci-edge" id="wait-large-{number}" href="#arrow-large-{number}">hard</a>'
    return (
        f"<tr><td>{edge.job}</td><td>{edge.dependency} {link}</td><td>It is set up first.</td></tr>"
    )
