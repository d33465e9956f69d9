"""Names of variables that Zuul reserves."""

from __future__ import annotations

from groundrules.ci.zuul.reading.nodesets import FaultError
from groundrules.yamlsource import Mapping

RESERVED = frozenset({"zuul", "zuul_node", "nodepool", "unsafe_vars", "zuul_user_dir"})
RESERVED_IN_JOBS = RESERVED | {
    *("ansible_connection", "ansible_host", "ansible_python_interpreter"),
    *("ansible_shell_executable", "ansible_user"),
}


def check_names(variables: Mapping, reserved: frozenset[str]) -> None:
    """Raise `FaultError` for a variable whose name is reserved."""
    if variables and not reserved.isdisjoint(variables):
        name = next(name for name in variables if name in reserved)
        message = f"the variable name {name!r} is reserved by Zuul; use another name"
        raise FaultError(variables.key_place(name), message)
