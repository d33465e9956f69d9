"""How a value is written in YAML on one line."""

from __future__ import annotations

Scalar = str | int | float | bool | None
Value = Scalar | tuple[str, ...]


def yaml_word(value: Value) -> str:
    r"""Return how a value is written in YAML; text in quotes.

    >>> yaml_word("24.10"), yaml_word(True), yaml_word(None), yaml_word(1), yaml_word(("a", "b"))
    ("'24.10'", 'true', 'null', '1', "['a', 'b']")
    >>> print(yaml_word("it's a\\b"), yaml_word("two\nlines"))
    'it''s a\b' "two\nlines"
    """
    if isinstance(value, tuple):
        return f"[{', '.join(map(yaml_word, value))}]"
    if isinstance(value, str):
        return single_quoted(value) if value.isprintable() else double_quoted(value)
    return "null" if value is None else str(value).lower()


def single_quoted(text: str) -> str:
    """Return printable text in single quotes, which double themselves and escape nothing."""
    return "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    """Return text in double quotes.

    What cannot be printed is escaped: not every YAML reader takes it, and no person sees it.
    """
    import json

    return "".join(map(_escaped, json.dumps(text, ensure_ascii=False)))


def _escaped(character: str) -> str:
    return character if character.isprintable() else f"\\U{ord(character):08x}"
