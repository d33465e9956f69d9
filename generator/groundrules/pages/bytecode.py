"""Compiled templates, kept from one build to the next.

Of a build that writes three pages, Jinja2 takes a tenth to compile the theme's fifty templates.
"""

from __future__ import annotations

from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from groundrules.cache import keep, kept


class Bytecode(jinja2.BytecodeCache):
    """Keeps compiled templates below a folder that nobody else can write to.

    Jinja2 looks whether a template's text has changed.  What else compiled it is looked at too:
    Jinja2's version and those that are given are in the name of a folder of their own, and files
    of another edition of this program, whose filters are worked out where a template gives them
    constants, or damaged ones are as if they were not there.
    """

    def __init__(self, folder: Path, *versions: str) -> None:
        self._folder = folder / "-".join([".templates", jinja2.__version__, *versions])

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket what was kept of its template, if anything."""
        if (code := kept(self._file(bucket))) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in the bucket, where that can be written."""
        keep(self._file(bucket), bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.bytecode"
