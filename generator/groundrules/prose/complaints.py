"""Messages of docutils, rewritten to say what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from groundrules.diagnostics import Rule
from groundrules.nearest import did_you_mean
from groundrules.prose.allowed import DIRECTIVES
from groundrules.rules import prose as rules

NO_HEADING = "a text cannot have a heading; write '.. rubric:: TITLE'"
# the start of a message of docutils → what to do
_HINTS = (
    ("Inline emphasis", "'*' is not closed; write '\\*' for a star"),
    ("Inline strong", "'**' is not closed; add '**' after the words"),
    ("Inline literal", "'``' is not closed; add '``' after the code"),
    ("Inline interpreted text", "'`' is not closed; add '`' after the words"),
    ("Inline substitution", "'|' is not closed; write '\\|' for a bar"),
    ("Unexpected indentation", "this line is indented; put an empty line before it"),
    ("Block quote ends", "an empty line is missing after the indented lines"),
    ("Bullet list ends", "an empty line is missing after the list"),
    ("Enumerated list ends", "an empty line is missing after the list"),
    ("Definition list ends", "an empty line is missing after the definition"),
    ("Explicit markup ends", "an empty line is missing after the directive"),
    ("Unexpected section title", NO_HEADING),
    ("Title underline too short", NO_HEADING),
    ("Substitution definition", "substitutions cannot be defined in data"),
)
_IN_DIRECTIVE = re.compile(r'Error in "(.+?)" directive:\n(.*)')
_UNKNOWN_OPTION = re.compile(r'unknown option: "(.+)"')
_OPENING = re.compile(r"'(.+?)' is not closed")
# a text and an address that are no link: a bracket or the space before it is missing
_ADDRESS = re.compile(r"(.*?\S)(\s+<?|<)((?:https?://|mailto:)[^\s<>]+)(>?)")


@dataclass(frozen=True, slots=True)
class Complaint:
    """A mistake: ``opening`` is a mark without its closing one, ``part`` the text to change.

    Docutils reports only the line of the paragraph or directive.
    """

    rule: Rule
    message: str
    opening: str = ""
    part: str = ""


def complaint(said: str) -> Complaint:
    """Return the complaint for a message of docutils."""
    if inside := _IN_DIRECTIVE.match(said):
        return _inside(*inside.groups())
    hint = next((hint for start, hint in _HINTS if said.startswith(start)), None)
    opening = _OPENING.match(hint) if hint else None
    message = hint or said.partition("\n")[0]
    return Complaint(rules.BROKEN_PROSE, message, opening=opening[1] if opening else "")


def no_target(name: str) -> str:
    """Return the message for a link that nothing is the target of.

    >>> no_target("here <https://example.org")
    "the address has no '>' after it; write `here <https://example.org>`__"
    >>> no_target("foo")
    "'foo' is a link without a target; write '\\\\_' for an underscore"
    """
    match = _ADDRESS.fullmatch(name)
    if match is None:
        return f"{name!r} is a link without a target; write '\\_' for an underscore"
    text, before, address, after = match.groups()
    lacks = [] if before.endswith("<") else ["no '<' before it"]
    lacks += [] if before.startswith(" ") else ["no space before '<'"]
    lacks += [] if after else ["no '>' after it"]
    wrong = f"the address has {' and '.join(lacks)}" if lacks else "the address is escaped"
    return f"{wrong}; write `{text} <{address}>`__"


def _inside(directive: str, said: str) -> Complaint:
    """Return what is wrong with a directive's argument, options or content."""
    option = _UNKNOWN_OPTION.match(said)
    if option is None or directive not in DIRECTIVES:
        return Complaint(rules.BROKEN_PROSE, f"in the directive {directive!r}: {said}")
    allowed = did_you_mean(option[1], DIRECTIVES[directive].option_spec or ())
    message = f"the directive {directive!r} has no option {option[1]!r} in data{allowed}"
    return Complaint(rules.FORBIDDEN_MARKUP, message, part=f":{option[1]}:")
