"""What is wrong with a text of reStructuredText, found by docutils alone and fast.

Data comes from strangers' changes, so only markup that is known to be harmless is allowed:
directives and roles that are not in the tables below are refused before they run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Directive, Parser, directives, roles
from docutils.parsers.rst.directives import admonitions, body, misc, tables
from docutils.utils import new_document

from groundrules import rules
from groundrules.diagnostics import Rule, did_you_mean
from groundrules.pages.rst import PLAIN, anonymous_links

@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong at character ``index`` of a text."""

    rule: Rule
    index: int
    message: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A role of the manual's own domain that names a record, at character ``index``."""

    kind: str
    name: str
    index: int


@dataclass(slots=True)
class Reading:
    """What docutils found in one text."""

    flaws: list[Flaw] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


class Ignored(Directive):
    """Stands for a directive of Sphinx; its content is read, its options are Sphinx's affair."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = dict.fromkeys(
        ("caption", "class", "dedent", "emphasize-lines", "force", "linenos", "name"), str
    )
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
    "math": Code,
    "note": admonitions.Note,
    "parsed-literal": body.ParsedLiteral,
    "replace": misc.Replace,
    "rubric": body.Rubric,
    "seealso": Ignored,
    "table": tables.RSTTable,
    "tip": admonitions.Tip,
    "warning": admonitions.Warning,
}
KINDS = ("expectation", "graph", "job", "label", "platform", "session")
ROLES = frozenset(
    "abbr any cve code command doc emphasis envvar file guilabel kbd literal math menuselection "
    "option pep program ref rfc samp strong sub subscript sup superscript term".split()
)
SCHEMES = ("http", "https", "mailto")


def read_markup(text: str) -> Reading:
    """Read ``text`` as docutils does; return its flaws and the records it mentions."""
    reading = Reading()
    if PLAIN.fullmatch(text.strip()):
        return reading
    _note_nodes(reading, text, _parsed(text, reading))
    return reading


def plain(text: str) -> str:
    """Return ``text`` without its markup, on one line."""
    return " ".join(_parsed(text, Reading()).astext().split())


def _parsed(text: str, reading: Reading) -> nodes.document:
    settings = get_default_settings(Parser)
    for key, value in _SETTINGS.items():
        setattr(settings, key, value)
    document = new_document("text", settings)
    document.reporter.attach_observer(lambda message: _note_message(reading, text, message))
    with _dispatch(reading, text):
        Parser().parse(anonymous_links(text), document)
    return document


_SETTINGS = {
    "report_level": 5,
    "halt_level": 6,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "syntax_highlight": "none",
    "warning_stream": "",
}


@contextmanager
def _dispatch(reading: Reading, text: str) -> Iterator[None]:
    """Let docutils find only the directives and roles of the tables above."""
    saved = directives.directive, roles.role

    def directive(name: str, *_: Any) -> tuple[type[Directive] | None, list[Any]]:
        if name in DIRECTIVES:
            return DIRECTIVES[name], []
        hint = did_you_mean(name, DIRECTIVES) if name not in _DANGEROUS else ""
        message = f"the directive {name!r} cannot be used in data{hint}"
        reading.flaws.append(Flaw(rules.FORBIDDEN_MARKUP, _find(text, f"{name}::"), message))
        return Code, []

    def role(name: str, _: Any, line: int, __: Any) -> tuple[Any, list[Any]]:
        return _role(reading, text, name, line), []

    directives.directive, roles.role = directive, role  # type: ignore[assignment]
    try:
        yield
    finally:
        directives.directive, roles.role = saved


_DANGEROUS = frozenset("raw include literalinclude image figure csv-table role".split())


def _role(reading: Reading, text: str, name: str, line: int) -> Any:
    def found(
        _: str, raw: str, content: str, *__: Any, **___: Any
    ) -> tuple[list[nodes.Node], list[nodes.Node]]:
        index = _find(text, raw, line)
        domain, _, kind = name.rpartition(":")
        if domain == "ci" and kind in KINDS:
            reading.mentions.append(Mention(kind, _target(content), index))
        elif name not in ROLES:
            known = [*ROLES, *(f"ci:{kind}" for kind in KINDS)]
            message = f"the role {name!r} cannot be used in data{did_you_mean(name, known)}"
            reading.flaws.append(Flaw(rules.FORBIDDEN_MARKUP, index, message))
        return [nodes.inline(raw, _title(content))], []

    return found


def _title(content: str) -> str:
    return re.sub(r"\s*<[^<>]*>$", "", content)


def _target(content: str) -> str:
    explicit = re.search(r"<([^<>]*)>$", content)
    return (explicit[1] if explicit else content).strip().lstrip("~!")


_HINTS = (
    ("Inline emphasis start-string", "an opening '*' without its closing one; write '\\*' for a star"),
    ("Inline strong start-string", "an opening '**' without its closing one"),
    ("Inline literal start-string", "an opening '``' without its closing one"),
    ("Inline interpreted text", "an opening '`' without its closing one"),
    ("Inline substitution_reference", "an opening '|' without its closing one; write '\\|' for a bar"),
    ("Unexpected indentation", "this line is indented; put an empty line before it or indent it less"),
    ("Block quote ends without", "an empty line is missing after the indented lines"),
    ("Bullet list ends without", "an empty line is missing after the list"),
    ("Enumerated list ends without", "an empty line is missing after the list"),
    ("Definition list ends without", "an empty line is missing after the definition"),
    ("Explicit markup ends without", "an empty line is missing after the directive"),
    ("Unexpected section title", "a text cannot hold a heading"),
    ("Title underline too short", "a text cannot hold a heading"),
)


def _note_message(reading: Reading, text: str, message: nodes.system_message) -> None:
    if message["level"] < 2:
        return
    said = message.children[0].astext() if message.children else message.astext()
    hint = next((hint for start, hint in _HINTS if said.startswith(start)), said.split("\n")[0])
    flaw = Flaw(rules.BROKEN_PROSE, _start_of_line(text, message.get("line", 1)), hint)
    if flaw not in reading.flaws:
        reading.flaws.append(flaw)


def _note_nodes(reading: Reading, text: str, document: nodes.document) -> None:
    """Note what is correct in itself and still cannot stand in a record."""

    def note(rule: Rule, raw: str, message: str) -> None:
        reading.flaws.append(Flaw(rule, _find(text, raw), message))

    for node in document.findall():
        match node:
            case nodes.title() if isinstance(node.parent, nodes.section):
                note(rules.BROKEN_PROSE, node.astext(), "a text cannot hold a heading")
            case nodes.footnote_reference() | nodes.citation_reference():
                note(rules.FORBIDDEN_MARKUP, node.astext(), "footnotes cannot be used in data")
            case nodes.target() if node.get("ids") and not node.get("refuri"):
                note(rules.FORBIDDEN_MARKUP, node.rawsource, "link targets cannot be set in data")
            case nodes.substitution_reference():
                name = node["refname"]
                if name not in document.substitution_defs:
                    note(rules.BROKEN_PROSE, f"|{name}|", f"nothing is defined as |{name}|")
            case nodes.reference():
                _note_link(note, document, node)


def _note_link(
    note: Callable[[Rule, str, str], None], document: nodes.document, node: nodes.reference
) -> None:
    address, name = node.get("refuri"), node.get("refname")
    if address and address.partition(":")[0].lower() not in SCHEMES:
        note(rules.FORBIDDEN_MARKUP, address, f"a link to {address!r} is not a web or mail address")
    elif name and name not in document.nameids:
        message = f"{name!r} is linked but leads nowhere; write '\\_' for an underscore"
        note(rules.BROKEN_PROSE, node.rawsource, message)


def _find(text: str, raw: str, line: int = 1) -> int:
    """Return where ``raw`` stands in ``text``, looked for from the start of ``line`` on."""
    start = _start_of_line(text, line)
    found = text.find(raw, start)
    return found if found >= 0 else max(text.find(raw), 0) or start


def _start_of_line(text: str, line: int) -> int:
    lines = text.splitlines(keepends=True)
    number = min(max(line, 1), len(lines))
    before = sum(len(each) for each in lines[: number - 1])
    return before + len(lines[number - 1]) - len(lines[number - 1].lstrip())
