"""`BuildPaths`: the files that a Sphinx application reads, and those that it writes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from groundrules.pages import GENERATED
from groundrules.sphinxext.build import BuildSettings
from groundrules.sphinxext.manual_build import manual_build_of


class BuildPaths(NamedTuple):
    """Folders and files that a build reads, by what a change of them requires.

    ``pages`` need a build, ``assets`` are copied, and ``program`` is loaded only once.  Builds
    write the folders ``written``.
    """

    pages: frozenset[Path]
    assets: frozenset[Path]
    program: frozenset[Path]
    written: frozenset[Path]


def paths_of(builder: StandaloneHTMLBuilder, root: Path) -> BuildPaths:
    """Return the paths of the application of ``builder``, after a build."""
    env, conf = builder.env, Path(builder.confdir)
    pages = {Path(builder.srcdir), *manual_build_of(builder.config).folders, *_dependencies(env)}
    locales = {Path(builder.srcdir, name) for name in builder.config.locale_dirs}
    written = {Path(builder.outdir), Path(builder.doctreedir)}
    return BuildPaths(
        pages=frozenset(pages),
        assets=frozenset(_assets(builder)),
        program=frozenset({conf / "conf.py", conf / "docutils.conf", *locales, *_modules(root)}),
        written=frozenset(written | _generated(Path(builder.srcdir), root)),
    )


def paths_before(settings: BuildSettings, root: Path) -> BuildPaths:
    """Return the paths of a manual whose application could not start."""
    pages = {settings.source, root / "data", root / "templates"}
    return BuildPaths(
        pages=frozenset(pages),
        assets=frozenset(),
        program=frozenset({settings.conf / "conf.py", *_modules(root)}),
        written=frozenset({settings.output, *_generated(settings.source, root)}),
    )


def _generated(source: Path, root: Path) -> set[Path]:
    return {source / GENERATED, root / "build"}


def _dependencies(env: BuildEnvironment) -> Iterator[Path]:
    """Yield the files that pages include, show or offer for download."""
    for files in env.dependencies.values():
        yield from (Path(env.srcdir, file) for file in files)
    yield from (Path(env.srcdir, file) for file in (*env.images, *env.dlfiles))


def _assets(builder: StandaloneHTMLBuilder) -> Iterator[Path]:
    config = builder.config
    names = [*builder.get_asset_paths(), *config.templates_path]
    names += [name for name in (config.html_logo, config.html_favicon) if name and ":" not in name]
    return (Path(builder.confdir, name) for name in names)


def _modules(root: Path) -> Iterator[Path]:
    """Yield the files of the loaded modules that are part of the manual's folder."""
    for module in [*sys.modules.values()]:
        file = getattr(module, "__file__", None)
        if file and Path(file).is_relative_to(root) and "site-packages" not in Path(file).parts:
            yield Path(file)
