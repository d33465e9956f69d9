"""`ConfigSource`: where a configuration is, from ``manual.yaml`` or the command line.

An untrusted change can edit ``manual.yaml``.  So it can name only places in the repository, and
git repositories beside it, of which only committed files are read.  The command line can name any
path.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from groundrules.checkout import checkout_around
from groundrules.ci.errors import NotAvailableError, UnreadableError
from groundrules.ci.git import Confinement, git_directory, is_bare
from groundrules.ci.system import system_named
from groundrules.store import digest

if TYPE_CHECKING:
    from groundrules.claims.claims import ConfigurationClaim

ONLY_CONFIG = "; only --config may name it"
"""The end of the message about a place that ``manual.yaml`` cannot name."""


class ConfigSource(Struct, frozen=True, kw_only=True):
    """A folder to read, and how to read it.

    ``folder`` contains the files of a repository, or is a git repository (``is_git``), or
    contains the repositories of the tenant file ``tenant``.  ``prefix`` goes before the paths in
    it, so that they start at the manual's root.  ``bounds`` limit where the parts of git
    repositories can be; None is no limit, for a path from the command line.  ``cache`` is a
    folder for parsed files.  ``documented`` are the branches of the documented graphs.
    ``tenant_name`` chooses one of the tenant file's tenants; ``hosts`` are canonical host names
    by connection.
    """

    folder: Path
    prefix: str = ""
    is_git: bool = False
    ref: str | None = None
    tenant: Path | None = None
    bounds: Confinement | None = None
    cache: Path | None = None
    documented: tuple[str, ...] = ()
    tenant_name: str | None = None
    hosts: Mapping[str, str] = {}


def source_of(claim: ConfigurationClaim, root: Path, given: Path | None = None) -> ConfigSource:
    """Return where a configuration is; ``given`` is the path from the command line.

    Raises `NotAvailableError` if nothing is there, or if the place is not allowed.
    """
    if given is not None:
        return _given(claim, root, given)
    own = checkout_around(root) or root
    if claim.git is not None:
        bounds = Confinement(within=(own.parent,), own=own)
        return _git(root, _allowed(root, claim.git, own.parent), claim.ref, bounds)
    bounds = Confinement(within=(own,), own=own)
    if claim.tenant is not None:
        file = _allowed(root, claim.tenant, own)
        folder = _allowed(root, claim.path, own) if claim.path else file.parent
        return _tenant(root, folder, file, bounds)
    if claim.path is not None:
        return _folder(root, _allowed(root, claim.path, own), bounds)
    raise NotAvailableError(
        f"manual.yaml does not say where it is; --config {claim.id}=PATH does for one run"
    )


def _given(claim: ConfigurationClaim, root: Path, given: Path) -> ConfigSource:
    if given.exists() and not given.is_dir():
        return _tenant(root, given.parent, given)
    if is_bare(given) or (claim.ref and (given / ".git").exists()):
        return _git(root, given, claim.ref)
    return _folder(root, given)


def _folder(root: Path, folder: Path, bounds: Confinement | None = None) -> ConfigSource:
    if not folder.is_dir():
        raise NotAvailableError(f"there is no folder {_relative(root, folder) or '.'}")
    return ConfigSource(folder=folder, prefix=_prefix(root, folder), bounds=bounds)


def _git(
    root: Path, folder: Path, ref: str | None, bounds: Confinement | None = None
) -> ConfigSource:
    name = _relative(root, folder)
    try:
        if git_directory(folder, bounds) is None:
            raise NotAvailableError(f"there is no git repository {name}")
    except UnreadableError as error:
        raise NotAvailableError(f"{name}: {error}") from None
    prefix = f"{name}@" if name else ""
    return ConfigSource(folder=folder, prefix=prefix, is_git=True, ref=ref, bounds=bounds)


def _tenant(
    root: Path, folder: Path, file: Path, bounds: Confinement | None = None
) -> ConfigSource:
    if not file.exists():
        raise NotAvailableError(f"there is no tenant file {_relative(root, file)}")
    return ConfigSource(folder=folder, prefix=_prefix(root, folder), tenant=file, bounds=bounds)


def _allowed(root: Path, path: str, limit: Path) -> Path:
    """Return a path below the root.  Raises for a path outside ``limit`` after following links."""
    try:
        if (root / path).resolve().is_relative_to(limit.resolve()):
            return root / path
    except (OSError, RuntimeError, ValueError):  # a loop of links, a null byte
        pass
    own = checkout_around(root)
    place = "this repository" if own else "the folder of this manual"
    above = "the folder that this repository is in" if own else "the folder above this manual"
    where = place if limit == (own or root) else above
    raise NotAvailableError(f"{path!r} leads out of {where}{ONLY_CONFIG}")


def _prefix(root: Path, folder: Path) -> str:
    path = _relative(root, folder)
    return f"{path}/" if path else ""


def _relative(root: Path, path: Path) -> str:
    """Return the path from the root; empty for the root itself."""
    relative = os.path.relpath(path, root)
    return "" if relative == "." else Path(relative).as_posix()


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
