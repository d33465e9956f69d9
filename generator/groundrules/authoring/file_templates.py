"""`FileTemplates`: the templates of files that are no pages, in the folder of a package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import jinja2
from msgspec import Struct

from groundrules.pages import rst
from groundrules.yamlsource.writing import scalar

Filter = Callable[..., str]


class FileTemplates(Struct, frozen=True, dict=True):
    """The templates of a ``package``, with a filter for each syntax that a value meets.

    ``marks`` are other delimiters than Jinja's, by the names of its options.
    """

    package: str
    filters: Mapping[str, Filter] = {}
    marks: Mapping[str, Any] = {}

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """Return a template with the values of ``context``."""
        return self._environment.get_template(f"{name}.j2").render(context)

    @cached_property
    def _environment(self) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.PackageLoader(self.package),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,  # noqa: S701 (no file is HTML; each syntax has a filter)
            **self.marks,
        )
        environment.filters |= {"rst": rst.escape, "yaml": scalar, **self.filters}
        return environment
