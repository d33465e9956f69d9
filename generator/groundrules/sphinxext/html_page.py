"""`HtmlPage`: a page that Sphinx is about to write, to which parts of this package add.

`SiteFacts` are what pages say of the manual as a whole.  Sphinx writes some pages in every build,
such as the index and the search.  With this, kept in its environment, a build in which nothing
changed does not read the records for them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from groundrules.sphinxext.domain import ci_domain

if TYPE_CHECKING:
    from groundrules.records.manual import Manual


class HtmlPage(NamedTuple):
    """A page, the variables of its template, and its nodes if it has a source."""

    app: Sphinx
    name: str
    context: dict[str, Any]
    doctree: nodes.document | None

    def href(self, page: str) -> str:
        """Return the address of another page, relative to this one."""
        return self.app.builder.get_relative_uri(self.name, page)


def on_each_page(*add: Callable[[HtmlPage], None], in_epub: bool = False) -> Callable[..., None]:
    """Return a handler of Sphinx's event ``html-page-context`` that calls some functions."""

    def handle(app: Sphinx, name: str, _: str, context: dict[str, Any], doctree: Any) -> None:
        if in_epub or app.builder.name != "epub":
            page = HtmlPage(app, name, context, doctree)
            for add_part in add:
                add_part(page)

    return handle


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
