"""References between records: each has to lead to a record that exists."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from groundrules import rules
from groundrules.diagnostics import Location, did_you_mean
from groundrules.records import Catalogue, Loaded
from groundrules.records.expectation import Scope
from groundrules.records.fields import Record, walk
from groundrules.records.graph import Graph
from groundrules.records.platform import Label, Platform
from groundrules.records.session import SessionTopic


class Names:
    """What can be referred to, and where references to nothing are noted."""

    def __init__(self, loaded: Loaded, catalogue: Catalogue) -> None:
        self.loaded = loaded
        self.known = {kind: set(names) for kind, names in catalogue.targets.items()}
        self.known["configuration"] = {each.id for each in catalogue.manual.configurations}
        for kind, names in loaded.written.items():
            self.known[kind] |= names

    def need(self, kind: str, name: str, where: Location, among: Iterable[str] = ()) -> None:
        """Note that ``name`` is unknown, unless it is known or may stand in an unread file."""
        known = set(among) or self.known[kind]
        if name in known or kind in self.loaded.unread:
            return
        if "*" in name and any(fnmatchcase(each, name) for each in known):
            return
        hint = did_you_mean(name, known, f"there are the {kind}s")
        what = f"no {kind} fits {name!r}" if "*" in name else f"there is no {kind} {name!r}"
        self.loaded.report.note(rules.UNKNOWN_REFERENCE, where, f"{what}{hint}")

    def need_all(self, kind: str, record: Record, key: str, among: Iterable[str] = ()) -> None:
        """Do the same for each name in the list ``key`` of ``record``."""
        for index, name in enumerate(getattr(record, key)):
            self.need(kind, name, record.location(key, index), among)


def check(loaded: Loaded) -> None:
    """Note every reference that leads to nothing."""
    assert loaded.catalogue is not None  # noqa: S101 - the caller has looked
    names = Names(loaded, loaded.catalogue)
    for root in loaded.catalogue.records():
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
    own = {label.name for label in platform.labels}
    for provider in platform.providers:
        names.need_all("label", provider, "labels", own)


def _graph(names: Names, graph: Graph) -> None:
    names.need("configuration", graph.configuration, graph.location("configuration"))
    jobs = {job.name for job in graph.jobs} | names.loaded.written.get(f"job in {graph.id}", set())
    for job in graph.jobs:
        names.need_all("label", job, "labels")
        names.need_all("pipeline", job, "pipelines", graph.pipelines)
        for wait in job.waits_for:
            names.need("job", wait.job, wait.location("job"), jobs)
    for rule in graph.rules:
        names.need("job", rule.waits_for, rule.location("waits_for"), jobs)
