"""The command ``check``: settings → one result with the findings, the report and the exit code.

It takes the decisions of the command line, between the checks, which know no options, and the
formats, which decide nothing.
"""

from groundrules.checker.check_data import check_data
from groundrules.checker.compare import verdicts, verdicts_of
from groundrules.checker.flow import check
from groundrules.checker.settings import CannotGoOnError, CheckResult, CheckSettings, OptionError

__all__ = [
    "CannotGoOnError",
    "CheckResult",
    "CheckSettings",
    "OptionError",
    "check",
    "check_data",
    "verdicts",
    "verdicts_of",
]
