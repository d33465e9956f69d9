"""The directives and roles that are allowed in data; docutils finds no others.

Data comes from changes that are not trusted, so everything that is not in the tables below is
rejected before it runs: directives that insert files, raw output or pictures, run code, or define
roles.  Formulas are raw LaTeX, which can insert files too, and in HTML they load a script from
another host.  `groundrules.sphinxext.directives` checks the nodes that Sphinx creates again,
in case the two differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles
from docutils.parsers.rst.directives import admonitions, body, misc, tables
from typing_extensions import override

from groundrules.replaced import replaced

ROLES = frozenset(
    "abbr any cve code command doc emphasis envvar file guilabel kbd literal menuselection "  # noqa: SIM905
    "option pep program ref rfc samp strong sub subscript sup superscript term".split()
)
SCHEMES = ("http", "https", "mailto")


class _Options(dict[str, Callable[[str], Any]]):
    """The options of a directive; true even if it has none.

    Otherwise docutils would read options as text, unlike Sphinx.
    """

    def __bool__(self) -> bool:
        return True


def _taking(base: type[Directive], *options: str) -> type[Directive]:
    """Return a directive of docutils that accepts only ``options``.

    ``name`` is not allowed, since it sets a link target, nor is ``class``, since a text could
    then look like a mark of this program.
    """
    known = base.option_spec or {}
    spec = _Options({name: known[name] for name in options})
    return type(base.__name__, (base,), {"option_spec": spec})


class Code(Directive):
    """A block of code, whose content is not checked.

    It has no caption, which Sphinx would read as markup.
    """

    has_content = True
    optional_arguments = 1
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "dedent": directives.nonnegative_int,
        "emphasize-lines": directives.unchanged_required,
        "force": directives.flag,
        "lineno-start": int,
        "linenos": directives.flag,
    }

    @override
    def run(self) -> list[nodes.Node]:
        block = nodes.literal_block(language="".join(self.arguments[:1]))
        block.line = self.lineno
        return [block]


class _AnyOption(dict[str, Callable[[str], Any]]):
    def __missing__(self, name: str) -> Callable[[str], Any]:
        return str


class Refused(Code):
    """A placeholder for a refused directive, whose content is not checked."""

    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = _AnyOption(name=str)

    @override
    def run(self) -> list[nodes.Node]:
        return [nodes.literal_block()]


# Their arguments and options are those of Sphinx's own directives, or fewer: what is text for one
# and content for the other would not be checked.
DIRECTIVES: dict[str, type[Directive]] = {
    "admonition": _taking(admonitions.Admonition),
    "attention": _taking(admonitions.Attention),
    "caution": _taking(admonitions.Caution),
    "code": type("PlainCode", (Code,), {"option_spec": {"force": directives.flag}}),
    "code-block": Code,
    "danger": _taking(admonitions.Danger),
    "error": _taking(admonitions.Error),
    "hint": _taking(admonitions.Hint),
    "important": _taking(admonitions.Important),
    "list-table": _taking(
        tables.ListTable, "align", "header-rows", "stub-columns", "width", "widths"
    ),
    "note": _taking(admonitions.Note),
    "parsed-literal": _taking(body.ParsedLiteral),
    "rubric": _taking(body.Rubric),
    "seealso": _taking(admonitions.Note),
    "table": _taking(tables.RSTTable, "align", "width", "widths"),
    "tip": _taking(admonitions.Tip),
    "warning": _taking(admonitions.Warning),
}


@contextmanager
def only_allowed(
    refuse: Callable[[str], None], met: Callable[[str, str, str, int], str]
) -> Iterator[None]:
    """Restrict docutils to the directives in the table, and pass every role to ``met``.

    ``refuse`` gets the name of each other directive; ``met`` a role's name, its whole
    markup, its content and line, and it returns the text to show.
    """

    def directive(name: str, *_: Any) -> tuple[type[Directive], list[Any]]:
        if name == "replace":  # only useful in a definition, which is rejected as a whole
            return misc.Replace, []
        if name not in DIRECTIVES:
            refuse(name)
        return DIRECTIVES.get(name, Refused), []

    def role(name: str, _: Any, line: int, __: Any) -> tuple[Any, list[Any]]:
        def show(_: str, raw: str, content: str, *__: Any, **___: Any) -> Any:
            return [nodes.inline(raw, met(name, raw, content, line))], []

        return show, []

    with replaced(directives, directive=directive), replaced(roles, role=role):
        yield


def is_address(address: str) -> bool:
    """Return whether a link leads to a page of the web, or to a person's mail."""
    return address.partition(":")[0].lower() in SCHEMES
