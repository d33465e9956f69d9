"""Compiled templates, kept from one build to the next.

Of a build that writes three pages, Jinja2 takes a tenth to compile the theme's fifty templates.
What is kept stands beside Sphinx's own pickles, in the folder of doctrees: who can write there
could run anything in a build already.
"""

from __future__ import annotations

from pathlib import Path

import jinja2
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from sphinx.application import Sphinx

import sphinx
from groundrules import __version__


def bytecode_in(doctrees: Path) -> BytecodeCache:
    """Return what keeps compiled templates below a folder of doctrees.

    Jinja2 looks whether a template's text has changed; what else compiled it, the versions of
    Sphinx with its filters, of Jinja2 and of this program, is in the folder's name.
    """
    versions = f"{jinja2.__version__}-{sphinx.__version__}-{__version__}"
    folder = doctrees / f".templates-{versions}"
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder), "%s.bytecode")


def keep_bytecode(app: Sphinx) -> None:
    """Keep the theme's templates compiled, unless somebody else does."""
    templates = getattr(app.builder, "templates", None)
    environment = getattr(templates, "environment", None)
    if isinstance(environment, jinja2.Environment) and environment.bytecode_cache is None:
        environment.bytecode_cache = bytecode_in(app.doctreedir)
