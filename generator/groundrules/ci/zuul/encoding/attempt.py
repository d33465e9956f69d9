"""`Attempts`: dependencies at chosen places, written in the files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, structs

from groundrules.ci.wish import EncodedFile, Wait
from groundrules.ci.zuul.encoding.spots import KINDS, Spot
from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.layout.loading import Raw
from groundrules.diagnostics import Report
from groundrules.fix import Route
from groundrules.fixes.edits import NoWayError
from groundrules.fixes.proof import FixRefusedError
from groundrules.fixes.rewriting import Rewritten, SourceText, rewritten, unshared
from groundrules.text import counted
from groundrules.yamlsource import Place, Problem, untagged

KEY = "dependencies"
Reasons = Mapping[tuple[str, str], str]


class FileValues:
    """The values of a file as they are, and as they become."""

    def __init__(self, source: SourceText, reasons: Reasons) -> None:
        self.source, self.reasons = source, reasons
        self.old = source.parsed.value
        self.new = unshared(self.old)
        self.remarks: dict[Route, str] = {}
        self._stanzas: dict[str, int] = {}  # indexes of new ones, by project

    def rewritten(self) -> Rewritten:
        """Return the text with the new values.  Raises `FixRefusedError`."""
        return rewritten(self.source, self.new, self.remarks)

    def set(self, spot: Spot, waits: tuple[Wait, ...]) -> None:
        """Set the dependencies of a job at one place.  Raises `NoWayError`."""
        if spot.project is not None:
            index = self._new_stanza(spot.project)
            self._add_mention((index, "project"), spot, waits)
            return
        kind = KINDS[spot.level]
        route: Route = (self._index(kind, spot.place), kind)
        if spot.level.value == "job":
            self._set(self.new[route[0]][kind], route, spot, waits)
        elif spot.mention is None:
            self._add_mention(route, spot, waits)
        else:
            self._set_in_mention(route, spot, waits)

    def _new_stanza(self, project: str) -> int:
        if project not in self._stanzas:
            self._stanzas[project] = len(self.new)
            self.new.append({"project": {"name": project} if project else {}})
        return self._stanzas[project]

    def _index(self, kind: str, place: Place) -> int:
        """Return the index of an object in the file."""
        for index, item in enumerate(self.old):
            if kind in item and item.key_place(kind) == place:
                return index
        raise NoWayError(f"no {kind} is on line {place.line}")

    def _set_in_mention(self, route: Route, spot: Spot, waits: tuple[Wait, ...]) -> None:
        index, kind = route
        places = self.old[index][kind][spot.pipeline]["jobs"]
        at = next((at for at in range(len(places)) if places.item_place(at) == spot.mention), None)
        if at is None:
            raise NoWayError(f"no mention of {spot.job} is there")
        jobs = self.new[index][kind][spot.pipeline]["jobs"]
        if isinstance(jobs[at], str):
            jobs[at] = {jobs[at]: {}}
        if not isinstance(jobs[at][spot.job], dict):
            raise NoWayError(f"the mention of {spot.job} has no attributes")
        place = (*route, spot.pipeline, "jobs", at, spot.job)
        self._set(jobs[at][spot.job], place, spot, waits)

    def _add_mention(self, route: Route, spot: Spot, waits: tuple[Wait, ...]) -> None:
        index, kind = route
        pipeline = self.new[index][kind].setdefault(spot.pipeline, {})
        jobs = pipeline.setdefault("jobs", [])
        if not isinstance(jobs, list):
            raise NoWayError("'jobs' is not a list")
        conf: dict[str, Any] = {}
        if spot.branch:
            conf["branches"] = f"^{re.escape(spot.branch)}$"
        place = (*route, spot.pipeline, "jobs", len(jobs), spot.job)
        jobs.append({spot.job: conf})
        self._set(conf, place, spot, waits)

    def _set(self, conf: dict[str, Any], route: Route, spot: Spot, waits: tuple[Wait, ...]) -> None:
        old = untagged(conf.get(KEY, []))
        items = {_name(item): item for item in (old if isinstance(old, list) else [old])}
        if spot.drops:
            conf.pop(KEY, None)
            return
        conf[KEY] = [_item(items.get(wait.job), wait) for wait in waits]
        for at, wait in enumerate(waits):
            if wait.job not in items and (why := self.reasons.get((spot.job, wait.job))):
                self.remarks[*route, KEY, at] = why


def _name(item: Any) -> str:
    return str(item["name"]) if isinstance(item, dict) else str(item)


def _item(old: Any, wait: Wait) -> Any:
    """Return a dependency in the way it is written already, if it is."""
    if isinstance(old, dict):
        kept = {key: value for key, value in old.items() if key != "soft"}
        is_same = bool(old.get("soft", False)) is wait.soft
        return old if is_same else kept | ({"soft": True} if wait.soft else {})
    return {"name": wait.job, "soft": True} if wait.soft else wait.job


Chosen = Mapping[Spot, tuple[Wait, ...]]
EditedFile = tuple[EncodedFile, list[str]]
"""A file with dependencies, and notes about its aliases."""


class EditedConfiguration(Struct):
    """The edited files by path, notes about aliases, and the places where nothing can be written.

    ``impossible`` are these places with the reasons.
    """

    files: dict[str, EncodedFile] = {}
    notes: list[str] = []
    impossible: dict[Spot, str] = {}


def with_files(gathered: Gathered, files: Iterable[EncodedFile]) -> Gathered:
    """Return the files of a tenant with the edited ones in their places."""
    texts = {file.path: file.after for file in files}
    raws = [
        Raw(
            structs.replace(raw.source),
            texts[path].encode("utf-8") if path in texts else raw.content,
        )
        for raw in gathered.files
        for path in [raw.source.path or ""]
    ]
    return Gathered(gathered.tenant, raws, Report([*gathered.report.found]), gathered.choice)


class Attempts:
    """Edits the files of a tenant, in one attempt after another.

    Most files of an attempt are as in the one before, and are not edited again.
    """

    def __init__(self, gathered: Gathered, reasons: Reasons) -> None:
        self._raws = {raw.source.path: raw for raw in gathered.files}
        self._reasons = reasons
        self._sources: dict[str, SourceText] = {}
        self._outcomes: dict[tuple[object, ...], EditedFile | str] = {}

    def edited(self, chosen: Chosen) -> EditedConfiguration:
        """Return the files with dependencies at the chosen places."""
        result = EditedConfiguration()
        for path in dict.fromkeys(spot.path for spot in chosen):
            own = {spot: waits for spot, waits in chosen.items() if spot.path == path}
            outcome = self._outcome(path, own)
            if isinstance(outcome, str):
                wrong = self._impossible_alone(path, own) if len(own) > 1 else {}
                result.impossible |= wrong or dict.fromkeys(own, outcome)
            else:
                result.files[path] = outcome[0]
                result.notes += outcome[1]
        return result

    def _impossible_alone(self, path: str, chosen: Chosen) -> dict[Spot, str]:
        """Return the places where nothing can be written even if nothing else is."""
        outcomes = {spot: self._outcome(path, {spot: waits}) for spot, waits in chosen.items()}
        return {spot: reason for spot, reason in outcomes.items() if isinstance(reason, str)}

    def _outcome(self, path: str, chosen: Chosen) -> EditedFile | str:
        """Return the file and notes, or why the dependencies cannot be written."""
        key = (path, *chosen.items())
        if key not in self._outcomes:
            try:
                self._outcomes[key] = self._file(path, chosen)
            except (NoWayError, FixRefusedError, Problem) as error:
                self._outcomes[key] = str(error)
        return self._outcomes[key]

    def _file(self, path: str, chosen: Chosen) -> EditedFile:
        raw = self._raws[path]
        if not isinstance(raw.content, bytes):
            raise NoWayError("the file cannot be read")
        if path not in self._sources:
            self._sources[path] = SourceText(raw.content.decode("utf-8"))
        text = self._sources[path]
        values = FileValues(text, self._reasons)
        for spot, waits in chosen.items():
            values.set(spot, waits)
        result = values.rewritten()
        file = EncodedFile(
            path=path, file=raw.source.file, project=raw.source.project.name,
            branch=raw.source.branch, before=text.text, after=result.text,
        )  # fmt: skip
        return file, _notes(path, values, result)


def _notes(path: str, values: FileValues, result: Rewritten) -> list[str]:
    shared = [f"{path}:{line}: this alias has the new dependencies too" for line in result.shared]
    expanded = [
        f"{path}:{line}: this alias is replaced by its value, which differs now"
        for line in result.expanded
    ]
    return [*shared, *expanded, *_lost_reasons(path, values, result.text)]


def _lost_reasons(path: str, values: FileValues, text: str) -> list[str]:
    """Return a note about reasons for which a list in brackets has no line."""
    starts = [f"# {' '.join(why.split()[:2])}" for why in values.remarks.values()]
    lost = sum(start not in text for start in starts)
    if not lost:
        return []
    return [f"{path}: {counted(lost, 'reason')} not written, since the list is in brackets"]
