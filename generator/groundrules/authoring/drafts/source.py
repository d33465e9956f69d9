"""`ImportSource`: the configuration that a draft is made from, and its entry in ``manual.yaml``."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from groundrules.checkout import absolute_path, checkout_around
from groundrules.ci.config_source import ONLY_CONFIG, source_of
from groundrules.ci.errors import NotAvailableError
from groundrules.ci.git import is_bare
from groundrules.claims.claims import ConfigurationClaim
from groundrules.diagnostics import Location
from groundrules.nearest import did_you_mean
from groundrules.systems import OTHER
from groundrules.text import verbatim
from groundrules.yamlsource.writing import flow_text

LONGEST_ID = 80


class UnclearError(ValueError):
    """A request that cannot be answered as it is; the message says what to ask instead."""


class ImportSource(Struct, frozen=True):
    """A configuration.

    ``path`` is where it is read, if ``manual.yaml`` does not say it; ``no_place`` says why not.
    ``entry`` is the new entry of ``manual.yaml``; empty for one that it has.
    """

    claim: ConfigurationClaim
    path: Path | None = None
    entry: Mapping[str, Any] = {}
    no_place: str = ""

    @property
    def notes(self) -> list[str]:
        """What to do so that ``check`` compares, if ``manual.yaml`` does not say the place."""
        if self.path is None or not self.no_place:
            return []
        option = shlex.quote(f"{self.claim.id}={_typed(self.path)}")
        return [f"{self.no_place}, compare with: groundrules check --config {option}"]


def source_named(
    word: str | None, name: str | None, known: Mapping[str, ConfigurationClaim], root: Path
) -> ImportSource:
    """Return the configuration for a word of the user: its name in the manual, or its path.

    ``name`` is its name in the manual, if the word is a path.  Raises `UnclearError`.
    """
    readable = {key: claim for key, claim in known.items() if claim.system != OTHER}
    if word is None:
        return ImportSource(_only(readable, name))
    if word in readable and name is None:
        return ImportSource(readable[word])
    if word in known and name is None:
        raise UnclearError(f"configuration {word!r} is kept by hand; nothing here can read it")
    path = Path(word)
    if not os.path.lexists(path):
        hint = did_you_mean(word, readable, "known")
        raise UnclearError(f"{word!r} is no configuration of manual.yaml and no path{hint}")
    return _at(path.absolute(), name, readable, root)


def _only(readable: Mapping[str, ConfigurationClaim], name: str | None) -> ConfigurationClaim:
    if name is not None and name in readable:
        return readable[name]
    if len(readable) == 1 and name is None:
        return next(iter(readable.values()))
    if not readable:
        raise UnclearError(
            "manual.yaml names no configuration; say where one is: a repository or a tenant file"
        )
    hint = did_you_mean(name or "", readable, "known")
    what = f"manual.yaml has no configuration {name!r}" if name else "say which configuration"
    raise UnclearError(f"{what}{hint}")


def _at(
    path: Path, name: str | None, readable: Mapping[str, ConfigurationClaim], root: Path
) -> ImportSource:
    if name is not None and name in readable:
        return _without_place(readable[name], path, root)
    for claim in readable.values() if name is None else ():
        place = _documented_place(claim)
        if place and _real(root / place) == _real(path) and claim.ref is None:
            return ImportSource(claim)
    likely = slug(_folder(path))
    if name is None and likely in readable and not _documented_place(readable[likely]):
        return _without_place(readable[likely], path, root)
    return _new(path, name or unused(likely, readable), root)


def _documented_place(claim: ConfigurationClaim) -> str | None:
    return claim.tenant or claim.git or claim.path


def _real(path: Path) -> Path:
    """Return a path without links; `Path.resolve` raises for a loop of links."""
    return Path(os.path.realpath(path))


def _typed(path: Path) -> str:
    """Return a path as short as a person types it, from the working directory."""
    return Path(os.path.relpath(absolute_path(path))).as_posix()


def _folder(path: Path) -> str:
    """Return the name of the folder of a configuration, which is most often the project's."""
    folder = _real(path) if path.is_dir() else _real(path).parent
    return folder.name.removesuffix(".git") or "zuul"


def slug(text: str) -> str:
    """Return a text as an id.

    >>> slug("opendev/system-config, check")
    'opendev-system-config-check'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_ID].strip("-") or "zuul"


def unused(slug: str, taken: Iterable[str]) -> str:
    """Return a name that is not taken: with a number at its end, if need be."""
    names, number = {*taken}, 1
    unused = slug
    while unused in names:
        number += 1
        unused = f"{slug[: LONGEST_ID - 6]}-{number}"
    return unused


def _without_place(claim: ConfigurationClaim, path: Path, root: Path) -> ImportSource:
    """Return a configuration that the manual has, which is read elsewhere now."""
    if _documented_place(claim):
        return ImportSource(claim, path)
    place = _place(path, root)
    why = _why_no_place(claim, place, path, root)
    line = verbatim(flow_text(place)[1:-1])
    can = f"add {line} to configuration {claim.id!r} in manual.yaml; until then"
    return ImportSource(claim, path, no_place=why or can)


def _new(path: Path, name: str, root: Path) -> ImportSource:
    """Return a configuration that the manual does not have, with its place, if that may be said."""
    entry = {"id": name, "title": f"Zuul's configuration in {_folder(path)}"}
    claim = ConfigurationClaim(id=name, place=Location("manual.yaml"), system="zuul")
    place = _place(path, root)
    if why := _why_no_place(claim, place, path, root):
        return ImportSource(claim, path, entry, why)
    return ImportSource(replace(claim, **place), None, {**entry, **place})


def _why_no_place(
    claim: ConfigurationClaim, place: Mapping[str, str], path: Path, root: Path
) -> str:
    """Return why ``manual.yaml`` cannot name a place; empty if it can."""
    try:
        source_of(replace(claim, **place), root)
    except NotAvailableError as error:
        reason = str(error).removesuffix(ONLY_CONFIG)
    else:
        return ""
    if path.is_dir() and not ((path / ".git").exists() or is_bare(path)):
        reason = f"{_typed(path)} is not a git repository"
    return f"manual.yaml cannot name the place of {claim.id!r}: {reason}; instead"


def _place(path: Path, root: Path) -> dict[str, str]:
    """Return the key and the value that name a place in ``manual.yaml``."""
    relative = Path(os.path.relpath(_real(path), _real(root))).as_posix()
    if not path.is_dir():
        return {"tenant": relative}
    own = checkout_around(root) or root
    if _real(path).is_relative_to(_real(own)) and not is_bare(path):
        return {"path": relative}
    return {"git": relative}
