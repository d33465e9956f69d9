"""What makes a finding the same one tomorrow: a fingerprint that survives line moves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256

from groundrules.diagnostics import Diagnostic
from groundrules.yamlsource import lines_of


def fingerprint(found: Diagnostic, texts: Mapping[str, str]) -> str:
    """Return what stands for a finding wherever its lines move to: 16 hexadecimal digits.

    Made from the rule and the finding's own ``key``; without one, from the path, the line it
    stands on, white space aside, and the message without its numbers, which are often lines.
    """
    path, message = found.location.path, re.sub(r"\d+", "0", found.message)
    about = (found.key,) if found.key else (path, _line(found, texts), message)
    parts = (found.rule.id, *about)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fingerprints(findings: Iterable[Diagnostic], texts: Mapping[str, str]) -> list[str]:
    """Return a fingerprint for each finding, with a number after it: ``:2`` is the second alike.

    Readers of SARIF and of GitLab's code quality take two findings of one fingerprint for one.
    """
    seen: Counter[str] = Counter()
    result = []
    for each in findings:
        plain = fingerprint(each, texts)
        seen[plain] += 1
        result.append(f"{plain}:{seen[plain]}")
    return result


def _line(found: Diagnostic, texts: Mapping[str, str]) -> str:
    lines = lines_of(texts.get(found.location.path, ""))[found.location.line - 1 :]
    return " ".join(lines[0].split()) if lines else ""
