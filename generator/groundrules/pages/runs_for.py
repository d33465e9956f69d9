"""For which changed files jobs run: in words, and as data for the script of a graph's page.

The configuration counts where the build has it, else the documented files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from groundrules.claims.verdicts import Verdicts
from groundrules.graphs.change_rules import ChangeRules, JobRules
from groundrules.graphs.elements import FilePattern
from groundrules.grouping import grouped
from groundrules.pages import rst
from groundrules.pages.javascript_patterns import in_javascript
from groundrules.records.graph import DocumentedJob, Graph
from groundrules.text import listed

CONFIGURATION = ("zuul.yaml", ".zuul.yaml", "zuul.d/", ".zuul.d/")
"""Where Zuul reads a project's configuration."""

LARGEST = 400_000  # characters of data in one page
MOST_PATTERNS = 12
EVERY = "every change"

TOO_LARGE = "Which jobs a changed file starts is not shown: the expressions are too long."
BY_HAND = "Which jobs a changed file starts is not known: the configuration is kept by hand."
NO_GRAPH = "Which jobs a changed file starts is not known: a pipeline has no graph."
NO_CHANGE = "No changed file starts a job: only timers or tags start the pipelines."
NOT_READ = "Which jobs a changed file starts is not known: the configuration was not read."


class RunsFor(Struct, dict=True):
    """The rules of a documented graph: those of the configuration, else the documented ones."""

    graph: Graph
    verdicts: Verdicts
    system: str = "zuul"

    @cached_property
    def rules(self) -> Mapping[str, ChangeRules]:
        """The rules by pipeline; empty if they are not known of each job."""
        real = self.verdicts.changes.get(self.graph.id, {})
        if self.is_real:
            return real
        if real or self.system != "zuul" or not all(job.files for job in self.graph.current):
            return {}
        return {
            pipeline: ChangeRules(
                jobs=tuple(_documented(job, self.graph) for job in self.graph.current),
                configuration=CONFIGURATION,
            )
            for pipeline in self.graph.pipelines
        }

    @cached_property
    def is_real(self) -> bool:
        """Whether the rules are those of the configuration."""
        return {*self.verdicts.changes.get(self.graph.id, ())} >= {*self.graph.pipelines}

    @cached_property
    def data(self) -> str:
        """The rules as JSON for the script; empty if they are not known or too large."""
        patterns: dict[FilePattern, int] = {}
        groups = [
            {"pipelines": names, **_group(rules, patterns)} for names, rules in self._groups()
        ]
        if not groups:
            return ""
        sources = [[in_javascript(pattern.text), pattern.negate] for pattern in patterns]
        data = {"isReal": self.is_real, "groups": groups, "patterns": sources}
        text = json.dumps(data, separators=(",", ":"))
        return text if len(text) <= LARGEST else ""

    @cached_property
    def unknown(self) -> str:
        """Why there is no data for the script, as a sentence; empty if there is."""
        if self.data:
            return ""
        if self.rules:
            return TOO_LARGE if self._groups() else NO_CHANGE
        if self.system != "zuul":
            return BY_HAND
        return NO_GRAPH if self.verdicts.changes.get(self.graph.id) else NOT_READ

    def _groups(self) -> list[tuple[list[str], ChangeRules]]:
        """Return the pipelines that changes start, those with the same rules together."""
        groups = grouped(
            (rules, name) for name, rules in self.rules.items() if not rules.only_start
        )
        return [(names, rules) for rules, names in groups.items()]

    def words(self, job: DocumentedJob) -> list[rst.Rst]:
        """Return for which changed files a job runs, a sentence for each kind of pipeline."""
        real = self.verdicts.changes.get(self.graph.id, {})
        pipelines = job.pipelines or self.graph.pipelines
        said: dict[str, list[str]] = {}
        for pipeline in pipelines if {*pipelines} <= {*real} else ():
            for rules in real[pipeline].jobs:
                if rules.job == job.name and rules.is_known:
                    said.setdefault(_in_words(rules, real[pipeline]), []).append(pipeline)
        if len(said) == 1:
            return [rst.Rst(words) for words in said]
        if said:
            return [
                rst.Rst(f"{rst.escape(', '.join(names))}: {words}") for words, names in said.items()
            ]
        if job.files:
            documented = _patterns([FilePattern(text) for text in job.files])
            return [rst.Rst(f"a change of {documented}, as documented")]
        return []


def _documented(job: DocumentedJob, graph: Graph) -> JobRules:
    known = graph.job_graph.by_name
    hard = (wait.job for wait in job.waits_for if not wait.soft and wait.job in known)
    files = tuple(FilePattern(text) for text in job.files)
    return JobRules(job=job.name, files=files, forces=tuple(dict.fromkeys(hard)))


def _group(rules: ChangeRules, patterns: dict[FilePattern, int]) -> dict[str, Any]:
    places = {job.job: place for place, job in enumerate(rules.jobs)}

    def numbers(some: Iterable[FilePattern]) -> list[int]:
        return [patterns.setdefault(pattern, len(patterns)) for pattern in some]

    def job_data(job: JobRules) -> dict[str, Any]:
        return {
            "name": job.job,
            "files": None if job.files is None else numbers(job.files),
            "irrelevant": numbers(job.irrelevant_files),
            "own": job.own_files,
            "forces": [places[name] for name in job.forces],
            "mayForce": [places[name] for name in job.may_force],
            "elsewhere": job.elsewhere,
            "isKnown": job.is_known,
        }

    return {
        "jobs": [job_data(job) for job in rules.jobs],
        "configuration": rules.configuration,
        "isComplete": rules.is_complete,
    }


def _in_words(rules: JobRules, of_pipeline: ChangeRules) -> str:
    """Return for which files a job runs, as the end of *It runs for*."""
    if of_pipeline.only_start:
        return f"no change: only {of_pipeline.only_start} starts the pipeline"
    if rules.files is None and not rules.irrelevant_files:
        text = EVERY
    elif rules.files == ():
        text = "no changed file"
    elif rules.files is None:
        text = f"{EVERY}, unless each of its files matches {_patterns(rules.irrelevant_files)}"
    else:
        text = f"a change of a file that matches {_patterns(rules.files)}"
        if rules.irrelevant_files:
            text += f", unless each changed file matches {_patterns(rules.irrelevant_files)}"
    if rules.files is not None or rules.irrelevant_files:
        text += _too(rules, of_pipeline)
    if rules.elsewhere:
        names = listed([rst.literal(name) for name in rules.elsewhere])
        text += f"; what {names} in another repository adds is not known"
    return text


def _too(rules: JobRules, of_pipeline: ChangeRules) -> str:
    """Return what else starts a job that has file matchers."""
    text = ""
    if rules.own_files:
        text += f"; also for {_paths(rules.own_files)}"
    forcing = [other.job for other in of_pipeline.jobs if rules.job in other.forces]
    if forcing:
        text += f"; also where {_paths(forcing, 'or')} runs, which waits for it"
    return text


def _paths(names: Sequence[str], word: str = "and") -> str:
    return listed(map(rst.literal, names), word, MOST_PATTERNS)


def _patterns(patterns: Sequence[FilePattern]) -> str:
    shown = (f"{'not ' if each.negate else ''}{rst.literal(each.text)}" for each in patterns)
    return listed(shown, "or", MOST_PATTERNS)
