"""What is wrong with a text of reStructuredText, found by docutils alone and fast."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from docutils import nodes
from docutils.frontend import Values, get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import new_document

from groundrules.diagnostics import Rule, did_you_mean
from groundrules.pages.rst import anonymous_links
from groundrules.rules import prose as rules
from groundrules.sphinxext.allowed import DIRECTIVES, KINDS, ROLES, only_allowed
from groundrules.sphinxext.readings import Flaw, Mention

SCHEMES = ("http", "https", "mailto")
_SETTINGS = {
    "report_level": 5,
    "halt_level": 6,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "syntax_highlight": "none",
    "warning_stream": "",
}
# how docutils begins to say it → what to do about it
_HINTS = (
    ("Inline emphasis", "an opening '*' without its closing one; write '\\*' for a star"),
    ("Inline strong", "an opening '**' without its closing one"),
    ("Inline literal", "an opening '``' without its closing one"),
    ("Inline interpreted text", "an opening '`' without its closing one"),
    ("Inline substitution", "an opening '|' without its closing one; write '\\|' for a bar"),
    ("Unexpected indentation", "this line is indented; put an empty line before it"),
    ("Block quote ends", "an empty line is missing after the indented lines"),
    ("Bullet list ends", "an empty line is missing after the list"),
    ("Enumerated list ends", "an empty line is missing after the list"),
    ("Definition list ends", "an empty line is missing after the definition"),
    ("Explicit markup ends", "an empty line is missing after the directive"),
    ("Unexpected section title", "a text cannot hold a heading"),
    ("Title underline too short", "a text cannot hold a heading"),
)
_OPENING = re.compile(r"an opening '(.+?)'")


@cache
def _settings() -> Values:
    """Return the settings for every text; docutils takes longer to make them than to read one."""
    settings = get_default_settings(Parser)
    for key, value in _SETTINGS.items():
        setattr(settings, key, value)
    return settings


def read_markup(text: str) -> Reading:
    """Read ``text`` as docutils does; return its flaws and the records it mentions."""
    reading = Reading(text)
    reading.note_nodes(reading.document())
    return reading


def plain(text: str) -> str:
    """Return ``text`` without its markup, on one line."""
    return " ".join(Reading(text).document().astext().split())


@dataclass(slots=True)
class Reading:
    """What docutils finds in ``text``."""

    text: str
    flaws: list[Flaw] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def document(self) -> nodes.document:
        """Return the text's nodes; note what the parser complains of and what it refuses."""
        document = new_document("text", _settings())
        document.reporter.attach_observer(self.note_message)
        with only_allowed(self.note_directive, self.note_role):
            Parser().parse(anonymous_links(self.text), document)
        return document

    def note(self, rule: Rule, index: int, message: str) -> None:
        """Note a flaw, once."""
        flaw = Flaw(rule, index, message)
        if flaw not in self.flaws:
            self.flaws.append(flaw)

    def note_directive(self, name: str) -> None:
        """Note a directive that is not allowed."""
        message = f"the directive {name!r} cannot be used in data{did_you_mean(name, DIRECTIVES)}"
        self.note(rules.FORBIDDEN_MARKUP, self.find(f"{name}::"), message)

    def note_role(self, name: str, raw: str, content: str, line: int) -> str:
        """Note the record that a role mentions, or that it is not allowed; return its title."""
        index = self.find(raw, line)
        explicit = re.fullmatch(r"(.*?)\s*<([^<>]*)>", content, re.DOTALL)
        title, target = explicit.groups() if explicit else (content, content)
        domain, _, kind = name.rpartition(":")
        if domain == "ci" and kind in KINDS:
            self.mentions.append(Mention(kind, target.strip(), index))
        elif not name:
            message = "single backquotes mean nothing here; write ``code`` with two of them"
            self.note(rules.BROKEN_PROSE, index, message)
        elif name not in ROLES:
            known = [*ROLES, *(f"ci:{each}" for each in KINDS)]
            message = f"the role {name!r} cannot be used in data{did_you_mean(name, known)}"
            self.note(rules.FORBIDDEN_MARKUP, index, message)
        return title

    def note_message(self, message: nodes.system_message) -> None:
        """Note what docutils warns of, in words that say what to do."""
        if message["level"] < 2:
            return
        said = message.children[0].astext() if message.children else message.astext()
        hint = next((hint for start, hint in _HINTS if said.startswith(start)), None)
        index = self.start_of_line(message.get("line", 1))
        if hint and (mark := _OPENING.match(hint)):
            index = self.last_opening(mark[1], index)
        self.note(rules.BROKEN_PROSE, index, hint or said.partition("\n")[0])

    def note_nodes(self, document: nodes.document) -> None:
        """Note what is correct in itself and still cannot stand in a record."""
        for node in document.findall():
            match node:
                case nodes.title() if isinstance(node.parent, nodes.section):
                    index = self.find(node.astext())
                    self.note(rules.BROKEN_PROSE, index, "a text cannot hold a heading")
                case nodes.footnote_reference() | nodes.citation_reference():
                    index = self.find(node.astext())
                    message = "footnotes cannot be used in data"
                    self.note(rules.FORBIDDEN_MARKUP, index, message)
                case nodes.target() if node.get("refuri"):
                    self._note_address(node["refuri"])
                case nodes.target() if node.get("ids"):
                    index = self.find(node.rawsource)
                    self.note(rules.FORBIDDEN_MARKUP, index, "link targets cannot be set in data")
                case nodes.substitution_reference():
                    self._note_substitution(document, node["refname"])
                case nodes.reference():
                    self._note_link(document, node)

    def _note_substitution(self, document: nodes.document, name: str) -> None:
        if name not in document.substitution_defs:
            message = f"nothing is defined as |{name}|"
            self.note(rules.BROKEN_PROSE, self.find(f"|{name}|"), message)

    def _note_link(self, document: nodes.document, node: nodes.reference) -> None:
        address, name = node.get("refuri"), node.get("refname")
        if address:
            self._note_address(address)
        elif name and name not in document.nameids:
            message = f"{name!r} is linked but leads nowhere; write '\\_' for an underscore"
            self.note(rules.BROKEN_PROSE, self.find(node.rawsource), message)

    def _note_address(self, address: str) -> None:
        if address.partition(":")[0].lower() not in SCHEMES:
            message = f"a link to {address!r} is not a web or mail address"
            self.note(rules.FORBIDDEN_MARKUP, self.find(address), message)

    def last_opening(self, mark: str, start: int) -> int:
        """Return where ``mark`` opens for the last time in the paragraph that begins at ``start``.

        Docutils tells the paragraph only; the mark without its closing one is most often the
        last, since an earlier one would have found it.
        """
        end = (self.text + "\n\n").find("\n\n", start)
        opening = re.compile(
            rf"(?<![^\s(\[{{<'\"/:-]){re.escape(mark)}(?=[^\s{re.escape(mark[0])}])"
        )
        places = [each.start() for each in opening.finditer(self.text, start, end)]
        return places[-1] if places else start

    def find(self, raw: str, line: int = 1) -> int:
        """Return where ``raw`` stands, looked for from the start of ``line`` on."""
        start = self.start_of_line(line)
        found = self.text.find(raw, start)
        return found if found >= 0 else max(self.text.find(raw), 0) or start

    def start_of_line(self, line: int) -> int:
        """Return where the text of ``line``, from 1, begins."""
        lines = self.text.splitlines(keepends=True) or [""]
        number = min(max(line, 1), len(lines))
        before = sum(len(each) for each in lines[: number - 1])
        return before + len(lines[number - 1]) - len(lines[number - 1].lstrip())
