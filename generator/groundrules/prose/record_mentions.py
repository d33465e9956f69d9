"""Which records the roles and directives of the domain ``ci`` mention; docutils is not needed."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.prose.prose_cache import RoleUse
from groundrules.records.kinds import roles

KINDS = roles()
DOMAIN = "ci:"
RECORD_ROLES = tuple(f"{DOMAIN}{kind}" for kind in KINDS)
ARGUMENTS = {"around": "job", "graph": "graph"}
"""The directives whose argument names a record, and its kind."""
OPTIONS = frozenset((*KINDS, "topic"))
"""The options of directives that name a record; each is called as its kind."""
TEXT_OPTIONS = ("caption", "header")
"""The options of directives that are read as text."""
VERBATIM = frozenset(
    "ci:toctree code code-block code-cell digraph doctest graph graphviz highlight index "  # noqa: SIM905
    "inheritance-diagram ipython literalinclude math mermaid meta plantuml productionlist prompt "
    "raw sourcecode testcode testcleanup testoutput testsetup toctree uml".split()
)
"""The directives whose content is not read as text."""

OWN = {
    "role": frozenset((*KINDS, *"badge beside edge holds jobs origin row share text word".split())),  # noqa: SIM905
    "directive": frozenset(
        "actions around changes changing details diagram expectations facts fields gantt "  # noqa: SIM905
        "glance going graph keywords lives matrix prose record rules search table toctree "
        "values verification waits".split()
    ),
}
"""The roles and directives of the domain."""


def title_and_target(content: str) -> tuple[str, str]:
    """Return what a role shows and what it leads to, as Sphinx divides them.

    >>> title_and_target("the base job <base>")
    ('the base job', 'base')
    >>> title_and_target("base")
    ('base', 'base')
    """
    title, opening, target = content.rstrip().partition("<")
    if opening and title and not title.endswith("\\") and target.endswith(">"):
        return title.rstrip(), " ".join(target[:-1].split())
    return content, " ".join(content.split())


def of_role(name: str, content: str, position: int) -> Iterator[RoleUse]:
    """Yield the record that a role mentions; ``!`` makes a role of Sphinx lead nowhere."""
    if name in RECORD_ROLES and not content.startswith("!"):
        yield RoleUse(name.removeprefix(DOMAIN), title_and_target(content)[1], position)


def of_page_role(name: str, content: str, position: int) -> Iterator[RoleUse]:
    """Yield the record that a role of a page mentions, or the role if there is none of its name."""
    yield from _unknown("role", name, position)
    yield from of_role(name, content, position)


def _unknown(kind: str, name: str, position: int) -> Iterator[RoleUse]:
    if name.startswith(DOMAIN) and name.removeprefix(DOMAIN) not in OWN[kind]:
        yield RoleUse(kind, name, position)


def of_directive(
    name: str, position: int, argument: tuple[str, int], options: dict[str, tuple[str, int]]
) -> Iterator[RoleUse]:
    """Yield the records that a directive mentions, or it itself if there is none of its name.

    Each value comes with its position.
    """
    if not name.startswith(DOMAIN):
        return
    yield from _unknown("directive", name, position)
    kind = ARGUMENTS.get(name.removeprefix(DOMAIN))
    if kind and len(argument[0].split()) == 1:
        yield RoleUse(kind, *argument)
    for option in sorted(OPTIONS & options.keys()):
        yield RoleUse(option, *options[option])
