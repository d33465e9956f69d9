"""The forms of the fields of documented graphs, and of recorded results."""

from __future__ import annotations

from collections.abc import Mapping

from groundrules.changes.common_forms import (
    CHANGED,
    DIFFERENT,
    EVIDENCE,
    KEYWORDS,
    NAME,
    OWN_RECORDS,
)
from groundrules.changes.edge_fields import (
    StatusForm,
    edge_differences,
    rule_differences,
    selector_words,
    soft_difference,
)
from groundrules.changes.field_difference import Form
from groundrules.changes.field_forms import Flag, NameSet, NameSetOrAll, Parts, Value, Whole, Words
from groundrules.changes.result_states import ResultsForm, result_difference
from groundrules.changes.shown_values import shortened, shown
from groundrules.records.fields import Record
from groundrules.records.graph import (
    DocumentedJob,
    DocumentedWait,
    Durations,
    Graph,
    GraphRule,
    IndependentJobs,
    SemaphoreLimit,
)
from groundrules.records.verified import (
    Verification,
    VerifiedEdge,
    VerifiedGraph,
    VerifiedJob,
    VerifiedRule,
)
from groundrules.text import counted


def _durations(durations: Durations) -> str:
    pairs = (("typical", durations.typical), ("maximum", durations.maximum))
    return " and ".join(f"{shown(time)} ({word})" for word, time in pairs if time) or "not known"


def _jobs(pair: IndependentJobs) -> str:
    return f"{' and '.join(map(shown, pair.jobs))} ({shortened(pair.why)})"


def _limit(limit: SemaphoreLimit) -> str:
    return f"{shown(limit.semaphore)} ({counted(limit.limit, 'job')})"


REASONS = NameSet("reason")

GRAPH_FORMS: Mapping[type[Record], Mapping[str, Form]] = {
    Graph: {
        "id": NAME,
        "title": Words("title"),
        "keywords": KEYWORDS,
        "summary": Words("summary"),
        "configuration": Value("configuration", DIFFERENT),
        "project": Value("project", DIFFERENT),
        "branch": Value("branch", DIFFERENT),
        "pipelines": NameSet("pipeline", DIFFERENT),
        "coverage": Value("coverage", DIFFERENT),
        "jobs": OWN_RECORDS,
        "rules": rule_differences,
        "independent": Parts(
            "statement of independence of", lambda pair: tuple(sorted(pair.jobs)), DIFFERENT, _jobs
        ),
        "limits": Parts("limit of", lambda limit: limit.semaphore, DIFFERENT, _limit),
        "changed": CHANGED,
        "evidence": EVIDENCE,
    },
    DocumentedJob: {
        "name": NAME,
        "purpose": Words("purpose"),
        "formerly": NameSet("former name"),
        "tags": NameSet("tag"),
        "parent": Value("parent", DIFFERENT),
        "pipelines": NameSetOrAll("pipeline", "all pipelines of the graph"),
        "files": NameSet("file", DIFFERENT),
        "labels": NameSet("label", DIFFERENT),
        "semaphores": NameSet("semaphore", DIFFERENT),
        "locks": NameSet("lock", DIFFERENT),
        "pauses": Flag(
            "It pauses now, and ends after the jobs that wait for it.", "It no longer pauses."
        ),
        "touches": NameSet("thing that it touches:", DIFFERENT),
        "shares": NameSet("thing that it shares:", DIFFERENT),
        "duration": Whole("duration", _durations, DIFFERENT),
        "waits_for": edge_differences,
        "note": Words("note"),
        "gone": Value("day on which the configuration was seen without it", DIFFERENT),
        "evidence": EVIDENCE,
    },
    DocumentedWait: {
        "job": NAME,
        "soft": soft_difference,
        "why": Words("reason to wait for {job}"),
        "status": StatusForm("The dependency on {job}"),
        "gone": Value(
            "day on which the configuration was seen without the dependency on {job}", DIFFERENT
        ),
        "evidence": NameSet("source of the dependency on {job}:"),
    },
    GraphRule: {
        "id": NAME,
        "every": Whole("selection of jobs", selector_words, DIFFERENT),
        "waits_for": Value("job to wait for", DIFFERENT),
        "directly": Flag(
            "Only a dependency of the job itself counts now.",
            "A dependency through other jobs counts now.",
        ),
        "why": Words("reason"),
        "status": StatusForm("It"),
        "evidence": EVIDENCE,
    },
    SemaphoreLimit: {"semaphore": NAME, "limit": Value("limit", DIFFERENT), "evidence": EVIDENCE},
    IndependentJobs: {"jobs": NAME, "why": Words("reason"), "evidence": EVIDENCE},
    Verification: {"configuration": NAME, "graphs": OWN_RECORDS},
    VerifiedGraph: {
        "state": result_difference,
        "why": REASONS,
        "graph": NAME,
        "compared": Value("day of the comparison"),
        "edition": Value("configuration that it was compared with"),
        "commit": Value("commit that it was compared with"),
        "commit_date": Value("day of that commit"),
        "documented": Value("digest of the documented graph at the comparison"),
        "pipelines": NameSet("compared pipeline"),
        "jobs": ResultsForm("Job", "name"),
        "rules": ResultsForm("Rule", "id"),
    },
    VerifiedJob: {
        "state": result_difference,
        "why": REASONS,
        "name": NAME,
        "waits_for": ResultsForm("Dependency on", "job"),
    },
    VerifiedEdge: {"state": result_difference, "why": REASONS, "job": NAME},
    VerifiedRule: {"state": result_difference, "why": REASONS, "id": NAME},
}
