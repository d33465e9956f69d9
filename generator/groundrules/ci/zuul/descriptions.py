"""`JobDescriptions`: what the definitions of jobs say that they do.

Zuul itself does not use descriptions and does not inherit them
(https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.description), so the resolver drops
them, and they are read from the files again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingType

from groundrules import yamlsource
from groundrules.diagnostics import Location
from groundrules.graphs.elements import Job
from groundrules.yamlsource import Mapping, Place, Sequence

Descriptions = dict[tuple[str, Place], str]
"""The descriptions in a file, by the job's name and the place of the word ``job``."""


class JobDescriptions:
    """The descriptions in files, each read when it is needed; ``files`` are contents by path."""

    def __init__(self, files: MappingType[str, bytes]) -> None:
        self._files = files
        self._known: dict[str, Descriptions] = {}

    def of(self, job: Job) -> str:
        """Return the description of the last definition of ``job`` that has one, or nothing."""
        places = (job.location, *[step.location for step in job.chain][::-1])
        return next(filter(None, (self._at(place, job.name) for place in places)), "")

    def _at(self, place: Location | None, name: str) -> str:
        if place is None:
            return ""
        if place.path not in self._known:
            self._known[place.path] = descriptions_in(self._files.get(place.path, b""))
        return self._known[place.path].get((name, Place(place.line, place.column)), "")


def descriptions_in(data: bytes) -> Descriptions:
    """Return the descriptions in a file; none if it cannot be read."""
    try:
        items = yamlsource.read(data).value
    except yamlsource.Problem:
        return {}
    return dict(_described(items if isinstance(items, Sequence) else ()))


def _described(items: Iterable[object]) -> Iterator[tuple[tuple[str, Place], str]]:
    for item in items:
        job = item.get("job") if isinstance(item, Mapping) else None
        if isinstance(item, Mapping) and isinstance(job, Mapping):
            name, text = job.get("name"), job.get("description")
            if isinstance(name, str) and isinstance(text, str):
                yield (name, item.key_place("job")), text
