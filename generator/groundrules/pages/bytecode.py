"""Compiled templates, kept from one build to the next.

Of a build that writes three pages, Jinja2 takes a tenth to compile the theme's fifty templates.
"""

from __future__ import annotations

from pathlib import Path

import jinja2
from jinja2 import BytecodeCache, FileSystemBytecodeCache

from groundrules import __version__


def bytecode_in(folder: Path, *versions: str) -> BytecodeCache:
    """Return what keeps compiled templates below a folder that nobody else can write to.

    Jinja2 looks whether a template's text has changed; what else compiled it, the versions of
    Jinja2, of this program and those that are given, is in the name of a folder of its own.
    """
    own = folder / "-".join([".templates", jinja2.__version__, __version__, *versions])
    own.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(own), "%s.bytecode")
