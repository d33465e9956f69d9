"""Preconditions of a build: right settings, safe folders and a first page."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import NoReturn

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util import logging

from groundrules.build_folders import UnsafeFolderError, UnwritableFolderError, guard, make
from groundrules.conf_file import CONF
from groundrules.pages import GENERATED
from groundrules.sphinxext import finished_builds
from groundrules.sphinxext.build_errors import UNSAFE, UNWRITABLE

FIRST_GENERATED = f"{GENERATED}/about"  # which every manual has
_FOLDERS = {"groundrules_data": "data", "groundrules_templates": "templates"}

logger = logging.getLogger(__name__)


def require_folders(app: Sphinx, config: Config) -> None:
    """Refuse doctrees that other users can write, and folders that this user cannot write.

    Links that lead out of the folders are removed.
    """
    output, doctrees = Path(app.outdir), Path(app.doctreedir)
    try:
        guard(output, doctrees)
        make(output)
        make(doctrees)
    except (UnsafeFolderError, UnwritableFolderError) as error:
        logger.error("%s", error)
        is_unsafe = isinstance(error, UnsafeFolderError)
        raise SystemExit(UNSAFE if is_unsafe else UNWRITABLE) from None


def require_settings(app: Sphinx, config: Config) -> None:
    """Refuse settings of a wrong type, of which Sphinx only warns.  Raises `ConfigError`."""
    conf = Path(app.confdir or app.srcdir, CONF)
    for name, example in _FOLDERS.items():
        if not isinstance(value := config[name], str):
            raise ConfigError(f"{conf}: {name} is {value!r}; write a folder such as {example!r}")
    value = config.groundrules_configurations
    paths = value.values() if isinstance(value, dict) else (None,)
    if not all(isinstance(path, str | PathLike) for path in paths):
        example = "{'project-config': '../project-config'}"
        raise ConfigError(
            f"{conf}: groundrules_configurations is {value!r}; write names and paths such as "
            f"{example}"
        )


def require_generated_pages(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop a build whose settings keep the generated pages from being read."""
    if FIRST_GENERATED in env.found_docs:
        return
    settings = "'exclude_patterns' or 'include_patterns' in conf.py"
    _stop(app, f"the pages in {GENERATED}/ are excluded by {settings}; let Sphinx read them")


def require_first_page(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop a build without a first page, before Sphinx reads all other pages."""
    if app.config.root_doc in env.found_docs:
        return
    name = f"{app.config.root_doc}{next(iter(app.config.source_suffix))}"
    source = Path(app.srcdir)
    what = "create the manual's first page"
    if (source / "source" / name).is_file():
        what = f"the pages are in source/: run sphinx-build --conf-dir {source} {source / 'source'}"
    _stop(app, f"{source / name} is missing; {what}")


def _stop(app: Sphinx, reason: str) -> NoReturn:
    logger.error("%s", reason)
    finished_builds.stop(app)
    raise SystemExit(2)
