"""`KnownNames`: the possible targets of references, as written in the files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from groundrules.records.fields import ID, LABEL, NAME, Record
from groundrules.records.kinds import KINDS, MANUAL_KIND, NamedPart, kind_of
from groundrules.records.references import Names
from groundrules.records.shape import keys_of, required_keys
from groundrules.yamlsource import Mapping

# the pattern and maximum length of names of some kinds; others are ids
_FORMS = dict.fromkeys(("job", "pipeline", "provider", "region"), (NAME, 120))
_FORMS["label"] = LABEL, 120
_ID = ID, 80


class KnownNames(Names):
    """The names in the data.

    Broken records count too, so that one mistake is not reported again as references to nothing.
    """

    def learn(self, folder: str, model: type[Record], value: Mapping) -> None:
        """Add the names in a file."""
        own = value.get("id")
        for named in kind_of(folder).named:
            kinds = {named.kind, f"{named.kind} in {own}"}
            added = [*_names(named, value)]
            for name in added:
                self._add(named, kinds, name)
            if named.kind == "job":
                self._add_jobs_of(own)
                if _has_twice(added):
                    self.uncertain.add(f"job in {own}")  # one of them may have another name
            if named.holder not in ("", *value) and not value.keys() <= keys_of(model).keys():
                self.uncertain |= kinds  # its key may be misspelt
            if named.holder in required_keys(model) and not value.get(named.holder):
                self.uncertain |= kinds  # a missing list is reported already

    def add(self, others: Names) -> None:
        """Add the names of another file."""
        for names, more in ((self.names, others.names), (self.rejected, others.rejected)):
            for kind, known in more.items():
                names.setdefault(kind, set()).update(known)
        self.uncertain |= others.uncertain

    def lose(self, folder: str, own: Any = None) -> None:
        """Record a file with unknown names; they can be of any kind if ``folder`` is unknown."""
        for kind in [kind_of(folder)] if folder else (MANUAL_KIND, *KINDS):
            for named in kind.named:
                self.uncertain |= {named.kind, f"{named.kind} in {own}"}

    def _add(self, named: NamedPart, kinds: set[str], name: Any) -> None:
        if not isinstance(name, str):
            self.uncertain |= kinds
            return
        names = self.names if _fits(named.kind, name) else self.rejected
        for kind in kinds:
            names.setdefault(kind, set()).add(name)

    def _add_jobs_of(self, graph: Any) -> None:
        """Add the names of a graph's jobs as ``GRAPH/JOB``."""
        is_graph = isinstance(graph, str) and _fits("graph", graph)
        for names in (self.names, self.rejected):
            inside = {f"{graph}/{name}" for name in names.get(f"job in {graph}", ())}
            taken = names if is_graph else self.rejected
            if inside:
                taken.setdefault("job", set()).update(inside)


def _has_twice(names: list[Any]) -> bool:
    texts = [name for name in names if isinstance(name, str)]
    return len(set(texts)) < len(texts)


def _fits(kind: str, name: str) -> bool:
    pattern, longest = _FORMS.get(kind, _ID)
    return len(name) <= longest and re.fullmatch(pattern, name) is not None


def _names(named: NamedPart, value: Mapping) -> Iterator[Any]:
    """Yield the names in a file; ``None`` for one that cannot be read."""
    items = value.get(named.holder, ()) if named.holder else [value]
    for item in items if isinstance(items, (list, tuple)) else [None]:
        if not named.key:
            yield item
        elif not (named.optional and isinstance(item, Mapping) and named.key not in item):
            yield item.get(named.key) if isinstance(item, Mapping) else None
