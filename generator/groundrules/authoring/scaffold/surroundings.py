"""`Surroundings`: what the folder of a new manual says about it, for the defaults of questions."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator
from contextlib import closing, suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from msgspec import Struct

from groundrules.authoring.scaffold.answers import LICENSES, slug
from groundrules.authoring.scaffold.planned import MANUAL_FILE, ci_paths
from groundrules.authoring.scaffold.target import has_records
from groundrules.checkout import checkout_around
from groundrules.ci.errors import UnreadableError
from groundrules.ci.git.directory import git_directory
from groundrules.ci.git.git import Git
from groundrules.ci.zuul.layout.own_name import ADDRESS, path_of
from groundrules.confined import Confined
from groundrules.manual_folder import SOURCE, ManualFolder
from groundrules.records.kinds import KINDS
from groundrules.text import verbatim
from groundrules.yamlsource import Mapping, read

_HOSTS = {"github": "github", "gitlab": "gitlab"}
PACKAGE = "groundrules"


class Surroundings(Struct, frozen=True, kw_only=True):
    """The folder of a new manual, and the top of the checkout that contains it, if there is one."""

    folder: Path
    top: Path | None

    @classmethod
    def of(cls, folder: Path) -> Surroundings:
        """Look for the checkout around a folder, which does not need to exist."""
        existing = next(place for place in (folder, *folder.parents) if place.is_dir())
        return cls(folder=folder, top=checkout_around(existing))

    @property
    def below(self) -> str:
        """The folder below the top of the checkout; empty at the top, and without a checkout."""
        top = self.top or self.folder
        below = self.folder.relative_to(top).as_posix()
        return "" if below == "." else below

    @property
    def pages(self) -> str:
        """The folder of the pages in the manual's folder; empty where they are beside conf.py."""
        return "" if ManualFolder(self.folder).source == self.folder else SOURCE

    def name(self) -> str:
        """Return the name of an existing manual, or of the repository, or of the folder."""
        return self._project_in_conf() or self.project().rpartition("/")[2]

    def project(self) -> str:
        """Return the name of the repository on its server, or of its folder."""
        return path_of(self._remote()) or slug((self.top or self.folder).name)

    def ci(self) -> tuple[str, ...]:
        """Return the CI systems that have files of the manual already, or that the server has.

        A repository in which the manual is only a folder may publish other pages, so nothing is
        concluded from its server.
        """
        systems = {system for system, paths in ci_paths().items() if any(map(self._is_ours, paths))}
        if not self.below:
            remote = self._remote()
            if ADDRESS.fullmatch(remote):
                systems |= {system for system, host in _HOSTS.items() if host in remote}
            if os.path.lexists(self.folder / ".gitreview"):
                systems.add("zuul")
        return tuple(system for system in ci_paths() if system in systems)

    def _is_ours(self, path: str) -> bool:
        try:
            return PACKAGE.encode() in Confined(self.top or self.folder).read(path)
        except OSError:
            return False

    def manual(self) -> dict[str, Any]:
        """Return the title, publisher, kinds and license of an existing manual, if it has them."""
        known: dict[str, Any] = {}
        values = self._values(MANUAL_FILE)
        if not values:
            return {}
        for key in ("title", "publisher"):
            if isinstance(values.get(key), str):
                known[key] = str(values[key])
        kinds = values.get("kinds")
        known["kinds"] = tuple(
            kind.name
            for kind in KINDS
            if kind.name in (kinds if isinstance(kinds, list) else ())
            or has_records(self.folder, f"data/{kind.folder}")
        )
        titles = {title: name for name, title in LICENSES.items()}
        known["license"] = titles.get(str(values.get("license", "")), "")
        return known

    def _values(self, path: str) -> Mapping | dict[str, Any]:
        with suppress(OSError):
            parsed = read(Confined(self.folder, follow=True).read(path))
            if isinstance(parsed.value, dict):
                return parsed.value
        return {}

    def _project_in_conf(self) -> str:
        """Return ``project`` of an existing ``conf.py``, which is not executed."""
        with suppress(OSError, SyntaxError, ValueError):
            text = Confined(self.folder, follow=True).read("conf.py").decode("utf-8")
            return next(_texts(ast.parse(text), "project"), "")
        return ""

    def _remote(self) -> str:
        if self.top is None:
            return ""
        with suppress(UnreadableError, OSError):
            if directory := git_directory(self.top):
                with closing(Git(directory)) as git:
                    return next(iter(git.settings("remote.origin.url")), "")
        return ""


def _texts(module: ast.Module, name: str) -> Iterator[str]:
    for statement in module.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            targets = [target.id for target in statement.targets if isinstance(target, ast.Name)]
            if name in targets and isinstance(statement.value.value, str):
                yield statement.value.value


class Requirement(Struct, frozen=True):
    """How pip installs this program again; ``origin`` says why that can fail elsewhere."""

    text: str
    origin: str = ""


def requirement() -> Requirement:
    """Return how pip installs this program again: by its address if it came from one.

    pip writes ``direct_url.json`` for all that it did not get from an index
    (https://packaging.python.org/en/latest/specifications/direct-url/).
    """
    try:
        origin = json.loads(distribution(PACKAGE).read_text("direct_url.json") or "{}")
        address = origin.get("url", "")
        if not address:
            return Requirement(PACKAGE)
        if "vcs_info" in origin and not address.startswith("file:"):
            version = origin["vcs_info"]["commit_id"]
            return Requirement(f"{PACKAGE} @ {origin['vcs_info']['vcs']}+{address}@{version}")
        if address.startswith("https://"):
            return Requirement(f"{PACKAGE} @ {address}")
    except PackageNotFoundError:
        return Requirement(PACKAGE, "pip did not install it here")
    except (AttributeError, KeyError, TypeError, ValueError):
        return Requirement(PACKAGE, "it is not known from where pip installed it here")
    return Requirement(PACKAGE, f"pip installed it here from {verbatim(address)}")
