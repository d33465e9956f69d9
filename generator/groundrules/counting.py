"""Numbers of things, lists of things and texts of files, as a sentence has them."""

from __future__ import annotations

from collections.abc import Iterable


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "job"), counted(0, "job"), counted(2, "branch"), counted(3, "dependency")
    ('1 job', '0 jobs', '2 branches', '3 dependencies')
    """
    if number == 1:
        return f"1 {noun}"
    if noun.endswith("cy"):
        return f"{number} {noun[:-1]}ies"
    return f"{number} {noun}{'es' if noun.endswith('ch') else 's'}"


def listed(words: Iterable[str]) -> str:
    """Return words as a sentence lists them.

    >>> listed(["check"]), listed(["check", "gate", "post, late"])
    ('check', 'check, gate and post, late')
    """
    every = list(words)
    return " and ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))


def verbatim(text: str) -> str:
    r"""Return a text of a file within a sentence: in quotes, as its writer wrote it.

    Python's ``repr`` would double the backslashes of an expression.  What cannot be shown is
    escaped as ``repr`` does it.

    >>> print(verbatim(r"^tools/.*\.yml$"), verbatim("it's"), verbatim("a\nb"))
    '^tools/.*\.yml$' "it's" 'a\nb'
    """
    mark = '"' if "'" in text and '"' not in text else "'"
    shown = (each if each.isprintable() else repr(each)[1:-1] for each in text)
    return f"{mark}{''.join(shown)}{mark}"
