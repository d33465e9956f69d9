"""The state of a configuration: a text that changes with its files; no file is parsed."""

from __future__ import annotations

from pathlib import Path

from groundrules.ci.config_source import source_of
from groundrules.ci.errors import NotAvailableError
from groundrules.ci.system import system_named
from groundrules.claims.claims import ConfigurationClaim
from groundrules.store import digest


def state_of(claim: ConfigurationClaim, root: Path, given: Path | None = None) -> str:
    """Return the state of a configuration, or why it is not available; empty where kept by hand.

    ``given`` is the path from the command line.  The state changes whenever the CI system would
    read different data; it can also change without that.
    """
    if claim.is_kept_by_hand:
        return ""
    try:
        source = source_of(claim, root, given)
        return digest(*system_named(claim.system).state(source))
    except (NotAvailableError, OSError) as error:
        return str(error)
