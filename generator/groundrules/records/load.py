"""Data files → `Catalogue`, with every mistake of every file noted in one run."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import ValidationError

from groundrules import rules
from groundrules.diagnostics import Location, Report
from groundrules.records.catalogue import Catalogue
from groundrules.records.expectation import Topic
from groundrules.records.fields import Record
from groundrules.records.files import BOUNDS, DataFile, data_files
from groundrules.records.graph import Graph
from groundrules.records.manual import Manual
from groundrules.records.mistakes import note_mistakes, prune
from groundrules.records.platform import Platform
from groundrules.records.session import Session
from groundrules.yamlsource import Mapping, Place, Problem, Sequence, read

MODELS: dict[str, type[Record]] = {
    "manual": Manual,
    "platforms": Platform,
    "expectations": Topic,
    "graphs": Graph,
    "sessions": Session,
}


# stands for a manual.yaml that could not be read, so that all else can still be checked
_UNKNOWN = Manual.model_construct(title="", publisher="", summary="")
_UNKNOWN._source = Mapping()
_UNKNOWN._source.place = Place(1, 1)


@dataclass(slots=True)
class Loaded:
    """What a data folder says.

    ``catalogue`` holds what could be understood; it is ``None`` when there was nothing.  ``written`` has the names that stand in the files, in broken records too, so
    that one mistake is not reported again as a reference to nothing; ``unread`` the kinds of
    reference that a file which is not YAML may hold.  ``texts`` are the files by path.
    """

    report: Report
    catalogue: Catalogue | None = None
    written: dict[str, set[str]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)


def load(root: Path, folder: str = "data") -> Loaded:
    """Read every record below ``root/folder``.

    Raises nothing for what stands in the files: each mistake is a diagnostic in the report.
    """
    loaded = Loaded(Report())
    records: dict[str, list[Any]] = {kind: [] for kind in MODELS}
    for file in data_files(root, folder, loaded.report):
        record = _record(file, loaded)
        if record is not None:
            records[file.kind].append(record)
    if records["manual"] or loaded.report.found:
        loaded.catalogue = Catalogue(
            manual=(records["manual"] or [_UNKNOWN])[0],
            platforms=tuple(records["platforms"]),
            topics=tuple(sorted(records["expectations"], key=lambda each: each.order)),
            graphs=tuple(records["graphs"]),
            sessions=tuple(sorted(records["sessions"], key=lambda each: (each.date, each.id))),
        )
    else:
        loaded.report.note(
            rules.NO_DATA,
            Location(f"{folder}/manual.yaml"),
            "there is no manual.yaml; write one with title, publisher and summary",
        )
    return loaded


def _record(file: DataFile, loaded: Loaded) -> Record | None:
    try:
        source = read(file.data, BOUNDS)
    except Problem as problem:
        rule = rules.UNREADABLE if _not_text(problem) else rules.NOT_YAML
        loaded.report.note(rule, Location(file.path, *problem.place), problem.message)
        loaded.unread |= _KINDS_IN[file.kind]
        return None
    loaded.texts[file.path] = file.data.decode("utf-8")
    for problem in source.duplicates:
        place = Location(file.path, *problem.place)
        loaded.report.note(rules.DUPLICATE_KEY, place, problem.message)
    for problem in source.unreadable:
        place = Location(file.path, *problem.place)
        loaded.report.note(rules.WRONG_VALUE, place, problem.message)
    if not isinstance(source.value, Mapping):
        what = "is empty" if source.value is None else "does not hold a mapping"
        message = f"the file {what}; begin with the keys of a record, such as 'title: …'"
        rule = rules.NO_DATA if source.value is None else rules.WRONG_VALUE
        loaded.report.note(rule, Location(file.path, *source.place), message)
        return None
    _note_written(file.kind, source.value, loaded.written)
    return _validated(file, source.value, loaded)


def _not_text(problem: Problem) -> bool:
    return "UTF-8" in problem.message or "MiB" in problem.message


def _validated(file: DataFile, value: Mapping, loaded: Loaded) -> Record | None:
    """Return the record without its broken parts, or ``None`` when too little is left."""
    model = MODELS[file.kind]
    for attempt in range(5):
        try:
            record = model.model_validate(value, context={"path": file.path})
        except ValidationError as error:
            if attempt == 0:
                note_mistakes(error, model, value, file.path, loaded)
            if not prune(error, value):
                return None
            continue
        _check_file_name(file, record, loaded.report)
        return record
    return None


def _check_file_name(file: DataFile, record: Record, report: Report) -> None:
    key = "topic" if file.kind == "expectations" else "id"
    name = getattr(record, key, None)
    if name is not None and name != (stem := PurePosixPath(file.path).stem):
        message = f"the file is called {stem}.yaml but the record {name!r}; make them the same"
        report.note(rules.MISPLACED_FILE, record.location(key), message)


_KINDS_IN = {
    "manual": {"configuration"},
    "platforms": {"platform", "label"},
    "expectations": {"expectation"},
    "graphs": {"graph", "job"},
    "sessions": {"session"},
}
# kind of file → kind of reference, the list the names stand in (None: the file itself), the key
_NAMES = (
    ("manual", "configuration", "configurations", "id"),
    ("platforms", "platform", None, "id"),
    ("platforms", "label", "labels", "name"),
    ("expectations", "expectation", "expectations", "id"),
    ("graphs", "graph", None, "id"),
    ("graphs", "job", "jobs", "name"),
    ("sessions", "session", None, "id"),
)


def _note_written(kind: str, value: Mapping, written: dict[str, set[str]]) -> None:
    for file_kind, reference, holder, key in _NAMES:
        if file_kind != kind:
            continue
        items = [value] if holder is None else value.get(holder)
        for item in items if isinstance(items, (list, Sequence)) else ():
            if isinstance(item, Mapping) and isinstance(item.get(key), str):
                written.setdefault(reference, set()).add(item[key])
