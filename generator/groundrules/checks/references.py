"""References between records: each has to lead to a record that exists."""

from __future__ import annotations

from fnmatch import fnmatchcase

from groundrules.diagnostics import Location, did_you_mean, nearest
from groundrules.records import Catalogue, Loaded
from groundrules.records.expectation import Scope
from groundrules.records.fields import Record, walk
from groundrules.records.graph import Graph
from groundrules.records.platform import Label, Platform
from groundrules.records.session import SessionTopic
from groundrules.rules import records as rules

MOST_HINTS, MOST_NAMES = 200, 5000  # the nearest of a thousand names takes milliseconds to find


class Names:
    """What can be referred to, and where references to nothing are noted."""

    def __init__(self, loaded: Loaded) -> None:
        self.known, self.report = loaded.names, loaded.report
        self.hints: dict[str, str | None] = {}

    def need(self, kind: str, name: str, where: Location, scope: str = "") -> None:
        """Note that there is no such record, unless one with a mistake in its name may be it.

        ``scope`` is the id of the record that has to hold it, when only one can.
        """
        key = f"{kind} in {scope}" if scope else kind
        names = self.known.of(key)
        if name in names or key in self.known.uncertain:
            return
        if "*" not in name:
            self._note(f"there is no {kind} {name!r}", name, key, where)
        elif not any(fnmatchcase(each, name) for each in names):
            self._note(f"no {kind} fits {name!r}", name, key, where)

    def need_all(self, kind: str, record: Record, key: str, scope: str = "") -> None:
        """Do the same for each name in the list ``key`` of ``record``."""
        for index, name in enumerate(getattr(record, key)):
            self.need(kind, name, record.location(key, index), scope)

    def _note(self, what: str, name: str, key: str, where: Location) -> None:
        said = f"{key}: {name}"
        if said not in self.hints:
            self.hints[said] = self._hint(name, key)
        hint = self.hints[said]
        if hint is not None:
            self.report.note(rules.UNKNOWN_REFERENCE, where, f"{what}{hint}")

    def _hint(self, name: str, key: str) -> str | None:
        """Return the end of the message; ``None`` where a rejected name may be what is meant."""
        names, rejected = self.known.of(key), self.known.rejected.get(key, set())
        costly = len(self.hints) >= MOST_HINTS or len(names) + len(rejected) > MOST_NAMES
        if rejected and (costly or nearest(name, rejected)):
            return None
        return "" if costly else did_you_mean(name, names, "known")


def check(catalogue: Catalogue, loaded: Loaded) -> None:
    """Note every reference that leads to nothing."""
    names = Names(loaded)
    for root in catalogue.records():
        for record in walk(root):
            _evidence(names, record)
            if isinstance(record, Scope):
                names.need_all("platform", record, "platforms")
                names.need_all("label", record, "labels")
            elif isinstance(record, Label) and record.replaced_by:
                names.need("label", record.replaced_by, record.location("replaced_by"))
            elif isinstance(record, SessionTopic):
                _led_to(names, record)
        if isinstance(root, Platform):
            _providers(names, root)
        elif isinstance(root, Graph):
            _graph(names, root)


def _evidence(names: Names, record: Record) -> None:
    for index, each in enumerate(getattr(record, "evidence", ())):
        kind, _, name = each.partition(":")
        if kind == "session":
            names.need("session", name, record.location("evidence", index))


def _led_to(names: Names, topic: SessionTopic) -> None:
    for index, each in enumerate(topic.led_to):
        kind, _, name = each.partition(":")
        names.need(kind, name, topic.location("led_to", index))


def _providers(names: Names, platform: Platform) -> None:
    for provider in platform.providers:
        names.need_all("label", provider, "labels", platform.id)


def _graph(names: Names, graph: Graph) -> None:
    names.need("configuration", graph.configuration, graph.location("configuration"))
    for job in graph.jobs:
        names.need_all("label", job, "labels")
        names.need_all("pipeline", job, "pipelines", graph.id)
        for wait in job.waits_for:
            names.need("job", wait.job, wait.location("job"), graph.id)
    for rule in graph.rules:
        names.need("job", rule.waits_for, rule.location("waits_for"), graph.id)
