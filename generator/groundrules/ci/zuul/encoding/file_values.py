"""`FileValues`: the values of one of Zuul's files, in which dependencies are set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from groundrules.ci.wish import Wait
from groundrules.ci.zuul.encoding.spots import KINDS, Spot
from groundrules.fix import Route
from groundrules.fixes.edits import NoWayError
from groundrules.fixes.rewriting import Rewritten, SourceText, rewritten, unshared
from groundrules.yamlsource import Place, untagged

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
