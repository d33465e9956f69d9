"""Preconditions of a build: safe folders and a first page."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from groundrules.build_folders import UnsafeFolderError, UnwritableFolderError, guard, make
from groundrules.pages import GENERATED
from groundrules.sphinxext import finished_builds
from groundrules.sphinxext.build_errors import UNSAFE, UNWRITABLE

FIRST_GENERATED = f"{GENERATED}/about"  # which every manual has

logger = logging.getLogger(__name__)


def require_folders(app: Sphinx, config: Config) -> None:
    """Refuse doctrees that other users can write; remove links that lead out of the folders."""
    doctrees = Path(app.doctreedir)
    try:
        guard(Path(app.outdir), doctrees)
        make(doctrees)
    except UnsafeFolderError as error:
        logger.error("%s", error)
        raise SystemExit(UNSAFE) from None
    except UnwritableFolderError as error:
        logger.error("%s", error)
        raise SystemExit(UNWRITABLE) from None


def require_generated_pages(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop a build whose settings keep the generated pages from being read."""
    if FIRST_GENERATED in env.found_docs:
        return
    logger.error(
        "the pages in %s/ are excluded by 'exclude_patterns' or 'include_patterns' in conf.py; "
        "let Sphinx read them", GENERATED,
    )  # fmt: skip
    finished_builds.stop(app)
    raise SystemExit(2)


def require_first_page(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop a build without a first page, before Sphinx reads all other pages."""
    if app.config.root_doc in env.found_docs:
        return
    name = f"{app.config.root_doc}{next(iter(app.config.source_suffix))}"
    source = Path(app.srcdir)
    what = "create the manual's first page"
    if (source / "source" / name).is_file():
        what = f"the pages are in source/: run sphinx-build --conf-dir {source} {source / 'source'}"
    logger.error("%s is missing; %s", source / name, what)
    finished_builds.stop(app)
    raise SystemExit(2)
