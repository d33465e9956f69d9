"""Records whether builds finished, and which pages they wrote.

Sphinx saves its environment after reading and before writing.  After an interruption it would
treat unwritten pages as written, and incomplete files as complete.  So a build removes its mark
from the folder of doctrees when it starts to read, and sets it again at the end.  If the mark is
missing or a doctree has changed, every page is read and written again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_ISREG
from typing import Any, cast

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from groundrules.pages import GENERATED
from groundrules.sphinxext.build_lock import lock, unlock
from groundrules.sphinxext.domain import ci_domain
from groundrules.store import Store, digest

logger = logging.getLogger(__name__)
FOLDER = ".groundrules"
ENVIRONMENT = "environment.pickle"
_BUILD_INFO = re.compile(r"# Sphinx build info version 1\n.*\nconfig: .*\ntags: .*\n")


def store_of(app: Sphinx) -> Store:
    """Return the store beside Sphinx's doctrees."""
    return Store(Path(app.doctreedir, FOLDER))


def begin(app: Sphinx, config: Config) -> None:
    """Lock the folders of a build, and remove Sphinx's environment if it is not trusted."""
    lock(*_folders(app))
    environment, info = Path(app.doctreedir, ENVIRONMENT), Path(app.outdir, ".buildinfo")
    known = store_of(app).get("doctrees", str)
    if not _is_whole(info):
        logger.info("%s is damaged; every page is built again", info)
        info.unlink()
    elif not os.path.lexists(environment) or (known and known == _state(Path(app.doctreedir))):
        return
    else:
        logger.info("the last build was not finished, or not here; every page is built again")
    environment.unlink(missing_ok=True)


def begin_reading(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Record that files may be incomplete from now on."""
    store_of(app).remove("doctrees")


def outdated_pages(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the pages to write again because an earlier build wrote other content.

    These are pages that were read since then, also by another builder with the same doctrees, pages
    with a link to a record that was moved or renamed, and the neighbors of added and removed pages.
    """
    written = store_of(app).get("written", dict[str, str], *_output(app)) or {}
    return [docname for docname, page in _pages(env).items() if written.get(docname) != page]


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Record that everything is written, and unlock the folders."""
    if exception is None:
        remove_lost_pages(app)
        store = store_of(app)
        store.put("written", _pages(app.env), *_output(app))
        store.put("doctrees", _state(Path(app.doctreedir)) or "")
    stop(app)


def stop(app: Sphinx) -> None:
    """Unlock the folders."""
    unlock(*_folders(app))


def remove_lost_pages(app: Sphinx) -> None:
    """Remove the pages of removed records from a site, which Sphinx does not do."""
    name_of = getattr(app.builder, "get_outfilename", None)
    if name_of is None:
        return
    docnames = [docname for docname in app.env.found_docs if docname.startswith(f"{GENERATED}/")]
    sources = Path(app.outdir, "_sources")
    suffix = app.config.html_sourcelink_suffix
    wanted = {os.fspath(name_of(docname)) for docname in docnames}
    for docname in docnames:
        source = sources / app.env.doc2path(docname, base=False)
        wanted |= {str(source), f"{source}{suffix}"}
    for folder in (Path(app.outdir, GENERATED), sources / GENERATED):
        for path in _files(folder):
            if path not in wanted:
                Path(path).unlink()
    Path(app.outdir, ".buildinfo.bak").unlink(missing_ok=True)  # Sphinx's own file of another build


def _folders(app: Sphinx) -> tuple[Path, Path]:
    return Path(app.srcdir), Path(app.doctreedir)


def _output(app: Sphinx) -> tuple[str, str]:
    return app.builder.name, str(app.outdir)


def _is_whole(info: Path) -> bool:
    """Return whether a file is missing or valid; Sphinx fails on an empty one."""
    try:
        return _BUILD_INFO.fullmatch(info.read_text("utf-8")) is not None
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False


def _pages(env: BuildEnvironment) -> dict[str, str]:
    """Return the digest of a page's input: when it was read, its references, its neighbors."""
    domain = ci_domain(env)
    relations = env.collect_relations()
    return {
        docname: digest(read, domain.mentions_on(docname), _neighbors(env, relations, docname))
        for docname, read in cast(dict[str, Any], env.all_docs).items()
    }


def _neighbors(
    env: BuildEnvironment, relations: dict[str, list[str | None]], docname: str
) -> list[tuple[str, str]]:
    """Return the names and titles of the pages before, after and above, which themes link to.

    Sphinx writes none of these links again where a page is added or removed.
    """
    above, *names = relations.get(docname, [None])
    while above:
        names.append(above)
        above = relations.get(above, [None])[0]
    return [(name, env.titles[name].astext()) for name in names if name in env.titles]


def _state(doctrees: Path) -> str | None:
    """Return the digest of the state of Sphinx's pickles; None if another user owns one.

    Loading a pickle can execute code, and other users may be able to write to the folder.
    """
    parts = []
    for path in _files(doctrees):
        if path.endswith((".doctree", f"/{ENVIRONMENT}")):
            state = os.lstat(path)
            if state.st_uid != os.getuid() or not S_ISREG(state.st_mode):
                return None
            parts.append((os.path.relpath(path, doctrees), state.st_size, state.st_mtime_ns))
    return digest(*sorted(parts))


def _files(folder: Path) -> Iterator[str]:
    for here, _, names in os.walk(folder):
        yield from (f"{here}/{name}" for name in names)
