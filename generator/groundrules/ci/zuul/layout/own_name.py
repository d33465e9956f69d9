"""The name of a repository on its own, from its stanzas, remote and folder, and its hosts.

https://zuul-ci.org/docs/zuul/latest/config/project.html#attr-project.name
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from groundrules.ci.errors import NotAvailableError
from groundrules.ci.zuul.layout.tenant import TenantProject, is_same_project
from groundrules.ci.zuul.reading.expressions import InvalidError, expression
from groundrules.nearest import first_few

# https://git-scm.com/docs/git-clone#_git_urls: with a scheme, or as ssh's own HOST:PATH
# a remote helper (ext::COMMAND) or an option in the place of a host is not an address
ADDRESS = re.compile(
    r"(?:(?:https?|ftps?|git|ssh|git\+ssh|ssh\+git)://(?:[^@/]*@)?(?:\w[\w.-]*|\[[\da-fA-F:.]+\])"
    r"(?::\d+)?/|(?:\w[\w.+-]*@)?\w[\w.-]*:(?!:|//))"
    r"/*(?P<path>[\w.+~-]+(?:/+[\w.+~-]+)*)/*"
)
MOST_NAMES = 20
START = re.compile(r"\^(?P<host>[\w-]+(?:\\?\.[\w-]+)+)/")


class OwnName(Struct, frozen=True):
    """A name and whether it is certain; the name of a folder is not."""

    name: str
    is_sure: bool = True


def path_of(address: str) -> str:
    """Return the path in the address of a remote, as a project's short name, or an empty text.

    >>> path_of("https://opendev.org/openstack/nova.git")
    'openstack/nova'
    >>> path_of("git@github.com:org/repo.git")
    'org/repo'
    >>> path_of("/srv/git/nova"), path_of("ext::sh -c x")
    ('', '')
    """
    match = ADDRESS.fullmatch(address)
    if match is None or not {".", ".."}.isdisjoint(match["path"].split("/")):
        return ""
    return match["path"].removesuffix(".git")


def own_name(stanzas: Sequence[str | None], remote: str, folder: str, trusted: bool) -> OwnName:
    """Return the name of a repository; ``stanzas`` are the names of its stanzas, or None.

    ``remote`` is the path of its remote.  A stanza without a name is for the repository itself.
    An untrusted repository can configure only itself, so its stanzas have its name.  A repository
    that configures only others has the name of its remote or folder, which may be those of a
    mirror.  Raises `NotAvailableError` if several names are possible.
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


def name_on_branches(stanzas: Sequence[str | None], folder: str) -> OwnName | None:
    """Return the name from the stanzas of all branches of an untrusted repository, if it is one.

    A project has one name on all its branches.
    """
    named = _named(stanzas)
    alike = [name for name in named if is_same_project(name, folder)]
    found = next((names for names in (named, alike) if names and _is_one(names)), None)
    return OwnName(max(found, key=len)) if found else None


def has_stanza(name: str, stanzas: Sequence[str | None]) -> bool:
    """Return whether a stanza is, or may be, for a project: one by its name or without a name."""
    return None in stanzas or bool(_own(name, stanzas))


def whole_name(name: str, stanzas: Sequence[str | None]) -> str:
    """Return the longest name of the project in its stanzas, or ``name`` itself.

    If a stanza has no name, it is for the repository itself, and a name without the team does not
    match.  Raises `NotAvailableError` if several names are possible.
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
    """Return whether the project and other projects have stanzas with names.

    In a repository that configures several projects, a stanza without a name is for itself.
    """
    own = _own(name, stanzas)
    return bool(own) and len(own) < len(_named(stanzas))


def other_names(own: str, stanzas: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    """Yield the short and the whole name of each project but ``own`` that has a stanza.

    They are equal where the stanzas write one of them only.
    """
    names = dict.fromkeys(_named(stanzas))
    alike: dict[str, list[str]] = {}
    for name in names:
        host, _, short = name.partition("/")
        alike.setdefault(short if "." in host and short in names else name, []).append(name)
    own_names = set(_own(own, stanzas))
    for short, group in alike.items():
        if not own_names.isdisjoint(group):
            continue
        if len(group) > len(("short", "whole")):  # on several hosts
            yield from zip(group, group, strict=True)
        else:
            yield short, max(group, key=len)


def _own(name: str, stanzas: Sequence[str | None]) -> list[str]:
    """Return the names of stanzas that can be for a project."""
    loosely = None not in stanzas
    return [
        stanza_name
        for stanza_name in _named(stanzas)
        if is_same_project(stanza_name, name, loosely=loosely)
    ]


def _named(stanzas: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in stanzas if name and not name.startswith("^")))


def _is_one(names: Sequence[str]) -> bool:
    """Return whether all names can be of the same project."""
    longest = max(names, key=len, default="")
    return all(is_same_project(name, longest) for name in names)


def _only(names: Sequence[str], wanted: str) -> str:
    if not _is_one(names):
        raise NotAvailableError(
            f"{wanted!r} may be any of these; say which --project is meant: "
            f"{first_few(names, MOST_NAMES)}"
        )
    return names[0]


def host_of(pattern: str) -> str:
    r"""Return the host that an expression starts with, or an empty text.

    >>> host_of(r"^opendev\.org/openstack/.*"), host_of("^openstack/.*"), host_of("^.*")
    ('opendev.org', '', '')
    """
    match = START.match(pattern)
    return match["host"].replace("\\.", ".") if match else ""


def possible_hosts(project: TenantProject, patterns: Collection[str]) -> tuple[str, ...]:
    """Return the hosts for which an expression matches a project of which only the name is known.

    They are sorted.
    """
    if "." in project.canonical_name.partition("/")[0]:
        return ()
    hosts = {
        host
        for pattern in patterns
        if (host := host_of(pattern)) and _is_named(f"{host}/{project.canonical_name}", pattern)
    }
    return tuple(sorted(hosts))


def _is_named(name: str, pattern: str) -> bool:
    try:
        return expression(pattern).matches_all(name)
    except InvalidError:
        return False
