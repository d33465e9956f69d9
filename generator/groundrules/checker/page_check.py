"""Checks hand-written pages: their roles and directives of the manual, and the records they name.

Sphinx warns of others when it builds them; here it is reported without Sphinx, and ``conf.py`` is
not executed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from groundrules.checker.excluded_pages import Excluded, UnknownPagesError, excluded_pages
from groundrules.confined import LARGEST, MOST, Confined, EntryKind
from groundrules.diagnostics import Checked, Diagnostic, Location, Report, Skipped
from groundrules.findings.ignores import apply_ignores
from groundrules.manual_folder import ManualFolder
from groundrules.nearest import did_you_mean
from groundrules.pages import GENERATED
from groundrules.prose.prose_cache import Mentions
from groundrules.prose.record_mentions import DOMAIN, OWN
from groundrules.records.files import printable
from groundrules.records.references import Names, References
from groundrules.rules.prose import UNKNOWN_ON_PAGE as RULE
from groundrules.store import Store, digest

SUFFIXES = (".rst", ".md")
DEEPEST = 50  # folders in folders
# what Sphinx makes, and what manuals exclude by habit; hidden files too
_NO_PAGES = {"_build", "_sources", "_static", "_templates", "build", "node_modules", "venv"}


def check_pages(root: Path, names: Names, store: Store, report: Report) -> dict[str, str]:
    """Note unknown records on the pages of a manual; return the pages with findings.

    A page that the ``store`` knows is not searched again.
    """
    try:
        is_excluded = excluded_pages(ManualFolder(root))
    except UnknownPagesError as error:
        if any(DOMAIN in text for _, text in _pages(root, lambda path: False, report)):
            report.skipped.append(Skipped("hand-written pages", str(error), (RULE.id,)))
        return {}
    references = References(names, RULE)
    known = store.get("pages", dict[str, Mentions], str(root)) or {}
    kept: dict[str, Mentions] = {}
    texts = {}
    for path, text in _pages(root, is_excluded, report):
        report.checked.append(Checked(path))
        if DOMAIN not in text:
            continue
        key = digest(path.endswith(".md"), text)
        kept[key] = known[key] if key in known else _mentions(path, text)
        if unknown := list(_unknown(references, kept[key], path, text)):
            texts[path] = text
            report.add(unknown)
    if kept.keys() != known.keys():
        store.put("pages", kept, str(root))
    if names.uncertain or names.rejected:  # such a name is not reported, but a comment may hide it
        report.cut.update(texts)
    apply_ignores(report, texts)
    return texts


def _mentions(path: str, text: str) -> Mentions:
    if path.endswith(".md"):
        from groundrules.prose.myst_page import myst_mentions as mentions
    else:
        from groundrules.prose.rst_page import rst_mentions as mentions
    return tuple(mentions(text))


def _unknown(
    references: References, mentions: Mentions, path: str, text: str
) -> Iterator[Diagnostic]:
    starts = [*accumulate((len(line) + 1 for line in text.split("\n")), initial=0)]
    for mention in mentions:
        line = bisect_right(starts, mention.position)
        column = mention.position - starts[line - 1] + 1
        place = Location(path, line, column)
        if names := OWN.get(mention.kind):
            hint = did_you_mean(mention.name, (f"{DOMAIN}{name}" for name in names), "known")
            yield Diagnostic(place, f"unknown {mention.kind} {mention.name!r}{hint}", RULE)
        else:
            yield from references.require_one(mention.kind, mention.name, place)


def _pages(root: Path, is_excluded: Excluded, report: Report) -> Iterator[tuple[str, str]]:
    """Yield the paths and texts of the pages that people write and Sphinx reads."""
    start = ManualFolder(root).source_path
    if start is None:
        return
    folder = Confined(root, follow=True)
    for path in page_paths(folder, start, is_excluded):
        where = printable(Path(path))
        try:
            data = folder.read(path)
            reason = f"it is larger than {LARGEST >> 20} MiB" if len(data) > LARGEST else ""
        except OSError as error:
            reason = f"it cannot be read: {error.strerror}"
        if reason:
            report.skipped.append(Skipped(where, reason, (RULE.id,)))
            continue
        text = data.decode("utf-8-sig", "replace")
        yield where, text.replace("\r\n", "\n").replace("\r", "\n")


def page_paths(folder: Confined, start: str, is_excluded: Excluded) -> list[str]:
    """Return the paths of pages, sorted: `MOST` files and folders are looked at."""
    left, paths, seen = [start], list[str](), 0
    while left and seen < MOST:
        entries = folder.entries(left.pop())
        seen += len(entries)
        for entry in entries:
            name = entry.path.rpartition("/")[2]
            if name.startswith(".") or name in _NO_PAGES:
                continue
            if is_excluded(entry.path.removeprefix(f"{start}/" if start else "")):
                continue
            if entry.kind is not EntryKind.FOLDER:
                paths += [entry.path] if name.endswith(SUFFIXES) else []
            elif entry.path != f"{start}/{GENERATED}".lstrip("/") and (
                entry.path.count("/") < DEEPEST
            ):
                left.append(entry.path)
    return sorted(paths)
