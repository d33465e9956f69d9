"""A tenant at a `ConfigSource`, read and resolved."""

from __future__ import annotations

import posixpath

from groundrules.ci.config_source import ConfigSource
from groundrules.ci.errors import BrokenConfigError, NotAvailableError
from groundrules.ci.zuul.layout.gathering import Gathered, gather_tenant
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.ci.zuul.resolver import resolve
from groundrules.ci.zuul.single_repository import Read
from groundrules.diagnostics import Diagnostic, Location
from groundrules.rules.zuul import RULES
from groundrules.text import counted


def tenant_read(source: ConfigSource, parsed: FileCache) -> Read:
    """Return the tenant of a source, resolved; ``parsed`` keeps what its files say.

    Raises `NotAvailableError`, and `BrokenConfigError` for mistakes in the tenant file.
    """
    gathered = _gathered(source)
    prefixed = gathered.below(source.prefix, source.folder)
    if not gathered.tenant.name:
        first, *others = gathered.report.diagnostics  # each is a finding of its own
        more = f" (and {counted(len(others), 'more mistake')})" if others else ""
        reason = f"{_name(source)}: {first.message}{more}"
        raise BrokenConfigError(reason, prefixed.report.found)
    if not gathered.files:
        raise NotAvailableError("no project of the tenant file has a file here")
    resolver = resolve(prefixed, parsed.parse)
    parsed.save()
    return Read(resolver, gathered)


def _gathered(source: ConfigSource) -> Gathered:
    if source.tenant is None:
        raise NotAvailableError("there is no tenant file")
    try:
        return gather_tenant(
            source.tenant,
            source.folder,
            wanted=source.tenant_name,
            hosts=dict(source.hosts),
            bounds=source.bounds,
        )
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        location = Location(posixpath.normpath(f"{source.prefix}{_name(source)}"))
        finding = Diagnostic(location, message, RULES["GR609"])
        raise BrokenConfigError(message, [finding]) from None


def _name(source: ConfigSource) -> str:
    return source.tenant.name if source.tenant else ""
