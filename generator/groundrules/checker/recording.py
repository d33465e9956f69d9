"""``check --record``: what graphs came to, written to ``verified/`` in the data folder."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from groundrules.atomic import write_text
from groundrules.checker.report_files import writing
from groundrules.checker.settings import CannotGoOnError
from groundrules.claims.claims import Claims, GraphClaim, RecordedGraph
from groundrules.claims.recorded import documented
from groundrules.claims.verdicts import Verdict, Verdicts, VerdictState
from groundrules.clock import today
from groundrules.confined import Confined, EntryKind
from groundrules.diagnostics import Location
from groundrules.grouping import grouped
from groundrules.text import counted, escaped
from groundrules.yamlsource import Limits, yaml_text

FOLDER = "verified"
HEAD = '# Written by "groundrules check --record".\n'
MOST_REASONS = 10
LONGEST_REASON = 1_000  # characters


def record(root: Path, data: str, claims: Claims, verdicts: Verdicts) -> tuple[str, ...]:
    """Write a file for each configuration that was compared; return a note about each.

    All texts are made before the first is written.  A graph that was not compared keeps the
    record that it has.  Raises `CannotGoOnError`.
    """
    graphs = grouped((graph.configuration, graph) for graph in claims.graphs)
    old = {(record.against.configuration, record.graph): record for record in claims.recorded}
    texts, notes = {}, []
    for configuration in claims.configurations:
        if configuration.is_kept_by_hand:
            continue
        name = configuration.id
        compared = sum(verdicts.is_compared(graph.id) for graph in graphs.get(name, ()))
        if not compared:
            notes.append(f"not recorded: no graph of {name!r} was compared")
            continue
        path = f"{data}/{FOLDER}/{name}.yaml"
        texts[path] = _text(name, _records(graphs[name], verdicts, old))
        notes.append(f"recorded {counted(compared, 'graph')} in {path}")
    _check_folder(root, data)
    for path, text in texts.items():
        with writing(path):
            write_text(root / path, text)
    return (*notes,) or ("not recorded: manual.yaml names no configuration that can be read",)


def _records(
    graphs: Iterable[GraphClaim],
    verdicts: Verdicts,
    old: Mapping[tuple[str, str], RecordedGraph],
) -> Iterator[RecordedGraph]:
    """Yield the new records of what was compared, and the old ones of all else."""
    for graph in graphs:
        if verdicts.is_compared(graph.id):
            yield recorded_graph(graph, verdicts, today())
        elif known := old.get((graph.configuration, graph.id)):
            yield known


def recorded_graph(claim: GraphClaim, verdicts: Verdicts, day: datetime.date) -> RecordedGraph:
    """Return what a graph came to, without the parts that could not be checked."""
    against = verdicts.against[claim.id]
    return RecordedGraph(
        graph=claim.id,
        against=replace(against, recorded=day.isoformat()),
        documented=documented(claim),
        verdicts=tuple(
            verdict
            for verdict in verdicts.on(claim.id)
            if not verdict.is_part or verdict.state is not VerdictState.NOT_CHECKED
        ),
        place=Location(""),
    )


def _text(configuration: str, graphs: Iterable[RecordedGraph]) -> str:
    text = HEAD + yaml_text({"configuration": configuration, "graphs": [*map(_plain, graphs)]})
    if len(text.encode()) > Limits().size:
        raise CannotGoOnError(f"the record of {configuration!r} is too large to be read again")
    return text


def _plain(graph: RecordedGraph) -> dict[str, Any]:
    """Return a record as the file has it: `groundrules.records.verified.VerifiedGraph`."""
    against = graph.against
    whole = Verdicts(all=graph.verdicts).of(graph.graph)
    rules = [{"id": each.rule, **_outcome(each)} for each in graph.verdicts if each.rule]
    plain = {
        "graph": graph.graph,
        "compared": _day(against.recorded),
        "edition": _sentence(against.edition),
        "commit": against.commit,
        "commit_date": _day(against.date),
        "documented": graph.documented,
        **_outcome(whole),
        "pipelines": list(whole.pipelines),
        "jobs": _jobs(graph.verdicts),
        "rules": rules,
    }
    return {key: value for key, value in plain.items() if value}


def _jobs(verdicts: Iterable[Verdict]) -> list[dict[str, Any]]:
    """Return the jobs with their dependencies; one that was not checked may have some."""
    jobs: dict[str, dict[str, Any]] = {}
    for verdict in verdicts:
        if verdict.job and not verdict.dependency:
            jobs[verdict.job] = {"name": verdict.job, **_outcome(verdict)}
        elif verdict.job:
            unknown = {"name": verdict.job, "state": VerdictState.NOT_CHECKED.value}
            waits = jobs.setdefault(verdict.job, unknown).setdefault("waits_for", [])
            waits.append({"job": verdict.dependency, **_outcome(verdict)})
    return list(jobs.values())


def _outcome(verdict: Verdict) -> dict[str, Any]:
    why = [_sentence(reason) for reason in verdict.why[:MOST_REASONS]]
    return {"state": verdict.state.value, **({"why": why} if why else {})}


def _sentence(text: str) -> str:
    """Return a text of a configuration, which strangers may have written, as one line."""
    line = escaped(text)
    return line if len(line) <= LONGEST_REASON else f"{line[:LONGEST_REASON]}…"


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _check_folder(root: Path, data: str) -> None:
    """Raise `CannotGoOnError` where the folder is a link, which a change may have brought."""
    folder = Confined(root, follow=True).below(data, follow=True)
    if Confined(folder.folder).kind(FOLDER) not in (None, EntryKind.FOLDER):
        raise CannotGoOnError(f"{data}/{FOLDER} is not a folder; remove it")
