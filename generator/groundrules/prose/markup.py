"""Checks a text of reStructuredText with docutils alone, which is fast."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache

from docutils import nodes
from docutils.frontend import Values, get_default_settings
from docutils.utils import new_document

from groundrules.diagnostics import Rule
from groundrules.nearest import did_you_mean, nearest
from groundrules.prose.allowed import DIRECTIVES, ROLES, is_address, only_allowed
from groundrules.prose.complaints import NO_HEADING, complaint, no_target
from groundrules.prose.languages import instead, is_language
from groundrules.prose.markdown import blanked, find_markdown
from groundrules.prose.parser import MOST, Parser, nested_at_most
from groundrules.prose.passage import Passage
from groundrules.prose.prose_cache import Flaw, RoleUse
from groundrules.prose.reading_work import MOST_WORK, beginnings, work_of_words
from groundrules.prose.record_mentions import KINDS, RECORD_ROLES, of_role, title_and_target
from groundrules.prose.record_text import block, is_simple, published
from groundrules.rules import prose as rules

_SETTINGS = {
    "report_level": 5,
    "halt_level": 6,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "syntax_highlight": "none",
    "warning_stream": "",
}
_ALMOST_DIRECTIVE = re.compile(r"([a-z-]+): ?")
_WHITE = re.compile(r"[ \t\n]+")  # not the space that keeps a number and its unit on one line
_NO_FOOTNOTE = "footnotes cannot be used in data; write the note into the text"
_NO_SUBSTITUTION = "substitutions cannot be defined in data; write the words where they belong"
_NO_LINE = "a line of punctuation cannot be used in data; remove it, or write it as ``code``"
# Sphinx shows the character after an ampersand as an accelerator, and fails if there is none
# (sphinx.roles.GUILabel).
_ACCELERATED = frozenset({"guilabel", "menuselection"})
_LONE_AMPERSAND = re.compile(r"(?<!&)&\Z")
_MARK = re.compile(r"[*`|](?=\S)")


@cache
def _settings() -> Values:
    """Return the settings for every text; docutils takes longer to make them than to read one."""
    settings = get_default_settings(Parser)
    for key, value in _SETTINGS.items():
        setattr(settings, key, value)
    return settings


def read_markup(text: str, languages: AbstractSet[str] = frozenset()) -> Reading:
    """Read ``text`` as docutils does; return its flaws and the records it mentions."""
    whole = block(text)
    marks = [] if is_simple(whole) else find_markdown(whole)
    reading = Reading(Passage(blanked(whole, marks)), languages)
    for mark in marks:
        reading.note(rules.BROKEN_PROSE, mark.start, f"this is a {mark.message}")
    if not is_simple(reading.text) and not reading.note_costly():
        reading.note_nodes(reading.document())
    return reading


def plain(text: str) -> str:
    """Return ``text`` without its markup, on one line."""
    document = Reading(Passage(block(text))).document()
    for message in list(document.findall(nodes.system_message)):
        message.parent.remove(message)
    return _WHITE.sub(" ", document.astext()).strip()


@dataclass(slots=True)
class Reading:
    """The results of docutils for ``text``, a `block`; ``languages`` are additional ones."""

    text: Passage
    languages: AbstractSet[str] = frozenset()
    noted: dict[Flaw, None] = field(default_factory=dict)
    mentions: list[RoleUse] = field(default_factory=list)

    @property
    def flaws(self) -> list[Flaw]:
        """The flaws in the order in which they were noted."""
        return list(self.noted)

    def document(self) -> nodes.document:
        """Return the text's nodes; note what the parser complains of and what it refuses."""
        document = new_document("text", _settings())
        document.reporter.attach_observer(self.note_message)
        nesting = nested_at_most(MOST, self.note_nesting)
        with only_allowed(self.note_directive, self.note_role), nesting:
            Parser().parse(published(self.text), document)
        return document

    def note_costly(self) -> bool:
        """Report a paragraph that would take docutils seconds; return whether there is one."""
        start = 0
        for paragraph in self.text.split("\n\n"):
            marks = len(_MARK.findall(paragraph))
            if marks * len(paragraph) + work_of_words(paragraph) > MOST_WORK:
                marks += sum(count for count, _ in beginnings(paragraph))
                size = f"{marks} marks in {len(paragraph)} characters"
                place = self.text.start_of_content(start)
                self.note(rules.BROKEN_PROSE, place, f"this paragraph has {size}; split it")
                return True
            start += len(paragraph) + 2
        return False

    def note(self, rule: Rule, place: int | str, message: str) -> None:
        """Note a flaw, once; ``place`` is a character or a part of the text."""
        index = self.text.place_of(place) if isinstance(place, str) else place
        self.noted[Flaw(rule, index, message)] = None

    def note_directive(self, name: str) -> None:
        """Note a directive that is not allowed."""
        message = f"the directive {name!r} cannot be used in data{did_you_mean(name, DIRECTIVES)}"
        self.note(rules.FORBIDDEN_MARKUP, f"{name}::", message)

    def note_nesting(self, line: int) -> None:
        """Report a block too deep inside others."""
        message = f"more than {MOST} lists, quotations or tables are nested here"
        self.note(rules.BROKEN_PROSE, self.text.start_of_line(line), message)

    def note_role(self, name: str, raw: str, content: str, line: int) -> str:
        """Note the record that a role mentions, or that it is not allowed; return its title."""
        index = self.text.place_of(raw, line)
        title, _ = title_and_target(content)
        if name in RECORD_ROLES:
            self.mentions += of_role(name, content, index)
        elif not name:
            message = f"single backquotes are Markdown; write ``{_shortened(content)}`` for code"
            self.note(rules.BROKEN_PROSE, index, message)
        elif name in _ACCELERATED and _LONE_AMPERSAND.search(title):
            message = f"the role {name!r} cannot end with a single '&'; write '&&' for an ampersand"
            self.note(rules.BROKEN_PROSE, index, message)
        elif name not in ROLES:
            message = f"the role {name!r} cannot be used in data{_role_for(name)}"
            self.note(rules.FORBIDDEN_MARKUP, index, message)
        return title

    def note_message(self, message: nodes.system_message) -> None:
        """Report a warning of docutils, rewritten to say what to do."""
        if message["level"] < 2:
            return
        said = message.children[0].astext() if message.children else message.astext()
        reported = complaint(said)
        index = self.text.start_of_line(message.get("line", 1))
        if reported.opening:
            index = self.text.last_opening(reported.opening, index)
        elif reported.part:
            index = self.text.place_of(reported.part)
        self.note(reported.rule, index, reported.message)

    def note_nodes(self, document: nodes.document) -> None:
        """Report correct markup that a record cannot have."""
        ends = {
            (each["enumtype"], each.get("start", 1) + len(each))
            for each in document.findall(nodes.enumerated_list)
        }
        for node in document.findall():
            match node:
                case nodes.title() if isinstance(node.parent, nodes.section):
                    self.note(rules.BROKEN_PROSE, node.astext(), NO_HEADING)
                case nodes.footnote_reference() | nodes.citation_reference():
                    index = self.text.place_of(node.rawsource) + 1
                    self.note(rules.FORBIDDEN_MARKUP, index, _NO_FOOTNOTE)
                case nodes.footnote() | nodes.citation():
                    self.note(rules.FORBIDDEN_MARKUP, self._start(node), _NO_FOOTNOTE)
                case nodes.substitution_definition():
                    # docutils moves the name of a second definition to dupnames
                    name = (node["names"] + node["dupnames"])[0]
                    self.note(rules.FORBIDDEN_MARKUP, f"|{name}|", _NO_SUBSTITUTION)
                case nodes.transition():
                    self.note(rules.BROKEN_PROSE, self._start(node), _NO_LINE)
                case nodes.comment() if node.astext():
                    self._note_comment(node.astext().partition("\n")[0])
                case nodes.enumerated_list() if len(node) == 1 and not _goes_on(node, ends):
                    self._note_item(self.text.start_of_line(_first_line(node)))
                case nodes.line_block() if len(lines := _outward(node)) > MOST:
                    self.note_nesting(lines[-1].line or 1)
                case nodes.target():
                    self._note_target(node)
                case nodes.literal_block() if name := node.get("language"):
                    self._note_language(name, self._start(node))
                case nodes.substitution_reference():
                    self._note_substitution(document, node["refname"])
                case nodes.reference():
                    self._note_link(document, node)
        self._note_anonymous(document)

    def _start(self, node: nodes.Element) -> int:
        return self.text.start_of_line(node.line or 1)

    def _note_comment(self, first: str) -> None:
        """Report a comment, which readers do not see; often a directive with one colon."""
        message = "no page shows this comment; write '\\..' for dots"
        if (almost := _ALMOST_DIRECTIVE.match(first)) and almost[1] in DIRECTIVES:
            message = f"no page shows this comment; write '.. {almost[1]}::'"
        dotted = f".. {first}"
        self.note(rules.BROKEN_PROSE, dotted if dotted in self.text else first, message)

    def _note_item(self, index: int) -> None:
        """Report a list of one item that does not start at 1: it is a name or a number."""
        mark = self.text[index:].split(maxsplit=1)[0]
        message = f"{mark!r} begins a list here; write '{mark[:-1]}\\{mark[-1]}' for text"
        self.note(rules.BROKEN_PROSE, index, message)

    def _note_target(self, node: nodes.target) -> None:
        address = node.get("refuri")
        if address is None:
            message = "link targets cannot be set in data"
            self.note(rules.FORBIDDEN_MARKUP, node.rawsource, message)
        elif not is_address(address):
            self._note_address(address)
        elif not node.get("anonymous"):
            message = f"named links cannot be used in data; write `text <{address}>`__ instead"
            self.note(rules.FORBIDDEN_MARKUP, node.rawsource, message)

    def _note_substitution(self, document: nodes.document, name: str) -> None:
        if name not in document.substitution_defs:
            message = f"unknown substitution |{name}|; write '\\|' for a bar"
            self.note(rules.BROKEN_PROSE, f"|{name}|", message)

    def _note_language(self, name: str, start: int) -> None:
        """Note a language that no block can be shown in, of the directive at ``start``."""
        if not is_language(name, self.languages):
            index = self.text.find(name, self.text.find("::", start))
            message = f"unknown code-block language {name!r}; {instead(name)}"
            self.note(rules.UNKNOWN_LANGUAGE, index, message)

    def _note_link(self, document: nodes.document, node: nodes.reference) -> None:
        address, name = node.get("refuri"), node.get("refname")
        if address:
            self._note_address(address)
        elif name and name not in document.nameids:
            self.note(rules.BROKEN_PROSE, node.rawsource, no_target(node.get("name", name)))

    def _note_anonymous(self, document: nodes.document) -> None:
        """Report unpaired anonymous links and targets (``__ …``), which affect other records."""
        links = [
            each
            for each in document.findall(nodes.reference)
            # one around a substitution has no name; the substitution itself is reported
            if each.get("anonymous") and "name" in each and not each.get("refuri")
        ]
        targets = [each for each in document.findall(nodes.target) if each.get("anonymous")]
        for link in links[len(targets) :]:
            written = link.rawsource.removesuffix("_")  # `published` may add it
            self.note(rules.BROKEN_PROSE, written, no_target(link["name"]))
        for target in targets[len(links) :]:
            message = "no link leads to this address; write `text <ADDRESS>`__ where it belongs"
            self.note(rules.BROKEN_PROSE, target.rawsource, message)

    def _note_address(self, address: str) -> None:
        if not is_address(address):
            message = f"a link to {address!r} is not a web or mail address"
            self.note(rules.FORBIDDEN_MARKUP, address, message)


def _role_for(name: str) -> str:
    """Return the end of a message: the role that was meant, the manual's own before others."""
    domain, _, own = name.rpartition(":")
    near = nearest(own, [*ROLES, *KINDS]) if domain in ("", "ci") else None
    if kind := own if own in KINDS else near if near in KINDS else None:
        return f"; did you mean 'ci:{kind}'?"
    return did_you_mean(name, [*ROLES, *RECORD_ROLES])


def _shortened(content: str) -> str:
    line = " ".join(content.split())
    return line if len(line) <= 40 else f"{line[:37]}..."


def _goes_on(node: nodes.enumerated_list, ends: AbstractSet[tuple[str, int]]) -> bool:
    """Return whether a list begins at the beginning, or where another one ends."""
    start = node.get("start", 1)
    return start == 1 or (node["enumtype"], start) in ends


def _first_line(node: nodes.Element) -> int:
    """Return the line a node begins at; of a list, docutils before 0.22 reports its content's."""
    return next((each.line for each in node.findall() if each.line), 1)


def _outward(node: nodes.Node) -> list[nodes.Node]:
    """Return a node and those of its kind around it, each directly in the next."""
    around = [node]
    while isinstance(around[-1].parent, type(node)):
        around.append(around[-1].parent)
    return around
