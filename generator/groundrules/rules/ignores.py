"""The rules of ignore comments (GR9xx)."""

from __future__ import annotations

from groundrules.diagnostics import Rule
from groundrules.rules.examples import LABEL

_IGNORED = LABEL[:-1] + "  # groundrules: ignore[%s]%s\n"

IGNORE_WITHOUT_REASON = Rule(
    id="GR901",
    name="ignore-without-reason",
    summary="A finding is ignored without a reason.",
    explanation=(
        "`# groundrules: ignore[GR108] reason` on the line of a finding, or on a line of its own "
        "before it, hides the finding. The reason helps readers to decide later whether the "
        "comment is still needed. Without a reason, the finding is hidden, but this one is "
        "reported in its place."
    ),
    bad=_IGNORED % ("24.10", "GR108", ""),
    good=_IGNORED % ("24.10", "GR108", " shown as a number on purpose"),
)
IGNORE_NOT_UNDERSTOOD = Rule(
    id="GR902",
    name="invalid-ignore",
    summary="An ignore comment is not valid or names an unknown rule.",
    explanation=(
        "A comment that begins with `groundrules:` is meant for this tool. If it is not valid, "
        "or names an unknown rule, it ignores nothing, contrary to what its author expects."
    ),
    bad=_IGNORED % ("Debian", "GR18", " shown as a number on purpose"),
    good=_IGNORED % ("24.10", "GR108", " shown as a number on purpose"),
)
UNUSED_IGNORE = Rule(
    id="GR903",
    name="unused-ignore",
    summary="An ignore comment ignores nothing.",
    explanation=(
        "The finding no longer occurs, or it is on another line. The comment would hide the next "
        "finding of its kind. Nothing is reported if the rule was not checked because a "
        "configuration is missing, if not all findings of the file are known, and on a "
        "hand-written page without findings."
    ),
    bad=_IGNORED % ("'24.10'", "GR108", " shown as a number on purpose"),
    good=_IGNORED % ("24.10", "GR108", " shown as a number on purpose"),
)
