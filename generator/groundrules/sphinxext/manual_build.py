"""`ManualBuild`: the data, templates and generated pages of one Sphinx build.

Each is read once, and only when it is needed.  The modules that read records and generate pages
are imported then, so an unchanged build does not import them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from groundrules.build_folders import UnwritableFolderError, unwritable
from groundrules.ci.revisions import last_day_of
from groundrules.manual_folder import root_and_data
from groundrules.pages import GENERATED
from groundrules.pages.stamp import NotOursError, Stamp, digest_of
from groundrules.sphinxext.build_errors import InvalidTemplate
from groundrules.sphinxext.build_inputs import BuildInputs
from groundrules.sphinxext.saved_warnings import report_again, report_warnings
from groundrules.store import Store
from groundrules.text import escaped

if TYPE_CHECKING:
    from groundrules.pages.graph_cache import GraphCache
    from groundrules.pages.render import Templates
    from groundrules.records import Catalogue
    from groundrules.records.loading import KnownFiles
    from groundrules.sphinxext.manual_records import ManualRecords
    from groundrules.sphinxext.text_places import TextPlaces

logger = logging.getLogger(__name__)


class ManualBuild:
    """A build of the manual in ``root``, with its pages in the folder ``source``.

    ``given`` are paths of configurations by name, if they are not in ``manual.yaml``.  ``before``
    is the last build in this process, of which files and templates are used again.
    """

    def __init__(
        self,
        root: Path,
        source: Path,
        data: str,
        templates: str,
        given: Mapping[str, Path],
        before: ManualBuild | None = None,
    ) -> None:
        self.root, self._data, self._given = root, data, given
        self._known_files: KnownFiles = before._known_files if before else {}
        self._known_templates: tuple[str, Templates] | None = (
            before._known_templates if before else None
        )
        self._template_folder = root / templates
        self._folder = source / GENERATED
        self._store = Store(self._folder)
        self.folders = (root / data, self._template_folder)
        self.inputs = BuildInputs(
            root, self.folders, given, self._store, records=lambda: self.records
        )

    @cached_property
    def records(self) -> ManualRecords:
        """The records."""
        from groundrules.sphinxext.manual_records import ManualRecords

        return ManualRecords(self.root, self._data, self._given, self._known_files)

    @property
    def catalogue(self) -> Catalogue:
        """The records; raises `InvalidData` if they have mistakes."""
        return self.records.catalogue

    @cached_property
    def last_day_in_git(self) -> datetime.date | None:
        """The day of the last commit that changed the data; None if git does not say."""
        day = last_day_of(self.folders[0])
        return datetime.date.fromisoformat(day) if day else None

    @cached_property
    def templates(self) -> Templates:
        """The templates; the manual's own override built-in ones."""
        from groundrules.pages.render import Templates

        state = digest_of(self.root, self._template_folder)
        if self._known_templates and self._known_templates[0] == state:
            return self._known_templates[1]
        templates = Templates(self._template_folder)
        self._known_templates = state, templates
        return templates

    @cached_property
    def places(self) -> TextPlaces:
        """The places of the texts of records."""
        from groundrules.sphinxext.text_places import TextPlaces

        return TextPlaces(self.root, self.catalogue, self.records.loaded.texts)

    def generate(self) -> bool:
        """Update the generated pages; return whether the input had changed.

        Raises `InvalidData`, `InvalidTemplate` or `UnknownConfiguration` before anything is
        written.
        """
        self._warn_of_unused_templates()
        stamp = Stamp(self._folder, self._store, records=self.root / self._data)
        if stamp.fits(self.inputs.digest):
            report_again(self._store, self.root)
            return False
        self.records.check_given()
        self._generate(stamp)
        report_warnings(self._store, self.root, self.records.lasting)
        self.inputs.put()
        return True

    @cached_property
    def has_own_templates(self) -> bool:
        """Whether the manual has templates that override built-in ones."""
        from groundrules.pages.template_folder import TemplateFolder

        return TemplateFolder(self._template_folder).has_any()

    def _warn_of_unused_templates(self) -> None:
        """Warn about files that no page uses, whose names are usually misspelt."""
        if not self.has_own_templates:
            return
        for name, near in self.templates.unused().items():
            hint = f"did you mean {near!r}?" if near else "remove it, or include it in a template"
            logger.warning(
                "template %r is not used; %s", name, hint,
                location=escaped(f"{self._template_folder}/{name}"),
                type="groundrules", subtype="template",
            )  # fmt: skip

    def _generate(self, stamp: Stamp) -> None:
        from groundrules.pages.generate import generate
        from groundrules.pages.render import TemplateProblem
        from groundrules.pages.write import OutsideError

        verdicts, cache = self.records.verdicts, self._graph_cache()
        try:
            generate(
                self.catalogue,
                self.templates,
                stamp,
                self.inputs.digest,
                verdicts,
                cache,
                self.records.published,
                self.records.usage,
            )
        except (TemplateProblem, OutsideError, NotOursError) as error:
            raise InvalidTemplate(str(error)) from None
        except OSError as error:
            raise UnwritableFolderError(unwritable(error, self._folder)) from None

    def _graph_cache(self) -> GraphCache:
        """Return the state of generated files; an empty one if the manual has its own templates.

        Own templates can show any data, so every file may have changed.
        """
        from groundrules.pages.graph_cache import GraphCache, keys_of
        from groundrules.pages.shown_users import ShownUsers

        if self.has_own_templates:
            return GraphCache(self._folder)
        texts, program = self.records.loaded.texts, digest_of(self.root)
        users = ShownUsers(self.catalogue, self.records.usage)
        keys = keys_of(self.catalogue, texts, self.records.verdicts, program, users)
        return GraphCache(self._folder, keys)


_builds: WeakKeyDictionary[Config, ManualBuild] = WeakKeyDictionary()


def open_manual_build(app: Sphinx) -> ManualBuild:
    """Return a new `ManualBuild` for the build of ``app``."""
    config = app.config
    conf = Path(app.confdir or app.srcdir)
    given = {name: conf / path for name, path in config.groundrules_configurations.items()}
    root, data = root_and_data(conf, config.groundrules_data)
    templates = str(conf / config.groundrules_templates)
    before = _builds.get(config)
    _builds[config] = ManualBuild(root, Path(app.srcdir), data, templates, given, before)
    return _builds[config]


@contextmanager
def kept_if_refused(app: Sphinx) -> Iterator[None]:
    """Keep the last `ManualBuild` if the new one is not valid, since its pages are kept too."""
    before = _builds.get(app.config)
    try:
        yield
    except BaseException:
        if before is not None:
            _builds[app.config] = before
        raise


def manual_build_of(config: Config) -> ManualBuild:
    """Return the `ManualBuild` of the build that ``config`` is for."""
    return _builds[config]
