"""`shown`: plain words → reStructuredText that shows them, with as few escapes as possible.

The rules are those of docutils' "inline markup recognition rules" and of the blocks that a line
can begin.  Web addresses stay links.  A text is one paragraph; `split_marks` keeps paragraphs
within what the check of prose accepts.
"""

from __future__ import annotations

import re

from docutils.utils import urischemes

from groundrules.prose.reading_work import MOST_WORK, work_of_words

# an address, and one in which docutils sees no other markup, such as the end of a reference
_ADDRESS = re.compile(r"https?://\w[\w.~/?#=&%+,;:$@!*|'()-]*(?<![.,;:?!)'_*|])", re.ASCII)
_SAFE_ADDRESS = re.compile(
    r"https?://[^\W_](?:[a-zA-Z0-9.~/?#=&%+,;$-]|:(?!:)|_(?=\w))*(?<!-)", re.ASCII
)
_AROUND_ADDRESS = re.compile(r"([(<\[{\"'“‘«]*)(https?://.+?)([)>\]}\"'”’».,;:!?_*|]*)")
_AFTER_ADDRESS = re.compile(r"[*_|]|:(?=:)")
_UNDERSCORE = re.compile(r"_(?=_*(?:[\W]|$))")
_SCHEME = re.compile(r"(?<![A-Za-z0-9.+-])([A-Za-z][A-Za-z0-9.+-]{0,60}):(?=\S)")
_LINKED = frozenset({"http", "https", "mailto"})
# a mark at the start of a paragraph begins another block: a list, a comment, a field, a quotation
_ENUMERATOR = re.compile(r"\(?(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+|#)[.)](?=\s|$)")
_SAFE_START = frozenset("\"'([{<@$&%,;=~^!?")
_RULE = re.compile(r"([!-/:-@\[-`{-~])\1{2,}")
LONGEST_WORD = 300
_MOST_WORK = MOST_WORK // 2  # of a paragraph


def shown(words: str) -> str:
    """Return a paragraph of reStructuredText that shows ``words``, all on one line.

    >>> print(shown("see https://example.org/a_b: *not* a_ :role:"), shown("1. July"))
    see https://example.org/a_b: \\*not\\* a\\_ :role: 1\\. July
    """
    return started(" ".join(map(_word, words.split())))


def inside(words: str) -> str:
    """Return words that stand within a paragraph, after others."""
    return " ".join(map(_word, words.split()))


def started(paragraph: str) -> str:
    """Return escaped words so that they begin no other block than a paragraph."""
    if match := _ENUMERATOR.match(paragraph):
        return f"{paragraph[: match.end() - 1]}\\{paragraph[match.end() - 1 :]}"
    first = paragraph[:1]
    if not first or first.isalnum() or first in "\\`":
        return paragraph
    is_rule = len(set(paragraph)) == 1
    return paragraph if first in _SAFE_START and not is_rule else f"\\{paragraph}"


def code(words: str) -> str:
    """Return words as a literal, or as text if a literal cannot have them."""
    text = " ".join(words.split())
    if not text or "`" in text or text.startswith("\\") or text.endswith("\\"):
        return inside(words)
    return f"``{text}``"


def link(title: str, address: str) -> str:
    """Return an anonymous link with a title.

    >>> print(link("notes <1>", "https://example.org/a_"))
    `notes \\<1\\> <https://example.org/a\\_>`__
    """
    text = re.sub(r"[\\`<>]", r"\\\g<0>", " ".join(title.split()))
    return f"`{text} <{re.sub(r'[`<>_*|]', _in_address, address)}>`__"


def _in_address(match: re.Match[str]) -> str:
    mark = match[0]
    return f"\\{mark}" if mark in "_*|" else f"%{ord(mark):02X}"


def _word(word: str) -> str:
    if len(word) > LONGEST_WORD and not word.startswith("http"):
        pieces = (word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD))
        return " ".join(map(_word, pieces))
    match = _AROUND_ADDRESS.fullmatch(word)
    if match is None or not _ADDRESS.fullmatch(match[2]):
        return _escaped(word)
    address = match[2] if _SAFE_ADDRESS.fullmatch(match[2]) else link(match[2], match[2])
    after = _AFTER_ADDRESS.sub(r"\\\g<0>", match[3])
    return f"{_escaped(match[1])}{address}{after}"


def _escaped(word: str) -> str:
    if word.isalnum():
        return word
    if not word.strip("\\") and len(word) > 1:  # escaped, it would be a line of punctuation
        return f"``{word}``"
    text = re.sub(r"[\\`|]|\*(?!$)|(?<=.)\*$", r"\\\g<0>", word)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = re.sub(r":(?=:)|\((?<=\]\()|(?<=\]):$", r"\\\g<0>", text)
    text = _SCHEME.sub(_unlinked, text)
    return f"\\{text}" if _RULE.match(word) and not text.startswith("\\") else text


def _unlinked(match: re.Match[str]) -> str:
    is_scheme = match[1].lower() in urischemes.schemes and match[1].lower() not in _LINKED
    return f"{match[1]}\\:" if is_scheme else match[0]


def is_quick(paragraph: str) -> bool:
    """Return whether docutils reads a paragraph in little time."""
    return _marks(paragraph) * len(paragraph) + work_of_words(paragraph) <= _MOST_WORK


def split_marks(words: list[str]) -> list[list[str]]:
    """Return escaped words in groups; docutils reads each as a paragraph in little time."""
    groups: list[list[str]] = [[]]
    marks = length = in_words = 0
    for word in words:
        marks += _marks(word)
        length += len(word) + 1
        in_words += work_of_words(word)
        if groups[-1] and marks * length + in_words > _MOST_WORK:
            groups.append([])
            marks, length, in_words = _marks(word), len(word) + 1, work_of_words(word)
        groups[-1].append(word)
    return groups


def _marks(words: str) -> int:
    return len(re.findall(r"[*`|]", words))
