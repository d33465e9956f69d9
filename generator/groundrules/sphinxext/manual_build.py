"""`ManualBuild`: the data of one build, read once and only when a page or a change needs it.

What reads records and makes pages is imported in the methods that need it: a build with nothing
changed goes without, and without pydantic and Graphviz.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import SphinxError

from groundrules.atomic import write_text
from groundrules.diagnostics import Diagnostic, did_you_mean
from groundrules.pages.stamp import NotOursError, digest_of, is_current
from groundrules.sphinxext.saved_warnings import tell, tell_again

if TYPE_CHECKING:
    from groundrules.claims.claims import Claims, ConfigurationClaim
    from groundrules.claims.verdicts import Verdicts
    from groundrules.pages.graph_cache import GraphCache
    from groundrules.pages.outline import Outline
    from groundrules.pages.render import Templates
    from groundrules.records import Catalogue, LoadedData
    from groundrules.records.fields import Record
    from groundrules.records.graph import Graph
    from groundrules.records.platform import Platform
    from groundrules.records.session import Session
    from groundrules.yamlsource import Place

GENERATED = "generated"
CONFIGURATIONS = ".configurations"


class InvalidData(SphinxError):
    """The data has mistakes; nothing was written."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__("\n".join(str(each) for each in diagnostics))
        self.diagnostics = diagnostics


class InvalidTemplate(SphinxError):
    """A template cannot be used; nothing was written."""


class UnknownConfiguration(SphinxError):
    """A path is given for a configuration that ``manual.yaml`` does not name."""


class ManualBuild:
    """The data, templates and generated pages of one Sphinx build.

    ``given`` are the paths of configurations by name, for those that ``manual.yaml`` cannot tell;
    ``doctrees`` is the folder where Sphinx keeps what it has read.
    """

    def __init__(
        self,
        root: Path,
        source: Path,
        data: str,
        templates: str,
        given: Mapping[str, Path],
        doctrees: Path,
    ) -> None:
        self.root, self.data, self.given, self.doctrees = root, data, given, doctrees
        self.folder = source / GENERATED
        self.template_folder = root / templates

    @cached_property
    def digest(self) -> str:
        """Stands for everything that generated pages are made from.

        That is the data, the templates and this program, and the real configurations that
        graphs are held against.  Raises `InvalidData` where the data had to be read for it.
        """
        from groundrules.ci.state import state_of

        claims = self._configurations
        given = [f"{name} {path}" for name, path in sorted(self.given.items())]
        states = [
            f"{each.id} {state_of(each, self.root, self.given.get(each.id))}" for each in claims
        ]
        return hashlib.sha256("\n".join([self._written, *given, *states]).encode()).hexdigest()

    @cached_property
    def _written(self) -> str:
        """Stands for what people write: data, templates and this program."""
        return digest_of(self.root, self.root / self.data, self.template_folder)

    @cached_property
    def _configurations(self) -> tuple[ConfigurationClaim, ...]:
        """The configurations that graphs are held against, as noted when pages were made last."""
        from groundrules.claims.store import from_plain

        try:
            known = json.loads((self.folder / CONFIGURATIONS).read_text("utf-8"))
            if known["written"] == self._written:
                found: tuple[ConfigurationClaim, ...] = from_plain(known["configurations"])
                return found
        except (OSError, ValueError, TypeError, LookupError):
            pass
        claims = self.claims
        used = {each.configuration for each in claims.graphs}
        return tuple(each for each in claims.configurations if each.id in used)

    def _note_configurations(self) -> None:
        """Note which configurations there are, so that the next build need not read the data."""
        from groundrules.claims.store import to_plain

        known = {"written": self._written, "configurations": to_plain(self._configurations)}
        write_text(self.folder / CONFIGURATIONS, json.dumps(known))

    @cached_property
    def found(self) -> Verdicts:
        """What became of each documented graph, job and edge, held against what is at hand."""
        from groundrules.checker import verdicts_of

        return verdicts_of(self.claims, self.root, self.given)

    @cached_property
    def claims(self) -> Claims:
        """What the records claim of real configurations."""
        from groundrules.records.claims import claims_of

        return claims_of(self.catalogue)

    @cached_property
    def templates(self) -> Templates:
        """The templates, the manual's own before built-in ones."""
        from groundrules.pages.bytecode import Bytecode
        from groundrules.pages.render import Templates

        return Templates(self.template_folder, Bytecode(self.doctrees))

    @cached_property
    def loaded(self) -> LoadedData:
        """The records, checked as the command does it, which remembers the same texts."""
        from sphinx.highlighting import lexer_classes, lexers

        from groundrules.cache import cache_folder
        from groundrules.checker.check_data import check_data
        from groundrules.prose.languages import is_language

        own = {name for name in (*lexers, *lexer_classes) if not is_language(name)}
        return check_data(self.root, self.data, cache=cache_folder(self.root), languages=own)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The records; raises `InvalidData` when they have mistakes."""
        loaded = self.loaded
        if loaded.catalogue is None or loaded.report.has_errors:
            raise InvalidData(loaded.report.diagnostics)
        return loaded.catalogue

    @cached_property
    def outline(self) -> Outline:
        """Who refers to whom in the records."""
        from groundrules.pages.outline import Outline

        return Outline(self.catalogue, self.found)

    def record(self, kind: str, name: str) -> Record | None:
        """Return a record that has a page, or ``None``; a job is named ``GRAPH/NAME``."""
        catalogue = self.catalogue
        if kind == "expectation":
            return catalogue.expectations.get(name)
        if kind == "job":
            found = catalogue.jobs.get(name, ())
            return found[0][1] if len(found) == 1 else None
        of_kind: dict[str, Iterable[Platform | Graph | Session]] = {
            "platform": catalogue.platforms,
            "graph": catalogue.graphs,
            "session": catalogue.sessions,
        }
        return next((each for each in of_kind.get(kind, ()) if each.id == name), None)

    def generate(self) -> bool:
        """Bring the generated pages up to date; return whether the input had changed.

        Raises `InvalidData`, `InvalidTemplate` or `UnknownConfiguration` before anything is
        written.
        """
        if is_current(self.folder, self.digest):
            tell_again(self.folder)
            return False
        from groundrules.pages.generate import generate
        from groundrules.pages.render import TemplateProblem
        from groundrules.pages.write import OutsideError

        catalogue = self.catalogue
        self._check_given()
        try:
            generate(catalogue, self.templates, self.digest, self.found, self._ledger())
        except (TemplateProblem, OutsideError, NotOursError) as error:
            raise InvalidTemplate(str(error)) from None
        tell(self.folder, self.loaded.report.diagnostics)
        self._note_configurations()
        return True

    def _check_given(self) -> None:
        known = [each.id for each in self.catalogue.manual.configurations]
        for name in self.given:
            if name not in known:
                hint = did_you_mean(name, known, "known")
                raise UnknownConfiguration(f"there is no configuration {name!r}{hint}")

    def _ledger(self) -> GraphCache:
        """Return what is known of generated files: nothing where the manual has own templates.

        Those may show anything, so that no file is sure to be as it would be made again.
        """
        from groundrules.pages.graph_cache import GraphCache, keys_of

        if any(self.template_folder.rglob("*")):
            return GraphCache(self.folder)
        program = digest_of(self.root)
        return GraphCache(
            self.folder, keys_of(self.catalogue, self.loaded.texts, self.found, program)
        )

    @cached_property
    def _origins(self) -> dict[str, tuple[str, Place, str]]:
        from groundrules.pages.rst import normal
        from groundrules.records.fields import walk
        from groundrules.yamlsource import Place

        return {
            normal(text): (location.path, Place(location.line, location.column), text)
            for root in self.catalogue.records()
            for record in walk(root)
            for _, text, location in record.prose()
        }

    def origin(self, text: str) -> list[tuple[str, int]] | None:
        """Return file and line of each line of a record's text; ``None`` for no record's."""
        from groundrules.pages.rst import lines_of
        from groundrules.yamlsource import place_in

        if text not in self._origins:
            return None
        path, start, written = self._origins[text]
        file = self.loaded.texts[path]
        index = len(written) - len(written.lstrip("\n"))
        lines = []
        for line in lines_of(written.strip("\n")):
            lines.append((str(self.root / path), place_in(file, start, written, index).line))
            index += len(line) + 1
        return lines

    def place(self, text: str, part: str) -> tuple[str, int] | None:
        """Return file and line of a part of a record's text, such as a role in a long paragraph."""
        from groundrules.yamlsource import place_in

        if text not in self._origins:
            return None
        path, start, written = self._origins[text]
        index = written.find(part)
        if index < 0:
            return None
        return str(self.root / path), place_in(self.loaded.texts[path], start, written, index).line


_editions: WeakKeyDictionary[Config, ManualBuild] = WeakKeyDictionary()


def open_manual_build(app: Sphinx) -> ManualBuild:
    """Return a new edition for the build of ``app``."""
    config = app.config
    root = Path(app.confdir or app.srcdir)
    given = {name: root / path for name, path in config.groundrules_configurations.items()}
    edition = ManualBuild(
        root,
        Path(app.srcdir),
        config.groundrules_data,
        config.groundrules_templates,
        given,
        Path(app.doctreedir),
    )
    _editions[config] = edition
    return edition


def manual_build_of(config: Config) -> ManualBuild:
    """Return the edition of the build that ``config`` is for."""
    return _editions[config]
