"""Reasons why Zuul's YAML loader rejects a valid YAML file.

After ``ZuulSafeLoader`` (configloader.py) and the tags of yamlutil.py in Zuul 14.3.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import Any

from groundrules.nearest import did_you_mean
from groundrules.yamlsource import ParsedYaml, Problem, Tagged
from groundrules.yamlsource.nodes import repeated_keys
from groundrules.yamlsource.scalars import UnreadableScalarError, implicit

ENCRYPTED = "!encrypted/pkcs1-oaep"
CONTROL = ("!inherit", "!override")


def check_whole(source: ParsedYaml, data: bytes) -> None:
    """Raise `Problem` if Zuul's own YAML loader rejects a file."""
    simple = source.has_simple_keys
    repeated = source.duplicates if simple else repeated_keys(data)
    for problem in (*repeated, *source.unreadable):
        raise problem
    for tagged, place in source.tagged:
        if wrong := _wrong_tag(tagged):
            raise Problem(wrong, *place)


def _wrong_tag(tagged: Tagged) -> str | None:
    if tagged.tag in CONTROL:
        value = tagged.value
        if not isinstance(value, str) or isinstance(_meant(value), str):
            return None
        return f"{tagged.tag} must be before text, a list or a mapping, not before {value!r}"
    if tagged.tag != ENCRYPTED:
        end = did_you_mean(tagged.tag, (*CONTROL, ENCRYPTED))
        return f"unknown tag {tagged.tag}{end}"
    values = tagged.value if isinstance(tagged.value, list) else [tagged.value]
    try:
        for value in values:
            b64decode("?" if isinstance(value, list | dict) else str(value))
    except (binascii.Error, ValueError):
        return f"what follows {ENCRYPTED} is not base64"
    return None


def _meant(text: str) -> Any:
    """Return the value of a scalar without its quotes; Zuul checks it even if it has some."""
    try:
        return implicit(text)
    except UnreadableScalarError:
        return None
