"""`AnyTag`: a tag of a pipeline for tags, on one branch, whatever its name is."""

from __future__ import annotations

from functools import lru_cache

from typing_extensions import override

from groundrules.ci.zuul.layout.variants import Exactly, Matcher, Matchers, TagRef
from groundrules.ci.zuul.reading.beginnings import decided, joined
from groundrules.ci.zuul.reading.expressions import Expression, expression
from groundrules.ci.zuul.reading.triggers import TAGS, start_of


class AnyTag(TagRef, frozen=True, kw_only=True):
    """A tag on one branch only, of a pipeline whose triggers have these expressions.

    The name of the tag is not known.  An object that may be for the tag counts as for it;
    `doubt` says whether it is for certain.
    """

    ref: str = TAGS
    expressions: tuple[str, ...] = (f"^{TAGS}",)

    @override
    def is_for(self, matcher: Matcher) -> bool:
        return _decision(self, matcher) is not False

    def doubt(self, matchers: Matchers) -> str:
        """Return an expression that is for some tags only; empty if no name matters."""
        results = {matcher: _decision(self, matcher) for matcher in matchers or ()}
        if joined(results.values()) is not None:
            return ""
        unsure = next(matcher for matcher, result in results.items() if result is None)
        return unsure.pattern if isinstance(unsure, Expression) else str(unsure)

    @property
    @override
    def words(self) -> str:
        return f"a tag on the branch {str(self)!r}"

    @override
    def __str__(self) -> str:
        return ", ".join(self.branches)


def _decision(tag: AnyTag, matcher: Matcher) -> bool | None:
    """Return whether an object with this matcher is for the tag; None if its name decides."""
    if any(map(matcher.matches, tag.branches)):
        return True
    by_ref = matcher.for_refs if isinstance(matcher, Exactly) else matcher
    if not isinstance(by_ref, Expression):
        return False
    return _of_refs(by_ref.pattern, by_ref.negate, tag.expressions)


@lru_cache(maxsize=4096)
def _of_refs(pattern: str, negate: bool, expressions: tuple[str, ...]) -> bool | None:
    """Return whether an expression matches each ref that others match, or none of them."""
    if (pattern,) == expressions:
        return not negate
    compiled = expression(pattern, negate)
    results = {decided(compiled, start_of(other)) for other in expressions}
    return results.pop() if len(results) == 1 else None
