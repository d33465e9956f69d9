"""`Usage`: the projects that use documented labels and jobs in the graphs of a configuration.

Like `groundrules.graphs.impact`, this does not depend on a CI system.
"""

from __future__ import annotations

from msgspec import Struct

MOST_PROJECTS = 12
"""The projects that a page names; with more, the site would grow with labels times projects."""


class UsageNames(Struct, frozen=True, kw_only=True):
    """The labels and jobs whose users are requested, and the documented ``projects``."""

    labels: frozenset[str] = frozenset()
    jobs: frozenset[str] = frozenset()
    projects: frozenset[str] = frozenset()


class Users(Struct, frozen=True, kw_only=True):
    """The projects that use an object: their number, and the first `MOST_PROJECTS` by name."""

    count: int = 0
    projects: tuple[str, ...] = ()


class Usage(Struct, frozen=True, kw_only=True):
    """The users of each label and job that is used, and what was searched for them.

    ``graphs`` is the number of graphs, of so many ``projects``; ``unknown`` are sentences about
    what is not known.  ``called`` has the names of documented projects that are other ones here.
    """

    labels: dict[str, Users] = {}
    jobs: dict[str, Users] = {}
    projects: int = 0
    graphs: int = 0
    unknown: tuple[str, ...] = ()
    called: dict[str, str] = {}


class NamedUsage(Struct, frozen=True, kw_only=True):
    """The users in a configuration of a manual by its name; None if it could not be read."""

    name: str
    usage: Usage | None = None
