"""The name of a repository that is resolved on its own, from its stanzas, remote and folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from groundrules.ci.zuul.layout.tenant import is_same_project

# https://git-scm.com/docs/git-clone#_git_urls: with a scheme, or as ssh's own HOST:PATH
ADDRESS = re.compile(
    r"(?:[a-z+]+://(?:[^@/]*@)?(?P<host>[^/:]+)(?::\d+)?/|(?:[^@/:]+@)?[^/:]+:)(.*)"
)
MOST_NAMES = 20


class UndecidedNameError(LookupError):
    """A name that may be of several projects; the message names them."""


@dataclass(frozen=True, slots=True)
class OwnName:
    """A name and whether it is certain: that of a folder is not."""

    name: str
    is_sure: bool = True


def path_of(address: str) -> str:
    """Return the path in the address of a remote, as a project's short name; empty for none.

    >>> path_of("https://opendev.org/openstack/nova.git")
    'openstack/nova'
    >>> path_of("git@github.com:org/repo.git")
    'org/repo'
    >>> path_of("/srv/git/nova")
    ''
    """
    match = ADDRESS.fullmatch(address)
    if match is None or address.startswith("file:"):
        return ""
    return match[2].strip("/").removesuffix(".git")


def own_name(stanzas: Sequence[str | None], remote: str, folder: str, trusted: bool) -> OwnName:
    """Return the name of a repository; ``stanzas`` are their names, None for a nameless one.

    ``remote`` is the path of its remote.  A nameless stanza is the repository's own; an untrusted
    repository may configure itself only, so that its stanzas have its name.  A repository that
    configures only others has the name of its remote or folder, which may be those of a mirror.
    Raises `UndecidedNameError` if the names leave several.
    """
    named = _named(stanzas)
    if remote and (own := [name for name in named if is_same_project(name, remote)]):
        return OwnName(own[0])
    if not trusted and named and _is_one(named):
        return OwnName(named[0])
    if None in stanzas or not named:
        return OwnName(remote) if remote else OwnName(folder, is_sure=False)
    if own := [name for name in named if is_same_project(name, folder)]:
        return OwnName(_only(own, folder))
    return OwnName(remote or folder, is_sure=False)


def whole_name(name: str, stanzas: Sequence[str | None]) -> str:
    """Return the longest name of a project among those of stanzas, or ``name`` itself.

    If a stanza has no name, and so is the repository's own, a name without its team is not
    enough.  Raises `UndecidedNameError` if several projects could be meant.
    """
    own = _own(name, stanzas)
    exact = [
        stanza_name
        for stanza_name in own
        if stanza_name == name or stanza_name.count("/") == name.count("/") + 1
    ]
    if not _is_one(own) and name in exact and _is_one(exact):
        own = exact
    _only(own or [name], name)
    return max((name, *own), key=len)


def is_one_of_several(name: str, stanzas: Sequence[str | None]) -> bool:
    """Return whether a project has a stanza with its name, and others have one too.

    A repository that configures several projects has its nameless stanza for itself.
    """
    own = _own(name, stanzas)
    return bool(own) and len(own) < len(_named(stanzas))


def _own(name: str, stanzas: Sequence[str | None]) -> list[str]:
    """Return the names of stanzas that can be of a project."""
    loosely = None not in stanzas
    return [
        stanza_name
        for stanza_name in _named(stanzas)
        if is_same_project(stanza_name, name, loosely=loosely)
    ]


def _named(stanzas: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in stanzas if name and not name.startswith("^")))


def _is_one(names: Sequence[str]) -> bool:
    """Return whether names are all of one project."""
    longest = max(names, key=len, default="")
    return all(is_same_project(name, longest) for name in names)


def _only(names: Sequence[str], wanted: str) -> str:
    if not _is_one(names):
        raise UndecidedNameError(f"{wanted!r} may be any of these; {_several(names)}")
    return names[0]


def _several(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return f"say which --project is meant: {', '.join(names[:MOST_NAMES])}{more}"
