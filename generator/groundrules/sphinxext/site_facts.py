"""`SiteFacts`: what pages say of the manual as a whole, kept in Sphinx's environment.

Sphinx writes some pages in every build, such as the index and the search.  With this, a build in
which nothing changed does not read the records for them.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple, cast

from sphinx.environment import BuildEnvironment

from groundrules.sphinxext.domain import ci_domain

if TYPE_CHECKING:
    from groundrules.records.manual import Manual


class SiteFacts(NamedTuple):
    """The values of the same names in ``manual.yaml``."""

    title: str
    publisher: str
    site: str | None
    report: str | None
    updated: datetime.date | None

    @classmethod
    def of(cls, manual: Manual) -> SiteFacts:
        """Return those of a manual."""
        return cls(*(getattr(manual, name) for name in cls._fields))


def site_facts(env: BuildEnvironment) -> SiteFacts:
    """Return those of the manual that an environment is of, once its outdated pages are known."""
    return cast(SiteFacts, ci_domain(env).data["site"])
