"""What a word of the wrong form most likely means, where it is close to the right one."""

from __future__ import annotations

import re

from groundrules.nearest import nearest
from groundrules.records import fields, times
from groundrules.records.kinds import roles

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/:?#]|$)")
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


def corrected(pattern: str, value: str) -> str | None:
    """Return the word of the form ``pattern``, one of `fields`, that ``value`` most likely means.

    >>> corrected(fields.EVIDENCE, "www.example.org"), corrected(fields.EVIDENCE, "sesion:sprint")
    ('https://www.example.org', 'session:sprint')
    >>> corrected(fields.ID, "Swap_off"), corrected(times.NOT_A_DATE, "2026-1-9")
    ('swap-off', '2026-01-09')
    """
    word = _CORRECTIONS.get(pattern, lambda _: None)(value.strip())
    is_right = word and (pattern == times.NOT_A_DATE or re.fullmatch(pattern, word))
    return word if is_right and len(value) < 200 else None


def _identifier(value: str) -> str | None:
    return None if not value.isascii() else "-".join(re.findall(r"[a-z0-9]+", value.lower()))


def _address(value: str) -> str | None:
    if _HOST.match(value):
        return f"https://{value}"
    scheme, separator, rest = value.partition("://")
    return f"{scheme.lower()}{separator}{rest.replace(' ', '%20')}"


def _evidence(value: str) -> str | None:
    return _named(value, ("session",)) or _address(value)


def _reference(value: str) -> str | None:
    return _named(value, roles())


def _named(value: str, kinds: tuple[str, ...]) -> str | None:
    kind, separator, name = value.partition(":")
    meant = kind.lower() if kind.lower() in kinds else nearest(kind, kinds)
    return f"{meant}:{name.strip()}" if separator and meant else None


def _date(value: str) -> str | None:
    match = _DATE.fullmatch(value)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None


_CORRECTIONS = {
    fields.ID: _identifier,
    fields.URL: _address,
    fields.EVIDENCE: _evidence,
    fields.REFERENCE: _reference,
    times.NOT_A_DATE: _date,
}
