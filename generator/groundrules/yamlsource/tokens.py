"""The tokens of a YAML text, which have what events lack: comments are between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml


def tokens(text: str) -> Iterator[Any]:
    """Yield the tokens of a text without a byte order mark.

    Raises `yaml.YAMLError` where it cannot be scanned.
    """
    parser: Any = yaml.CSafeLoader(text)
    try:
        while token := parser.get_token():
            yield token
    finally:
        parser.dispose()
