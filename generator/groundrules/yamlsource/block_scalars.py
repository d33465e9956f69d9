"""The lines of texts in block style: literal (``|``) and folded (``>``)."""

from __future__ import annotations

from itertools import groupby

from groundrules.yamlsource.widths import filled

STEP = 2  # columns of indentation, also of the content of a block scalar


def literal_lines(text: str, indent: int, chomp: str) -> list[str]:
    """Return the header and lines of a literal text; ``chomp`` is ``-``, ``+`` or nothing."""
    body, end = _body(text, chomp)
    pad = " " * indent
    return [f"|{_indicator(body)}{chomp}", *_padded(body.split("\n"), pad), *end]


def folded_lines(text: str, indent: int, width: int, chomp: str) -> list[str]:
    """Return the header and lines of a folded text, each as long as ``width`` allows."""
    body, end = _body(text, chomp)
    pad = " " * indent
    lines: list[str] = []
    for line in _with_breaks(body.split("\n")):
        is_kept = line[:1] in ("", " ", "\t")
        lines += [line] if is_kept else filled(line, width - indent) or [line]
    return [f">{_indicator(body)}{chomp}", *_padded(lines, pad), *end]


def needs_indicator(text: str) -> bool:
    """Return whether a parser cannot see the indentation from the first line with content."""
    return text.lstrip("\n")[:1] in (" ", "\t")


def _indicator(text: str) -> str:
    return str(STEP) if needs_indicator(text) else ""


def _body(text: str, chomp: str) -> tuple[str, list[str]]:
    """Return a text without its last line break, and the empty lines that ``+`` keeps."""
    body = text.rstrip("\n") if chomp == "+" else text.removesuffix("\n")
    return body, [""] * (len(text) - len(body) - 1)


def _padded(lines: list[str], pad: str) -> list[str]:
    return [f"{pad}{line}" if line else "" for line in lines]


def _with_breaks(lines: list[str]) -> list[str]:
    """Return lines with one more empty line wherever the parser folds a line break to a space."""
    result: list[str] = []
    blocks = [(empty, list(group)) for empty, group in groupby(lines, lambda line: not line)]
    for index, (empty, group) in enumerate(blocks):
        if not empty:
            result += _separated(group)
        else:
            around = [
                blocks[at][1][end]
                for at, end in ((index - 1, -1), (index + 1, 0))
                if 0 <= at < len(blocks)
            ]
            is_folded = len(around) == 2 and all(line[0] not in " \t" for line in around)
            result += group + [""] * is_folded
    return result


def _separated(lines: list[str]) -> list[str]:
    """Return lines that follow each other, with an empty line between two that would be folded."""
    result = lines[:1]
    for line in lines[1:]:
        if result[-1][0] not in " \t" and line[0] not in " \t":
            result.append("")
        result.append(line)
    return result
