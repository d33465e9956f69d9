"""A manual in a folder, written and built in this process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from stat import S_ISDIR

from few_records import FEW_RECORDS
from sphinx.application import Sphinx
from sphinx.cmd.build import build_main
from sphinx.config import Config
from sphinx.locale import translators
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace, patch_docutils

SMALL = Path(__file__).parent / "manual"


def forget_other_builds() -> None:
    """Restore what Sphinx shares among the builds of a process."""
    translators.clear()  # to which catalogs are added, in any language
    suffixes = Config.config_values["source_suffix"].default  # to which MyST adds its own
    suffixes.clear()
    suffixes[".rst"] = "restructuredtext"
    Config.config_values["templates_path"].default.clear()  # to which themes add their own


@dataclass
class Built:
    """What one build did: the pages it read and wrote, and what it said."""

    app: Sphinx
    folder: Path
    read: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    warnings: str = ""

    def text(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    @property
    def texts(self) -> dict[str, bytes]:
        """Every file of the build."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


@dataclass
class Manual:
    """A manual in a folder of its own.

    All builders use the doctrees of one output if it is named, as with ``make``.
    """

    root: Path
    doctrees_of: str = ""

    @property
    def source(self) -> Path:
        return self.root / "source"

    @property
    def generated(self) -> dict[str, str]:
        """Every generated page and diagram."""
        folder = self.source / "generated"
        return {
            path.relative_to(folder).as_posix(): path.read_text("utf-8")
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }

    def built(self, name: str) -> str:
        """Return a file of what ``sphinx-build`` made."""
        return (self.root / "build" / "html" / name).read_text("utf-8")

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def text_of(self, name: str) -> str:
        return (self.root / name).read_text("utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace in a file what stands there exactly once."""
        text = (self.root / name).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def build(
        self,
        builder: str = "html",
        output: str = "",
        doctrees: Path | None = None,
        **settings: object,
    ) -> Built:
        """Build and return what was done; messages have ``ROOT`` for the manual's folder."""
        folder = self.root / "build" / (output or builder)
        read = folder.with_name(f".doctrees-{self.doctrees_of or folder.name}")
        warnings = StringIO()
        forget_other_builds()
        with patch_docutils(self.root), docutils_namespace():
            app = Sphinx(
                self.source,
                self.root,
                folder,
                doctrees or read,
                builder,
                confoverrides={"nitpicky": True, **settings},
                status=None,
                warning=warnings,
            )
            built = Built(app, folder)
            app.connect("source-read", lambda _, name, __: built.read.add(name))
            app.connect("doctree-resolved", lambda _, __, name: built.written.add(name))
            app.build()
        built.warnings = self.plain(warnings.getvalue())
        return built

    def command(self, *arguments: str, output: str = "html") -> list[str]:
        """Return the arguments of ``sphinx-build``."""
        build = self.root / "build"
        return [
            *("--conf-dir", str(self.root), "--no-color"),
            *("--doctree-dir", str(build / f".doctrees-{output}"), *arguments),
            *(str(self.source), str(build / output)),
        ]

    def sphinx_build(self, *arguments: str) -> tuple[int, str, str]:
        """Do what the command does, in this process; return exit code, output and errors."""
        forget_other_builds()
        output, errors = StringIO(), StringIO()
        with redirect_stdout(output), redirect_stderr(errors):
            try:
                code = build_main(self.command(*arguments))
            except SystemExit as stopped:
                code = int(stopped.code or 0)
        return code, self.plain(output.getvalue()), self.plain(errors.getvalue())

    def sphinx_build_apart(self, *arguments: str, output: str = "html") -> tuple[int, str, str]:
        """Run the command itself."""
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", *self.command(*arguments, output=output)],
            cwd=self.root,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, self.plain(done.stdout), self.plain(done.stderr)

    def plain(self, text: str) -> str:
        # docutils names an included file from the current folder where both share a first folder
        nearby = os.path.relpath(self.root / "source")
        plain = strip_colors(text).replace(str(self.root), "ROOT")
        return plain.replace(nearby, "ROOT/source") if nearby.startswith("..") else plain

    @contextmanager
    def lent(self) -> Iterator[Manual]:
        """Let a test change what is built; it is as before, in its times too, when that is over.

        A copy elsewhere would not do: of that, Sphinx reads every page again.
        """
        kept = self.root.with_name(f"{self.root.name}-as-built")
        if not kept.exists():
            shutil.copytree(self.root, kept)
        try:
            yield self
        finally:
            restore(self.root, kept)


def restore(root: Path, kept: Path) -> None:
    """Make a folder what a copy of it is; only what differs is written."""
    before, now = states(kept), states(root)
    differing = {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
    for name in sorted(differing & now.keys(), reverse=True):  # what is in a folder comes first
        (Path.unlink if now[name] else Path.rmdir)(root / name)
    for name in sorted(differing & before.keys()):
        if before[name]:
            shutil.copy2(kept / name, root / name, follow_symlinks=False)
        else:
            (root / name).mkdir()


def states(folder: Path) -> dict[str, tuple[int, ...]]:
    """What a write changes of each file, by its path; nothing for folders."""
    found: dict[str, tuple[int, ...]] = {}
    for here, folders, files in os.walk(folder):
        inside = os.path.relpath(here, folder)
        for name in (*folders, *files):
            state = os.lstat(f"{here}/{name}")
            written = (state.st_mode, state.st_size, state.st_mtime_ns)
            found[f"{inside}/{name}"] = () if S_ISDIR(state.st_mode) else written
    return found


def copied(to: Path) -> Manual:
    shutil.copytree(SMALL, to, ignore=shutil.ignore_patterns("generated", "build"))
    return Manual(to)


def with_few_records(root: Path) -> Manual:
    manual = Manual(root)
    for name, text in FEW_RECORDS.items():
        manual.write(name, text)
    return manual


def built_once(manual: Manual) -> Manual:
    assert manual.build("html").warnings == ""
    return manual
