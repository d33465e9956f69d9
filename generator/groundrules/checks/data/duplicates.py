"""Names that two records of the same kind have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from groundrules.diagnostics import Diagnostic, Related
from groundrules.records import Catalogue, DataContent
from groundrules.records.expectation import Expectation
from groundrules.records.fields import Record, unordered_fields
from groundrules.records.graph import DocumentedJob, DocumentedWait, Graph, GraphRule
from groundrules.records.kinds import KINDS
from groundrules.records.manual import NamedConfiguration, Source
from groundrules.records.measured import MeasuredLabel
from groundrules.records.parts import RecordPart
from groundrules.records.platform import Label, Provider
from groundrules.records.verified import VerifiedGraph
from groundrules.rules import records as rules


class _Named(NamedTuple):
    """The word for a kind of record, the key of its name, and where the name has to be unique.

    It is unique everywhere, or ``inside`` a record; ``listed`` kinds have a page of all records.
    Equal names with different values of ``apart`` are allowed.  ``instead`` says what to do.
    """

    kind: str
    key: str = "id"
    inside: bool = False
    listed: bool = False
    apart: str = ""
    instead: str = "rename one of them"


_REMOVE = "remove one of them"
_REGION = "rename one of them, or give them different regions"
_NAMED: dict[type[Record], _Named] = {
    NamedConfiguration: _Named("configuration"),
    Source: _Named("source", "url", instead=_REMOVE),
    **{kind.load(): _Named(kind.title, kind.key, listed=kind.has_page) for kind in KINDS},
    Label: _Named("label", "name"),
    Expectation: _Named("expectation", listed=True),
    Provider: _Named("provider", "name", inside=True, apart="region", instead=_REGION),
    DocumentedJob: _Named("job", "name", inside=True),
    GraphRule: _Named("rule", inside=True),
    DocumentedWait: _Named("dependency", "job", inside=True, instead=_REMOVE),
    VerifiedGraph: _Named("recorded graph", "graph", inside=True, instead=_REMOVE),
    MeasuredLabel: _Named("measured label", "label", instead=_REMOVE),
}


def _plural(kind: str) -> str:
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def check(_: Catalogue, content: DataContent) -> Iterator[Diagnostic]:
    """Yield every second use of an id or name, and every use of one that a list's page has."""
    first: dict[tuple[str, RecordPart | None, str, str], RecordPart] = {}
    for part in content.parts:
        yield from _listed_twice(part)
        named = _NAMED.get(part.kind)
        name = part.said.get(named.key) if named else None
        if named is None or not isinstance(name, str):
            continue
        if named.listed and name == "index":
            message = f"'index' is the page that lists every {named.kind}; choose another name"
            yield Diagnostic(part.location(named.key), message, rules.DUPLICATE_ID)
        apart = str(part.said.get(named.apart, ""))
        key = named.kind, part.holder if named.inside else None, name, apart
        if first.setdefault(key, part) is not part:
            yield _repeated(named, name, first[key], part)


def _listed_twice(part: RecordPart) -> Iterator[Diagnostic]:
    """Yield what is repeated in a list whose order has no meaning."""
    for key in unordered_fields(part.kind):
        seen = set[str]()
        for item, place in part.values(key) if key in part.said else ():
            if isinstance(item, str) and item in seen:
                message = f"{item!r} is in {key!r} already; remove one of them"
                yield Diagnostic(place, message, rules.DUPLICATE_ID)
            elif isinstance(item, str):
                seen.add(item)


def repeated_jobs(graph: Graph) -> frozenset[str]:
    """Return the names that several jobs of a graph have: of these it is not known which is meant.

    What follows from such a name is not reported again.
    """
    names = Counter(job.name for job in graph.jobs)
    return frozenset(name for name, number in names.items() if number > 1)


def _repeated(named: _Named, name: str, first: RecordPart, part: RecordPart) -> Diagnostic:
    place, here = first.location(named.key), part.location(named.key)
    region = part.said.get(named.apart)
    called = f"{name!r} in the region {region!r}" if region else repr(name)
    return Diagnostic(
        part.location() if here == place else here,  # a name from '<<'
        f"two {_plural(named.kind)} are called {called}, this one and the one at {place}; "
        + named.instead,
        rules.DUPLICATE_ID,
        (Related(place, "the other one"),),
    )
