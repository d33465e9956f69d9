"""What a comparison costs, whatever the jobs wait for and lack."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from groundrules.checker.compare import configurations_of
from groundrules.checker.configurations import ConfigurationOptions
from groundrules.checks.drift.compare import compare
from groundrules.records import load
from groundrules.records.claims import claims_of
from steps import growth

MANUAL = """\
title: How we deploy
publisher: The CI team
summary: Which deployment job waits for which.
configurations: [{id: cd, title: Our deployment, path: .}]
"""
GRAPH = """\
id: deploy
title: Deployment
configuration: cd
project: team/config
pipelines: [deploy]
jobs: [{name: job-0}, %s]
rules:
  - {id: all-after-the-first, every: {name: '*'}, waits_for: job-0, why: Users first.}
"""


@pytest.mark.parametrize("lost", [0, 1], ids=["the first is lost", "all are lost"])
def test_a_row_of_jobs_costs_at_most_the_square_of_its_length(tmp_path: Path, lost: int):
    """Each job that waits for all before it takes the number of jobs to tell."""

    def of(size: int) -> Callable[[], object]:
        waits = [
            f"{{name: job-{at}, waits_for: [{{job: job-{at - 1}, why: Order.}}]}}"
            for at in range(1, size + 1)
        ]
        entries = [
            f"job-{at}: {{dependencies: [{'' if lost or at < 2 else f'job-{at - 1}'}]}}"
            for at in range(size + 1)
        ]
        jobs = "".join(
            f"- job: {{name: job-{at}, parent: null, run: run.yaml}}\n" for at in range(size + 1)
        )
        folder = tmp_path / str(size)
        (folder / "data/graphs").mkdir(parents=True)
        (folder / "data/manual.yaml").write_text(MANUAL)
        (folder / "data/graphs/deploy.yaml").write_text(GRAPH % ", ".join(waits))
        stanza = (
            f"- project: {{deploy: {{jobs: [{', '.join(f'{{{each}}}' for each in entries)}]}}}}\n"
        )
        (folder / ".zuul.yaml").write_text(jobs + stanza)
        loaded = load(folder)
        assert loaded.catalogue
        claims = claims_of(loaded.catalogue)
        [claim] = claims.graphs
        real = configurations_of(claims, folder, ConfigurationOptions()).real(claim, claims.graphs)
        return lambda: compare(claim, real)

    assert growth(of, size=40) < 4.2
