"""Fingerprints identify a finding when lines or whole configurations move."""

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
    """Return 16 hexadecimal digits that do not change when the lines of a finding move.

    They depend on the rule and the finding's ``key``; without a key, on the path, the text of its
    line and the message.  White space is ignored, and so are numbers in the message, which are
    often lines.  ``prefixes`` are the paths of configurations: a copy of one elsewhere has the
    same fingerprints.
    """
    path = diagnostic.location.path
    prefix = next((prefix for prefix in prefixes if path.startswith(prefix)), "")
    own_path = path.removeprefix(prefix)
    parts = [diagnostic.rule.id, diagnostic.key.replace(path, own_path)]
    if not diagnostic.key:
        message = re.sub(r"\d+", "0", _without_prefixes(diagnostic.message, prefixes))
        parts[1:] = own_path, _line(diagnostic, texts), message
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fingerprints(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], prefixes: Sequence[str] = ()
) -> list[str]:
    """Return a fingerprint for each finding, with a number: ``:2`` is the second equal one.

    SARIF viewers and GitLab merge findings with the same fingerprint.
    """
    counts: Counter[str] = Counter()
    result = []
    for diagnostic in diagnostics:
        plain = fingerprint(diagnostic, texts, prefixes)
        counts[plain] += 1
        result.append(f"{plain}:{counts[plain]}")
    return result


def _without_prefixes(message: str, prefixes: Sequence[str]) -> str:
    """Return a message with paths relative to their configuration; quoted names do not change."""
    for prefix in prefixes:
        message = re.sub(rf"(?<![\w./@'-]){re.escape(prefix)}", "", message)
    return message


def _line(diagnostic: Diagnostic, texts: Mapping[str, str]) -> str:
    location = diagnostic.location
    lines = lines_of(texts.get(location.path, ""))
    return " ".join(lines[location.line - 1].split()) if location.line <= len(lines) else ""
