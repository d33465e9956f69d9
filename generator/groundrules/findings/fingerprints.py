"""Fingerprints: the same for the same finding when lines or whole configurations move."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from groundrules.diagnostics import Diagnostic
from groundrules.yamlsource import lines_of


def fingerprint(
    diagnostic: Diagnostic, texts: Mapping[str, str], prefixes: Sequence[str] = ()
) -> str:
    """Return 16 hexadecimal digits that stay the same wherever the lines of a finding move to.

    They are made from the rule and the finding's own ``key``; without one, from the path, the
    text of its line and the message.  White space is left out, and numbers in the message, which
    are often lines.  ``prefixes`` lead to configurations: a copy of one elsewhere has the same
    fingerprints.
    """
    path = diagnostic.location.path
    own_path = next(
        (path.removeprefix(prefix) for prefix in prefixes if path.startswith(prefix)), path
    )
    parts: tuple[str, ...]
    if diagnostic.key:
        parts = (diagnostic.rule.id, diagnostic.key.replace(path, own_path))
    else:
        message = re.sub(r"\d+", "0", _without_prefixes(diagnostic.message, prefixes))
        parts = (diagnostic.rule.id, own_path, _line(diagnostic, texts), message)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fingerprints(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], prefixes: Sequence[str] = ()
) -> list[str]:
    """Return a fingerprint for each finding, with a number: ``:2`` is the second that is alike.

    Readers of SARIF and of GitLab's code quality take two findings of one fingerprint for one.
    """
    counts: Counter[str] = Counter()
    result = []
    for diagnostic in diagnostics:
        plain = fingerprint(diagnostic, texts, prefixes)
        counts[plain] += 1
        result.append(f"{plain}:{counts[plain]}")
    return result


def _without_prefixes(message: str, prefixes: Sequence[str]) -> str:
    """Return a message with paths as they are in their configuration; names are in quotes."""
    for prefix in prefixes:
        message = re.sub(rf"(?<![\w./@'-]){re.escape(prefix)}", "", message)
    return message


def _line(diagnostic: Diagnostic, texts: Mapping[str, str]) -> str:
    location = diagnostic.location
    lines = lines_of(texts.get(location.path, ""))[location.line - 1 :]
    return " ".join(lines[0].split()) if lines else ""
