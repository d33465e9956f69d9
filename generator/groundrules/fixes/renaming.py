"""A renamed job → the changes of every data file that mentions it.

References are changed: its record and its dependents, rules, results of sessions, and roles in
prose.  The old name in plain prose is history and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from groundrules.fix import Change, RenameJob, Replace, Route, Write
from groundrules.fixes.proof import FixRefusedError
from groundrules.yamlsource import Problem, read

_ROLE = re.compile(r":ci:job:`(?:[^`]*<)?([^`<>]+)>?`")


def renaming(job: RenameJob, path: str, texts: Mapping[str, str]) -> dict[str, tuple[Change, ...]]:
    """Return the changes by file; ``path`` is the file of the job's graph.

    Raises `FixRefusedError` if the meaning of a mention is uncertain.
    """
    folder = path.rpartition("graphs/")[0]
    records = {file: _read(file, text) for file, text in texts.items() if file.startswith(folder)}
    for other, record in records.items():
        _refuse_twins(job, record, is_own=other == path)
    changes_by_file = {file: list(_mentions(job, record)) for file, record in records.items()}
    changes_by_file[path] += _in_graph(job, records[path])
    return {file: tuple(changes) for file, changes in changes_by_file.items() if changes}


def _read(path: str, text: str) -> Any:
    try:
        return read(text.encode()).value
    except Problem as problem:
        raise FixRefusedError(f"{path} cannot be read: {problem.message}") from None


def _refuse_twins(job: RenameJob, record: Any, *, is_own: bool) -> None:
    """Refuse a change if a name means two jobs, before or after it."""
    for name in (part["name"] for part in _parts(record, "jobs") if "name" in part):
        if name == job.new or (name == job.old and not is_own):
            raise FixRefusedError(f"graph {record.get('id')!r} also has a job {name!r}")


def _parts(record: Any, key: str) -> list[dict[str, Any]]:
    """Return the mappings in a list of a record."""
    items = record.get(key) if isinstance(record, dict) else None
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _in_graph(job: RenameJob, graph: Any) -> Iterator[Change]:
    for at, job_record in enumerate(_parts(graph, "jobs")):
        route: Route = ("jobs", at)
        if job_record.get("name") == job.old:
            yield Write((*route, "name"), job.new)
            yield _former_name(job, job_record.get("formerly"), route)
        if job_record.get("parent") == job.old:
            yield Write((*route, "parent"), job.new)
        for index, wait in enumerate(_parts(job_record, "waits_for")):
            if wait.get("job") == job.old:
                yield Write((*route, "waits_for", index, "job"), job.new)
    for at, rule in enumerate(_parts(graph, "rules")):
        yield from _in_rule(job, rule, ("rules", at))


def _former_name(job: RenameJob, known: list[Any] | None, route: Route) -> Change:
    if known:
        return Write((*route, "formerly", len(known)), job.old)
    return Write((*route, "formerly"), (job.old,))


def _in_rule(job: RenameJob, rule: dict[str, Any], route: Route) -> Iterator[Change]:
    if rule.get("waits_for") == job.old:
        yield Write((*route, "waits_for"), job.new)
    selector = rule.get("every", {})
    for key in ("name", "parent"):
        if selector.get(key) == job.old:
            yield Write((*route, "every", key), job.new)
    pattern = selector.get("name", job.old)
    if pattern != job.old and fnmatchcase(job.old, pattern) != fnmatchcase(job.new, pattern):
        raise FixRefusedError(
            f"rule {rule.get('id')!r} applies to {pattern!r}, which matches only one of the names"
        )


def _mentions(job: RenameJob, value: Any, route: Route = ()) -> Iterator[Change]:
    """Yield the changes of references and of roles in prose, at any depth of a record."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _mentions(job, item, (*route, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _mentions(job, item, (*route, index))
    elif isinstance(value, str):
        yield from _in_text(job, value, route)


def _in_text(job: RenameJob, text: str, route: Route) -> Iterator[Change]:
    targets = {job.old: job.new, f"{job.graph}/{job.old}": f"{job.graph}/{job.new}"}
    kind, _, name = text.partition(":")
    if kind == "job" and name in targets and "led_to" in route[-2:]:
        yield Write(route, f"job:{targets[name]}")
    roles = {role[0]: role[1] for role in _ROLE.finditer(text)}
    for role, target in roles.items():
        if new := targets.get(target):
            before, _, after = role.rpartition(target)
            yield Replace(route, role, f"{before}{new}{after}")
