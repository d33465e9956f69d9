"""`description_of`: what a job's own definitions say that it does.

Zuul itself does not use descriptions and does not inherit them
(https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.description), so the resolver drops
them, and they are read from the files again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from groundrules import yamlsource
from groundrules.diagnostics import Location
from groundrules.graphs.elements import Job
from groundrules.yamlsource import Mapping, Place, Sequence

Descriptions = dict[tuple[str, Place], str]
"""The descriptions in a file, by the job's name and the place of the word ``job``."""


def description_of(job: Job, descriptions: Callable[[str], Descriptions]) -> str:
    """Return the description of the last definition of ``job`` that has one, or nothing.

    ``descriptions`` returns those in a file.
    """
    places = [step.location for step in job.chain]
    texts = (_at(place, job.name, descriptions) for place in (job.location, *places[::-1]))
    return next(filter(None, texts), "")


def _at(place: Location | None, name: str, descriptions: Callable[[str], Descriptions]) -> str:
    if place is None:
        return ""
    return descriptions(place.path).get((name, Place(place.line, place.column)), "")


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
