"""`TextPlaces`: the file and line of a record's text, and of each line and part of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from groundrules.prose.record_text import lines_of, normal
from groundrules.records import Catalogue
from groundrules.records.fields import walk
from groundrules.yamlsource import Place, place_in

FileLine = tuple[str, int]


class TextPlaces:
    """The places of all texts of records; ``files`` are the data files by path."""

    def __init__(self, root: Path, catalogue: Catalogue, files: Mapping[str, str]) -> None:
        self._root, self._files = root, files
        self._origins: dict[str, tuple[str, Place, str]] = {
            normal(text): (location.path, Place(location.line, location.column), text)
            for top in catalogue.records()
            for record in walk(top)
            for text, location in record.prose()
        }

    def of_lines(self, text: str) -> list[FileLine] | None:
        """Return the place of each line of a record's text; ``None`` for other text."""
        if text not in self._origins:
            return None
        _, _, written = self._origins[text]
        index = len(written) - len(written.lstrip("\n"))
        places = []
        for line in lines_of(written.strip("\n")):
            places.append(self._at(text, index))
            index += len(line) + 1
        return places

    def of_part(self, text: str, part: str) -> FileLine | None:
        """Return the place of a part of a record's text, such as a role in a long paragraph."""
        if text not in self._origins:
            return None
        index = self._origins[text][2].find(part)
        return self._at(text, index) if index >= 0 else None

    def _at(self, text: str, index: int) -> FileLine:
        path, start, written = self._origins[text]
        return str(self._root / path), place_in(self._files[path], start, written, index).line
