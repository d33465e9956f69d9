"""Hostile inputs: the seeds beside this file, and what a few changes make of them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from groundrules.diagnostics import Location
from groundrules.yamlsource import lines_of
from steps import steps

SEEDS = Path(__file__).parent / "seeds"
TESTS = Path(__file__).parent.parent
FEW = 25
EXAMPLES = int(os.environ.get("GROUNDRULES_FUZZ", "0"))
# without the phase "explain": it traces lines, and so do steps
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)

TOKENS = [
    *("- ", "? ", ": ", ":\n", "\n", "\n  ", "\n- ", "#", " #", ",", "[", "]", "{", "}", "{}"),
    *("'", '"', "|", ">", "|2-\n", "&a ", "*a", "<<: *a", "!", "!!set ", "!inherit ", "!override "),
    *("%", "@", "`", "``", "\\", "\t", "\r", "\u0085", "\u2028", "\u00a0", "\ufeff", "\u00e9"),
    *("~", "null", "true", "0", "-1", "1e999", "2025-02-30", "12:30:45", ".nan", "1" * 40),
    *("name", "x", "master", "(", "^x[", "(?!a)", "../", "/", "*", "a*", "parent: ", "---\n"),
]
WORDS = [*(token.encode() for token in TOKENS), b"\x00", b"\x1b", b"\xff", b"\xc3", b"\xed\xa0\x80"]


def fuzzed(share: float = 1) -> settings:
    """Return the settings of a test: the same few examples, or as many as the variable says.

    ``share`` is for tests whose examples are slow.
    """
    return settings(
        max_examples=max(round((EXAMPLES or FEW) * share), 1),
        derandomize=not EXAMPLES,
        database=None,
        phases=PHASES,
        suppress_health_check=list(HealthCheck),
    )


def seeds(target: str) -> dict[str, bytes]:
    """Return the case files of a target by name."""
    return {path.name: path.read_bytes() for path in sorted((SEEDS / target).iterdir())}


_TOKEN = re.compile(rb"[\w.^/-]+")


@st.composite
def mutated(draw: st.DrawFn, texts: Iterable[bytes]) -> bytes:
    """Return one of the texts after up to four changes of a token, or of any bytes."""
    sources = list(texts)
    data = draw(st.sampled_from(sources))
    for _ in range(draw(st.sampled_from([1, 1, 2, 4]))):
        start, end = draw(spans(data))
        data = data[:start] + draw(pieces(data[start:end], sources)) + data[end:]
    return data


@st.composite
def spans(draw: st.DrawFn, data: bytes) -> tuple[int, int]:
    """Return where a token begins and ends, or any two places near each other."""
    tokens = [match.span() for match in _TOKEN.finditer(data)]
    if tokens and draw(st.sampled_from([True, True, True, False])):
        return draw(st.sampled_from(tokens))
    start = draw(st.integers(0, len(data)))
    return start, min(start + draw(st.sampled_from([0, 0, 1, 1, 2, 5, 20, 80])), len(data))


@st.composite
def pieces(draw: st.DrawFn, piece: bytes, sources: list[bytes]) -> bytes:
    """Return what comes in place of a piece: nothing, the same again, or a piece of any text."""
    change = draw(st.sampled_from(["word", "word", "remove", "repeat", "move", "move"]))
    if change == "word":
        return draw(st.sampled_from(WORDS))
    if change == "remove":
        return b""
    if change == "repeat":
        return piece * draw(st.sampled_from([2, 3, 50]))
    source = draw(st.sampled_from(sources))
    start, end = draw(spans(source))
    return source[start:end]


def bounded(action: Callable[[], object], documented: tuple[type[Exception], ...] = ()) -> None:
    """Run an action; it ends within ``steps.MOST`` steps, at most with a documented exception."""

    def run() -> None:
        with suppress(*documented):
            action()

    steps(run)


def is_in(data: bytes, line: int, column: int) -> bool:
    """Return whether a place is in a file: on a character, or at the end of a line."""
    lines = lines_of(data.decode("utf-8", "replace") + ".")
    return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1


def outside(root: Path, places: Iterable[Location]) -> list[str]:
    """Return the places that are in no file below a folder."""
    return [
        str(place)
        for place in places
        if not (root / place.path).is_file()
        or not is_in((root / place.path).read_bytes(), place.line, place.column)
    ]
