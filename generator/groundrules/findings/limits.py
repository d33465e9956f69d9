"""Limits the size of a finding, which depends on files that are not trusted."""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from groundrules.diagnostics import Diagnostic, Related

MOST_CHARACTERS = 2_000
MOST_PLACES = 50


def limited(diagnostic: Diagnostic) -> Diagnostic:
    """Return a finding with limited texts and related places, which say how much was cut."""
    related = diagnostic.related
    if len(related) > MOST_PLACES:
        last = related[MOST_PLACES - 1]
        more = f"{last.message} (and {len(related) - MOST_PLACES} more places)"
        related = (*related[: MOST_PLACES - 1], structs.replace(last, message=more))
    return replace(
        diagnostic,
        message=_cut(diagnostic.message),
        suggestion=_cut(diagnostic.suggestion),
        related=tuple(Related(place.location, _cut(place.message)) for place in related),
    )


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    return f"{text[:MOST_CHARACTERS]}… ({len(text)} characters)"
