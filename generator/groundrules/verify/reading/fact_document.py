"""`facts_of`: the bytes of one document to the facts of a node, or the reason why not."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from groundrules.verify.node_facts import FactValue, NodeFacts, NodeKind, SkippedFacts
from groundrules.verify.reading.ansible_output import why_not
from groundrules.verify.reading.asked_facts import PREFIX, AskedFacts, path_of
from groundrules.verify.reading.facter_names import OF_FACTER, ansible_names, is_of_facter
from groundrules.yamlsource import Limits, ParsedYaml, Problem, part_of, read, untagged

LARGEST = 4 * 2**20
"""Bytes of a document; Ansible's facts of a machine with hundreds of devices have 1 MiB."""
TOO_LARGE = f"it is larger than {LARGEST // 2**20} MiB, so it is not read"
_LIMITS = Limits(size=LARGEST)
_LONGEST = 1_000  # characters of a value
WRAPPER = "ansible_facts"
_AHEAD = datetime.timedelta(days=1)  # the clock of a node can be ahead
_WHOLE = 2**63  # whole numbers from here on do not fit into 64 bits

# facts without Ansible's prefix by which a document is recognized
_SIGNS = {path_of(name)[0] for name in AskedFacts().names} | {"date_time"}


class NotFactsError(Exception):
    """A document that is not the facts of a node; the message says why."""


def facts_of(
    data: bytes,
    *,
    source: str,
    node: str,
    kind: NodeKind = NodeKind(),
    build: str = "",
    asked: AskedFacts = AskedFacts(),
    now: datetime.datetime,
) -> NodeFacts | SkippedFacts:
    """Return the facts in a JSON or YAML document.

    ``now`` is the current time, with a time zone.  Nothing is raised for any bytes.
    """
    try:
        facts = _asked_part(data, asked) or _facts(_document(data))
    except NotFactsError as error:
        return SkippedFacts(source, str(error))
    time = _date_of(facts)
    if reason := _why_not_now(time, now):
        return SkippedFacts(source, reason)
    values = {name: value for name in asked.names if (value := _value(facts, name)) is not None}
    return NodeFacts(source, node, kind, time, values, build)


def _asked_part(data: bytes, asked: AskedFacts) -> Mapping[str, Any] | None:
    """Return the facts that are asked for, without parsing the others.

    ``None`` if there are none, or if only parsing all can tell.
    """
    if len(data) > LARGEST:
        return None
    part = part_of(data, WRAPPER, _keys(asked))
    try:
        return _facts(_yaml(part)) if part else None
    except NotFactsError:
        return None  # the whole document says it with the right line


@lru_cache(maxsize=8)
def _keys(asked: AskedFacts) -> frozenset[bytes]:
    """Return the keys of a document that have the facts, or show which program wrote it."""
    names = {path_of(name)[0] for name in asked.names} | _SIGNS
    names |= {PREFIX + name for name in names} | OF_FACTER | {WRAPPER}
    return frozenset(name.encode() for name in names)


def _document(data: bytes) -> Any:
    """Return the value of a document.  Raises `NotFactsError`."""
    if len(data) > LARGEST:
        raise NotFactsError(TOO_LARGE)
    if not data.strip():
        raise NotFactsError("it is empty")
    if data.lstrip()[:1] == b"{":
        try:
            return msgspec.json.decode(data)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            pass  # a mapping in YAML's flow style begins with a brace too
    return _yaml(data)


def _yaml(data: bytes) -> Any:
    try:
        document = read(data, _LIMITS)
    except Problem as problem:
        place = f"line {problem.place.line}, column {problem.place.column}"
        raise NotFactsError(f"{place}: {problem.message}") from None
    for mistake in (*document.duplicates, *document.unreadable, *_tags(document)):
        raise NotFactsError(f"line {mistake.place.line}: {mistake.message}")
    if not data.endswith((b"\n", b"}")):
        raise NotFactsError("the last line has no end, so the file may be cut; copy it again")
    return document.value


def _tags(document: ParsedYaml) -> Iterator[Problem]:
    """Yield the tags that Ansible does not write; its ``!unsafe`` marks a text."""
    for tagged, place in document.tagged:
        if tagged.tag != "!unsafe":
            yield Problem(f"the tag {tagged.tag} has no meaning in facts", *place)


def _facts(document: Any) -> Mapping[str, Any]:
    """Return the facts in a document.  Raises `NotFactsError` if there are none."""
    if not isinstance(document, dict):
        raise NotFactsError("it is not a mapping of facts")
    facts = untagged(document.get(WRAPPER, document))
    if not isinstance(facts, dict) or not facts:
        raise NotFactsError(_why_none(document))
    if is_of_facter(facts):
        return ansible_names(facts)
    if not any(_is_of_ansible(key) for key in facts):
        raise NotFactsError(_why_none(document))
    return facts


def _is_of_ansible(key: Any) -> bool:
    return isinstance(key, str) and (key.startswith(PREFIX) or key in _SIGNS)


def _why_none(document: Mapping[str, Any]) -> str:
    """Return why a document has no facts: Ansible's own message if it has one."""
    message = document.get("msg")
    if isinstance(message, str) and (document.get("unreachable") or document.get("failed")):
        return why_not(message, is_reached=not document.get("unreachable"))
    return "it has no facts of Ansible or facter"


def _value(facts: Mapping[str, Any], name: str) -> FactValue | None:
    """Return the value of a fact; ``None`` if it cannot be compared."""
    first, *rest = path_of(name)
    value = facts.get(PREFIX + first, facts.get(first))
    for key in rest:
        value = value.get(key) if isinstance(value, dict) else None
    value = untagged(value)
    if isinstance(value, str):
        text = value.strip()
        return text if 0 < len(text) <= _LONGEST else None
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < _WHOLE else None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value.isoformat() if isinstance(value, datetime.date) else None


def _date_of(facts: Mapping[str, Any]) -> datetime.datetime | None:
    """Return Ansible's ``date_time.iso8601`` in UTC; ``None`` if it is missing or no time."""
    value = facts.get("ansible_date_time", facts.get("date_time"))
    value = value.get("iso8601") if isinstance(value, dict) else None
    if isinstance(value, str):
        try:
            value = datetime.datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime.datetime):
        return None
    if value.tzinfo is None:  # Ansible writes UTC
        return value.replace(tzinfo=datetime.UTC)
    try:
        return value.astimezone(datetime.UTC)
    except OverflowError:
        return None


def _why_not_now(time: datetime.datetime | None, now: datetime.datetime) -> str:
    """Return why facts cannot be of a time; empty if they can."""
    if time is None or time <= now + _AHEAD:
        return ""
    return f"its time {time:%Y-%m-%d %H:%M} is in the future"
