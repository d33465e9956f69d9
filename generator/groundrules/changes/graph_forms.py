"""The forms of the fields of documented graphs, and of recorded results."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.dated_entries import entry_differences
from groundrules.changes.edge_fields import (
    RULES,
    edge_differences,
    selector_words,
    softened,
    status_of,
)
from groundrules.changes.field_difference import Form, PartList, RecordPair, Reword, Said
from groundrules.changes.field_forms import (
    EVIDENCE,
    KEYWORDS,
    NAME,
    OWN_RECORDS,
    NameSet,
    NameSetOrAll,
    OtherValue,
    Whole,
    Words,
    flag,
    parts,
    value,
)
from groundrules.changes.shown_values import prose, shown
from groundrules.claims.verdicts import VerdictState
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
from groundrules.text import counted, verbatim

STATE_WORDS = {
    VerdictState.VERIFIED: "verified",
    VerdictState.DRIFTED: "different from the configuration (drifted)",
    VerdictState.PLANNED: "a plan",
    VerdictState.NOT_CHECKED: "not checked",
    VerdictState.KEPT_BY_HAND: "kept by hand",
}


def _result(before: VerdictState, after: VerdictState) -> Said:
    return *_weight(before, after), f"It was {STATE_WORDS[before]}; now it is {STATE_WORDS[after]}."


def _weight(before: VerdictState | None, after: VerdictState | None) -> tuple[ChangeKind, Effect]:
    if before is VerdictState.VERIFIED:
        return ChangeKind.VERIFICATION_LOST, Effect.WORSE
    if after is VerdictState.VERIFIED:
        return ChangeKind.VERIFICATION_GAINED, Effect.BETTER
    kind = ChangeKind.REMOVED if after is None else ChangeKind.ADDED
    return (ChangeKind.CHANGED if before and after else kind), Effect.DETAIL


RESULT = OtherValue(_result)
"""The form of the result of a comparison."""


def results(noun: str, key: str) -> PartList:
    """Return the form of the results of parts, each called ``noun`` and identified by ``key``."""
    key_of = attrgetter(key)

    def about(part: RecordPair) -> str:
        return f"{noun} {verbatim(key_of(part.only))}"

    def alone(part: RecordPair) -> Said:
        """Return that it is a detail: that the part was documented or removed is a change too."""
        before, after = (side.state if side else None for side in (part.before, part.after))
        words = f"is recorded as {after}" if after else "has no recorded result any more"
        was = f"; it was {before}" if before else ""
        return _weight(before, after)[0], Effect.DETAIL, f"{about(part)} {words}{was}."

    def reword(part: RecordPair) -> Reword:
        return lambda sentence: f"{about(part)}: {sentence[0].lower()}{sentence[1:]}"

    return PartList(key_of, alone, reword)


def _durations(durations: Durations) -> str:
    pairs = (("typical", durations.typical), ("maximum", durations.maximum))
    return " and ".join(f"{shown(time)} ({word})" for word, time in pairs if time) or "not known"


def _jobs(pair: IndependentJobs) -> str:
    return f"{' and '.join(map(shown, pair.jobs))} ({prose(pair.why)})"


def _limit(limit: SemaphoreLimit) -> str:
    return f"{shown(limit.semaphore)} ({counted(limit.limit, 'job')})"


DIFFERENT = Effect.DIFFERENT
REASONS = NameSet("reason")

GRAPH_FORMS: Mapping[type[Record], Mapping[str, Form]] = {
    Graph: {
        "id": NAME,
        "title": Words("title"),
        "keywords": KEYWORDS,
        "summary": Words("summary"),
        "configuration": value("configuration", DIFFERENT),
        "project": value("project", DIFFERENT),
        "branch": value("branch", DIFFERENT),
        "pipelines": NameSet("pipeline", DIFFERENT),
        "coverage": value("coverage", DIFFERENT),
        "jobs": OWN_RECORDS,
        "rules": RULES,
        "independent": parts(
            "statement of independence of", lambda pair: tuple(sorted(pair.jobs)), DIFFERENT, _jobs
        ),
        "limits": parts("limit of", lambda limit: limit.semaphore, DIFFERENT, _limit),
        "changed": entry_differences,
        "evidence": EVIDENCE,
    },
    DocumentedJob: {
        "name": NAME,
        "purpose": Words("purpose"),
        "formerly": NameSet("former name"),
        "tags": NameSet("tag"),
        "parent": value("parent", DIFFERENT),
        "pipelines": NameSetOrAll("pipeline", "all pipelines of the graph"),
        "files": NameSet("file", DIFFERENT),
        "labels": NameSet("label", DIFFERENT),
        "semaphores": NameSet("semaphore", DIFFERENT),
        "locks": NameSet("lock", DIFFERENT),
        "pauses": flag(
            "It pauses now, and ends after the jobs that wait for it.", "It no longer pauses."
        ),
        "touches": NameSet("thing that it touches:", DIFFERENT),
        "shares": NameSet("thing that it shares:", DIFFERENT),
        "duration": Whole("duration", _durations, DIFFERENT),
        "waits_for": edge_differences,
        "note": Words("note"),
        "gone": value("day on which the configuration was seen without it", DIFFERENT),
        "evidence": EVIDENCE,
    },
    DocumentedWait: {
        "job": NAME,
        "soft": OtherValue(softened),
        "why": Words("reason to wait for {job}"),
        "status": status_of("The dependency on {job}"),
        "gone": value(
            "day on which the configuration was seen without the dependency on {job}", DIFFERENT
        ),
        "evidence": NameSet("source of the dependency on {job}:"),
    },
    GraphRule: {
        "id": NAME,
        "every": Whole("selection of jobs", selector_words, DIFFERENT),
        "waits_for": value("job to wait for", DIFFERENT),
        "directly": flag(
            "Only a dependency of the job itself counts now.",
            "A dependency through other jobs counts now.",
        ),
        "why": Words("reason"),
        "status": status_of("It"),
        "evidence": EVIDENCE,
    },
    SemaphoreLimit: {"semaphore": NAME, "limit": value("limit", DIFFERENT), "evidence": EVIDENCE},
    IndependentJobs: {"jobs": NAME, "why": Words("reason"), "evidence": EVIDENCE},
    Verification: {"configuration": NAME, "graphs": OWN_RECORDS},
    VerifiedGraph: {
        "state": RESULT,
        "why": REASONS,
        "graph": NAME,
        "compared": value("day of the comparison"),
        "edition": value("configuration that it was compared with"),
        "commit": value("commit that it was compared with"),
        "commit_date": value("day of that commit"),
        "documented": value("digest of the documented graph at the comparison"),
        "pipelines": NameSet("compared pipeline"),
        "jobs": results("Job", "name"),
        "rules": results("Rule", "id"),
    },
    VerifiedJob: {
        "state": RESULT,
        "why": REASONS,
        "name": NAME,
        "waits_for": results("Dependency on", "job"),
    },
    VerifiedEdge: {"state": RESULT, "why": REASONS, "job": NAME},
    VerifiedRule: {"state": RESULT, "why": REASONS, "id": NAME},
}
