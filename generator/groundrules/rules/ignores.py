"""The rules of ignore comments (GR9xx)."""

from __future__ import annotations

from groundrules.diagnostics import Rule

_IGNORED = (
    "# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\nlabels:\n"
    "- {name: small, operating_system: %s}  # groundrules: ignore[%s]%s\n"
)

IGNORE_WITHOUT_REASON = Rule(
    id="GR901",
    name="ignore-without-reason",
    summary="A finding is ignored and nobody says why.",
    explanation=(
        "`# groundrules: ignore[GR108] reason` on the line of a finding, or on a line of its own "
        "before it, takes the finding away. The reason is for whoever asks in a year whether it "
        "still holds. Without one the finding is taken away too, and this one takes its place."
    ),
    bad=_IGNORED % ("24.10", "GR108", ""),
    good=_IGNORED % ("24.10", "GR108", " shown as a number on purpose"),
)
IGNORE_NOT_UNDERSTOOD = Rule(
    id="GR902",
    name="ignore-not-understood",
    summary="An ignore comment names no rule that exists.",
    explanation=(
        "A comment that begins with `groundrules:` is meant for this tool. One that it cannot "
        "read, or that names a rule that does not exist, ignores nothing, and whoever wrote it "
        "would believe that it does."
    ),
    bad=_IGNORED % ("Debian", "GR18", " shown as a number on purpose"),
    good=_IGNORED % ("24.10", "GR108", " shown as a number on purpose"),
)
UNUSED_IGNORE = Rule(
    id="GR903",
    name="unused-ignore",
    summary="An ignore comment ignores nothing.",
    explanation=(
        "The finding is gone, or it stands on another line; the comment would hide the next one "
        "of its kind. Where the rule could not be tried, because a configuration is not at hand, "
        "nothing is said."
    ),
    bad=_IGNORED % ("'24.10'", "GR108", " shown as a number on purpose"),
    good=_IGNORED % ("24.10", "GR108", " shown as a number on purpose"),
)
