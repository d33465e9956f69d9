"""Compares the mentions of a job in one list as Zuul does.

Zuul drops a mention that equals an earlier one of its list (``JobList.inheritFrom`` and
``Job.__eq__`` in Zuul 14.3's model.py).  It compares the values of all attributes, and two tables
to which it adds an attribute's name when a graph first applies the mention.  So a default value
that is written differs from one that is not, except in the first graph after a reload.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from enum import Enum
from typing import Any

from msgspec import Struct

from groundrules.ci.zuul.reading.nodesets import nodeset_of
from groundrules.ci.zuul.reading.patterns import pattern_of
from groundrules.ci.zuul.reading.shapes import listed, named_table
from groundrules.yamlsource import Mapping, Place, Tagged, untagged

OVERRIDE = "!override"


class Equality(Enum):
    """The result of comparing a mention with an earlier one of the same job."""

    DIFFERENT = "Zuul applies both"
    UNTIL_APPLIED = "equal in the first graph after a reload, different in all later ones"
    EQUAL = "equal in all graphs, except that the second one after a reload applies both"


class ComparedMention(Struct, frozen=True):
    """What Zuul compares of a mention: values other than defaults, and written defaults."""

    values: dict[str, Any]
    defaults: frozenset[str]
    place: Place
    keys: frozenset[str]

    def compare(self, earlier: ComparedMention) -> Equality:
        """Return how this mention compares with an earlier one."""
        # every use of a secret is a separate object, which never equals another
        if self.values != earlier.values or "secrets" in self.values:
            return Equality.DIFFERENT
        is_same = self.defaults == earlier.defaults
        return Equality.EQUAL if is_same else Equality.UNTIL_APPLIED


class EarlierMentions:
    """The mentions of one job that come earlier in a list, by a hash of their values."""

    def __init__(self) -> None:
        self.last: ComparedMention | None = None
        self._by_hash: dict[int, list[ComparedMention]] = {}

    def equal_to(self, mention: ComparedMention) -> ComparedMention | None:
        """Return the first one that equals a mention, at least until Zuul applies it."""
        if "secrets" in mention.values:
            return None
        others = self._by_hash.get(_hash(mention.values), ())
        differ = Equality.DIFFERENT
        return next((other for other in others if mention.compare(other) is not differ), None)

    def add(self, mention: ComparedMention) -> None:
        """Add the next mention of the list."""
        self._by_hash.setdefault(_hash(mention.values), []).append(mention)
        self.last = mention


def _hash(value: Any) -> int:
    """Return a number that is equal for equal values of a YAML text."""
    if isinstance(value, dict):
        return hash(frozenset((key, _hash(item)) for key, item in value.items()))
    if isinstance(value, (list, tuple)):
        return hash(tuple(map(_hash, value)))
    return _hash([value.tag, value.value]) if isinstance(value, Tagged) else hash(value)


def compared(conf: Mapping, place: Place) -> ComparedMention:
    """Return what Zuul compares of the attributes of a valid mention."""
    values: dict[str, Any] = {}
    defaults: set[str] = set()
    for key, written in conf.items():
        value = untagged(written)
        if isinstance(written, Tagged) and (written.tag == OVERRIDE) is not (key in OVERRIDDEN):
            values[f"control of {key}"] = written.tag
        if key in IGNORED or (key == "semaphore" and "semaphores" in conf):
            continue
        name = "semaphores" if key == "semaphore" else key
        if normal := NORMAL.get(name):
            value = normal(value)
        if name in IF_FILLED and not value:
            continue
        if name not in DEFAULTS or value != DEFAULTS[name]:
            values[name] = value
        elif name not in FORGOTTEN:
            defaults.add(name)
    return ComparedMention(values, frozenset(defaults), place, frozenset(conf) - IGNORED)


def _dependencies(value: Any) -> frozenset[tuple[str, bool]]:
    tables = map(named_table, listed(value))
    return frozenset((item["name"], item.get("soft", False)) for item in tables)


def _named(value: Any, *keys: tuple[str, Any]) -> list[tuple[Any, ...]]:
    """Return names or mappings with a name as tuples of the name and the other keys."""
    tables = map(named_table, listed(value))
    return [(item["name"], *(item.get(key, default) for key, default in keys)) for item in tables]


def _required(value: Any) -> dict[str, tuple[Any, ...]]:
    keys = (("override-branch", None), ("override-checkout", None))
    return {name: tuple(rest) for name, *rest in _named(value, *keys)}


def _chosen(value: Any) -> Any:
    if value is None:
        return None
    tables = map(named_table, listed(value))
    return frozenset((item.get("type", "name"), item.get("name")) for item in tables)


def _semaphores(value: Any) -> list[tuple[Any, ...]]:
    return sorted(_named(value, ("resources-first", False)), key=lambda semaphore: semaphore[0])


def _playbooks(value: Any) -> list[tuple[Any, ...]]:
    named = _named(value, ("semaphores", None), ("cleanup", False))
    return [(name, sorted(listed(held)), cleanup) for name, held, cleanup in named]


def _roles(value: Any) -> list[tuple[str, str]]:
    return [
        (role.get("name", role["zuul"].split("/")[-1]), role["zuul"])
        for role in value
        if "zuul" in role
    ]


def _variable_files(value: Any) -> list[tuple[Any, ...]]:
    keys = (("zuul-project", False), ("project", None), ("required", True), ("use-ref", True))
    named = _named(value, *keys)
    return [(name, own, own or project, *rest) for name, own, project, *rest in named]


def _nodeset(value: Any) -> str:
    return value if isinstance(value, str) else nodeset_of(value, value.place).identity


def _final(value: Any) -> frozenset[str]:
    return frozenset(name for name, control in value.items() if control)


OVERRIDDEN = frozenset({"dependencies", "files", "irrelevant-files"})
"""Attributes that a later variant replaces anyway, so that ``!override`` has no effect."""

IGNORED = frozenset({"failure-url", "success-url"})
IF_FILLED = frozenset(
    {
        *("tags", "requires", "provides", "vars", "extra-vars", "host-vars", "group-vars"),
        *("include-vars", "allowed-projects", "roles", "semaphores", "secrets"),
        *("pre-run", "run", "post-run", "cleanup-run", "attribute-control"),
    }
)
"""Attributes that an empty value does not set."""

DEFAULTS: dict[str, Any] = {
    "voting": True,
    "hold-following-changes": False,
    "match-on-config-updates": True,
    "deduplicate": "auto",
    "dependencies": frozenset(),
    "attempts": 3,
    "nodeset": nodeset_of(Mapping(nodes=[]), Place(1, 1)).identity,
    **dict.fromkeys(("final", "abstract", "intermediate"), False),
    **dict.fromkeys(("include-projects", "exclude-projects", "ansible-split-streams")),
    "required-projects": {},
    "workspace-scheme": "golang",
    "workspace-checkout": True,
    "failure-output": [],
    "type": "regular",
    "preserve-home-paths": [],
    "secret-exposure": "ignore",
}
FORGOTTEN = frozenset(
    {
        *("dependencies", "final", "abstract", "intermediate"),
        *("include-projects", "exclude-projects", "ansible-split-streams"),
    }
)
"""Attributes whose names Zuul does not record when it applies a mention."""

NORMAL: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(
        ("tags", "requires", "provides", "allowed-projects"), lambda value: frozenset(listed(value))
    ),
    **dict.fromkeys(
        ("branches", "files", "irrelevant-files"),
        lambda value: tuple(map(pattern_of, listed(value))),
    ),
    **dict.fromkeys(("include-projects", "exclude-projects"), _chosen),
    **dict.fromkeys(("pre-run", "run", "post-run", "cleanup-run"), _playbooks),
    "dependencies": _dependencies,
    "required-projects": _required,
    "semaphores": _semaphores,
    "roles": _roles,
    "include-vars": _variable_files,
    "nodeset": _nodeset,
    "attribute-control": _final,
    "failure-output": lambda value: sorted(listed(value)),
    "preserve-home-paths": lambda value: [*map(posixpath.normpath, value)],
    "ansible-version": str,
}
