"""The command ``check``: settings → one call → what was found, what to print, the exit code.

Everything that the command line decides is here, between the checks, which know nothing of it,
and the formats, which decide nothing.
"""

from groundrules.checker.compare import hold, verdicts
from groundrules.checker.flow import check
from groundrules.checker.look import look
from groundrules.checker.settings import (
    CannotGoOnError,
    CheckSettings,
    Outcome,
    UnknownConfigurationError,
)

__all__ = [
    "CannotGoOnError",
    "CheckSettings",
    "Outcome",
    "UnknownConfigurationError",
    "check",
    "hold",
    "look",
    "verdicts",
]
