"""Random YAML texts of data files: every style, with comments, anchors, tags and odd spaces."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

WORDS = ["mirror", "of", "PyPI", "https://example.org/a/very/long/path/that/no/line/can/break/at",
         "日本語", "e\u0301tude", "x#y", "``a:b``", "it's", "\u00a0", "don't,", "–"]  # fmt: skip
PLAIN = ["word", "two words", "2016-11-15", "8", "true", "no", "~", "", "session:summit-2016",
         "https://example.org/#a", "日本 語", "1:30", "a 'quote'", "é"]  # fmt: skip
QUOTED = ["''", "'it''s: here'", '"a\\tb \\u00e9"', "'# no comment'", '"two  spaces "', "'yes'"]
COMMENTS = ["# about it", "#", "#\twith a tab", "# schön 日本", "#!  x  ", "# - a: b"]
TAGS = ["", "", "", "!!str ", "!own "]
KEYS = ["topic", "title", "expectations", "id", "statement", "labels", "evidence", "since", "why",
        "keywords", "standing", "note", "'quoted key'", "ключ", "except", "applies_to"]  # fmt: skip


class Writer:
    """Writes one text; ``names`` are the anchors so far."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.names: list[str] = []
        self.lines: list[str] = []

    def any(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def chance(self, of: int) -> bool:
        return bool(self.draw(st.integers(0, of)) == 0)

    def prose(self, least: int = 1, most: int = 40) -> str:
        words = self.draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=most))
        return " ".join(words)

    def noise(self, indent: int) -> None:
        """Write empty lines and comments between entries."""
        while self.chance(5):
            if self.chance(2):
                self.lines.append(self.any("", "  "))
            else:
                column = self.any(indent, indent, indent, 0, indent + 1, max(indent - 2, 0))
                self.lines.append(" " * column + self.any(*COMMENTS))

    def end(self) -> str:
        return self.any("", "", "", " ", "   # at the end", " # schön", "  #\tx")

    def mapping(self, indent: int, depth: int) -> None:
        keys = self.draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=4, unique=True))
        for key in keys:
            self.noise(indent)
            self.value(f"{self.head(indent)}{key}:", indent, depth)

    def sequence(self, indent: int, depth: int) -> None:
        for _ in range(self.draw(st.integers(1, 3))):
            self.noise(indent)
            self.value(f"{self.head(indent)}-", indent, depth)

    def head(self, indent: int) -> str:
        return " " * indent

    def value(self, mark: str, indent: int, depth: int) -> None:
        kinds = ["plain", "quoted", "long", "folded", "literal", "flow", "lines", "alias", "multi"]
        if depth:
            kinds += ["mapping", "sequence", "mapping", "compact"]
        getattr(self, f"write_{self.any(*kinds)}")(mark, indent, depth)

    def anchor(self) -> str:
        if not self.chance(5):
            return ""
        self.names.append(f"a{len(self.names)}")
        return f"&{self.names[-1]} "

    def properties(self) -> str:
        tag = self.any(*TAGS)
        anchor = self.anchor()
        return self.any(tag + anchor, anchor + tag)

    def write_plain(self, mark: str, indent: int, depth: int) -> None:
        space = self.any(" ", " ", "   ")
        self.lines.append(f"{mark}{space}{self.anchor()}{self.any(*PLAIN)}{self.end()}")

    def write_quoted(self, mark: str, indent: int, depth: int) -> None:
        self.lines.append(f"{mark} {self.properties()}{self.any(*QUOTED)}{self.end()}")

    def write_alias(self, mark: str, indent: int, depth: int) -> None:
        word = f"*{self.any(*self.names)}" if self.names else "word"
        self.lines.append(f"{mark} {word}{self.end()}")

    def write_long(self, mark: str, indent: int, depth: int) -> None:
        self.lines.append(f"{mark} {self.anchor()}Prose {self.prose()} end{self.end()}")

    def write_multi(self, mark: str, indent: int, depth: int) -> None:
        """A text in quotes or without, over several lines."""
        quote = self.any("", "'", '"')
        words = self.prose(3).replace("'", "").replace('"', "")
        lines = [f"Start {words}", *(f"and {self.prose(1, 9)}".replace("'", "") for _ in range(2))]
        if self.chance(3):
            lines.insert(1, "")
        pad = " " * (indent + self.any(1, 2, 5))
        first, *rest = [f"{mark} {quote}{lines[0]}", *lines[1:-1], f"{lines[-1]} end{quote}"]
        self.lines += [first, *(f"{pad}{line}" if line else "" for line in rest)]
        self.lines[-1] += self.end()

    def write_folded(self, mark: str, indent: int, depth: int) -> None:
        self.block(mark, indent, ">")

    def write_literal(self, mark: str, indent: int, depth: int) -> None:
        self.block(mark, indent, "|")

    def block(self, mark: str, indent: int, style: str) -> None:
        chomp, step = self.any("", "-", "+"), self.any(1, 2, 4)
        digit = self.any("", str(step))
        comment = self.any("", "", "  # on the header")
        self.lines.append(f"{mark} {self.properties()}{style}{digit}{chomp}{comment}")
        pad = " " * (indent + step)
        start = self.any("", "  ") if digit else ""
        self.lines.append(f"{pad}{start}Block {self.prose(1, 30)}")
        for _ in range(self.draw(st.integers(0, 3))):
            self.lines.append(self.any("", f"{pad}{self.prose()}", f"{pad}  code  x", pad + "end "))

    def write_flow(self, mark: str, indent: int, depth: int) -> None:
        self.lines.append(f"{mark} {self.anchor()}{self.flow(2)}{self.end()}")

    def flow(self, depth: int) -> str:
        words = ["word", "two words", "'a, b'", "8", "*", "https://example.org/x", "日本"]
        words = [
            f"*{self.names[-1]}" if w == "*" and self.names else w.strip("*") or "x" for w in words
        ]
        count = self.draw(st.integers(0, 6))
        if depth and self.chance(3):
            items = [self.flow(depth - 1) for _ in range(count)]
        else:
            items = [self.any(*words) for _ in range(count)]
        space = self.any("", " ")
        if self.chance(2):
            pairs = [f"k{number}: {item}" for number, item in enumerate(items)]
            return "{" + space + f",{self.any(' ', '  ')}".join(pairs) + space + "}"
        return f"[{space}{', '.join(items)}{self.any('', ',') if items else ''}{space}]"

    def write_lines(self, mark: str, indent: int, depth: int) -> None:
        """A flow list over several lines, perhaps with a comment in it."""
        pad = " " * (indent + self.any(1, 2, 6))
        self.lines.append(f"{mark} [first item,{self.any('', ' # in it')}")
        self.lines += [
            f"{pad}second,",
            f"{pad}{self.any('third', '# alone')}",
            f"{pad}]{self.end()}",
        ]

    def write_mapping(self, mark: str, indent: int, depth: int) -> None:
        self.lines.append(f"{mark} {self.properties().replace('!!str', '')}{self.end()}")
        self.mapping(indent + self.any(1, 2, 4), depth - 1)

    def write_sequence(self, mark: str, indent: int, depth: int) -> None:
        self.lines.append(f"{mark}{self.any('', '  # list')}")
        step = self.any(0, 2, 3) if mark.endswith(":") else 2
        self.sequence(indent + step, depth - 1)

    def write_compact(self, mark: str, indent: int, depth: int) -> None:
        """A mapping that starts beside a dash."""
        if not mark.endswith("-"):
            self.write_plain(mark, indent, depth)
            return
        column = len(mark) + 1
        at = len(self.lines)
        self.value(f"{' ' * column}id:", column, depth - 1)
        self.lines[at] = f"{mark} {self.lines[at].lstrip(' ')}"
        if self.chance(1):
            self.noise(column)
            self.value(f"{' ' * column}statement:", column, depth - 1)


@st.composite
def yaml_texts(draw: Any) -> str:
    """Return a YAML text that may have a mistake."""
    writer = Writer(draw)
    writer.lines += draw(st.sampled_from([[], [], ["# yaml-language-server: $schema=x"], ["---"],
                                          ["", "# head", "", "# more"]]))  # fmt: skip
    writer.mapping(0, 3)
    writer.noise(0)
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    end = draw(st.sampled_from(["", newline, newline * 3]))
    mark = draw(st.sampled_from(["", "", "\ufeff"]))
    return mark + newline.join(line or "" for line in writer.lines) + end
