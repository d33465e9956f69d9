"""`TemplateFolder`: the manual's own templates, read only from their folder."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
from jinja2.loaders import split_template_path
from typing_extensions import override

from groundrules.confined import Confined, LinkError


class LinkedTemplateError(Exception):
    """A template is a link out of the folder of templates."""


class TemplateFolder(jinja2.BaseLoader):
    """Loads templates as `jinja2.FileSystemLoader` does, but follows no link out of the folder.

    Raises `LinkedTemplateError` for a template behind one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = Confined(folder.parent, follow=True).below(folder.name, follow=True)

    @override
    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, None]:
        path = "/".join(split_template_path(template))
        place = f"{self._folder}/{path}"
        try:
            return self._files.read(path).decode("utf-8"), place, None
        except LinkError:
            raise LinkedTemplateError(
                f"{place}: a symbolic link leads out of {self._folder.name}/; "
                "put the template itself there"
            ) from None
        except OSError:
            raise jinja2.TemplateNotFound(template) from None

    def names(self) -> list[str]:
        """Return the files in the folder, without those of editors."""
        try:
            paths = [entry.path for entry in self._files.walk()]
        except OSError:
            return []
        return [path for path in paths if not re.search(r"(?:^|/)[.#]|~$", path)]

    def has_any(self) -> bool:
        """Return whether there is anything in the folder."""
        try:
            return bool(self._files.entries())
        except OSError:
            return False
