"""The command ``check``: settings → one result with the findings, the report and the exit code.

It applies the options of the command line, which neither checks nor formats know.
"""

from groundrules.checker.check_data import check_data
from groundrules.checker.compare import configurations_of_pages, verdicts_of
from groundrules.checker.flow import check
from groundrules.checker.manual_usage import usage_of_manual
from groundrules.checker.settings import CannotGoOnError, CheckResult, CheckSettings, OptionError

__all__ = [
    "CannotGoOnError",
    "CheckResult",
    "CheckSettings",
    "OptionError",
    "check",
    "check_data",
    "configurations_of_pages",
    "usage_of_manual",
    "verdicts_of",
]
