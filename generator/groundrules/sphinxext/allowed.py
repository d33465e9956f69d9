"""The directives and roles that data may use, and docutils held to them.

Data comes from strangers' changes, so everything that is not in the tables below is refused
before it runs: what inserts files, raw output or pictures, runs code, or defines roles.  Formulas
are raw LaTeX, which can insert files too, and load a script from another host into HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles
from docutils.parsers.rst.directives import admonitions, body, misc, tables

KINDS = ("expectation", "graph", "job", "label", "platform", "session")
ROLES = frozenset(
    "abbr any cve code command doc emphasis envvar file guilabel kbd literal menuselection "  # noqa: SIM905
    "option pep program ref rfc samp strong sub subscript sup superscript term".split()
)


class AnyOption(dict[str, Callable[[str], Any]]):
    """The options of a directive that takes whichever there are."""

    def __missing__(self, name: str) -> Callable[[str], Any]:
        return str


class Ignored(Directive):
    """Stands for a directive of Sphinx; its content is read, its options are Sphinx's affair."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = AnyOption(name=str)
    content_is_prose = True

    def run(self) -> list[nodes.Node]:
        """Read the content as reStructuredText."""
        container = nodes.container()
        if self.content_is_prose:
            self.state.nested_parse(self.content, self.content_offset, container)
        return [container]


class Code(Ignored):
    """Stands for a block of code."""

    content_is_prose = False


DIRECTIVES: dict[str, type[Directive]] = {
    "admonition": admonitions.Admonition,
    "attention": admonitions.Attention,
    "caution": admonitions.Caution,
    "code": Code,
    "code-block": Code,
    "danger": admonitions.Danger,
    "error": admonitions.Error,
    "hint": admonitions.Hint,
    "important": admonitions.Important,
    "list-table": tables.ListTable,
    "note": admonitions.Note,
    "parsed-literal": body.ParsedLiteral,
    "replace": misc.Replace,
    "rubric": body.Rubric,
    "seealso": Ignored,
    "table": tables.RSTTable,
    "tip": admonitions.Tip,
    "warning": admonitions.Warning,
}


@contextmanager
def only_allowed(
    refuse: Callable[[str], None], met: Callable[[str, str, str, int], str]
) -> Iterator[None]:
    """Let docutils find only the directives of the table, and hand every role to ``met``.

    ``refuse`` is told the name of each other directive; ``met`` a role's name, its whole
    markup, its content and line, and it returns the text to show.
    """
    saved = directives.directive, roles.role

    def directive(name: str, *_: Any) -> tuple[type[Directive], list[Any]]:
        if name not in DIRECTIVES:
            refuse(name)
        return DIRECTIVES.get(name, Code), []

    def role(name: str, _: Any, line: int, __: Any) -> tuple[Any, list[Any]]:
        def show(_: str, raw: str, content: str, *__: Any, **___: Any) -> Any:
            return [nodes.inline(raw, met(name, raw, content, line))], []

        return show, []

    directives.directive, roles.role = directive, role  # type: ignore[assignment]
    try:
        yield
    finally:
        directives.directive, roles.role = saved
