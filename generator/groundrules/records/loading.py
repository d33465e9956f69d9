"""Data files → `Catalogue`, with all mistakes of all files in one run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as MappingType
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct, field
from pydantic import ValidationError

from groundrules.diagnostics import Location, Report, Rule
from groundrules.records.catalogue import Catalogue
from groundrules.records.control_characters import controls
from groundrules.records.cut_texts import cut_texts
from groundrules.records.empty_values import blanks
from groundrules.records.fields import Context, Record
from groundrules.records.files import (
    BOUNDS,
    FOLDERS,
    MOST_MISTAKES,
    RECORDED,
    DataFile,
    DataFolder,
    with_drafts,
)
from groundrules.records.folded_lists import folded_lists
from groundrules.records.kinds import KINDS, MANUAL, RecordKind, kind_of, stem_of
from groundrules.records.links import Link, links
from groundrules.records.manual import Manual
from groundrules.records.misread_values import misread_values
from groundrules.records.names import KnownNames
from groundrules.records.parts import RecordPart, parts
from groundrules.records.shape import keys_of, required_keys
from groundrules.records.texts import Text, texts
from groundrules.records.yaml_surprises import quoted, surprise, word_at
from groundrules.rules import reading as rules
from groundrules.yamlsource import Mapping, NotText, ParsedYaml, Place, Problem, read

NOTHING = "this key has no value; add one or remove the key"
# replaces an unreadable manual.yaml, so that everything else can be checked
_UNKNOWN = Manual.model_construct(title="", publisher="", summary="")


class DataContent(Struct):
    """The content of a data folder.

    ``catalogue`` has the valid records, or is ``None`` if there is none.  ``names`` also has the
    names of invalid records; ``texts`` are the files by path.  ``damaged`` has the
    reStructuredText of each file with mistakes, by path, including parts that are not in the
    catalogue.  ``parts`` and ``links`` are those of all files, including such parts.
    """

    catalogue: Catalogue | None = None
    names: KnownNames = field(default_factory=KnownNames)
    texts: dict[str, str] = {}
    damaged: dict[str, tuple[Text, ...]] = {}
    parts: list[RecordPart] = []
    links: list[Link] = []


class LoadedData(DataContent):
    """What a data folder says, and the findings of reading it."""

    report: Report = field(default_factory=Report)


KnownFile = tuple[DataFile, LoadedData, Record | None]
KnownFiles = dict[str, KnownFile]
"""Files by path, with what each says; a program that loads again keeps it."""


def load(
    root: Path,
    folder: str = "data",
    drafts: MappingType[str, bytes] = {},
    known: KnownFiles | None = None,
) -> LoadedData:
    """Read every record below ``root/folder``; the folder may be absolute.

    Mistakes in files do not raise; each is a diagnostic in the report.  ``drafts`` are files that
    are not written yet, by path; they replace those on disk.  Files that are ``known`` and have the
    same content are not parsed again; ``known`` then has the present files.
    """
    loaded = LoadedData()
    folder = os.path.relpath(root / folder, root)  # places are reported relative to the root
    files = with_drafts(DataFolder(root, folder, loaded.report).files(), drafts)
    return load_files(files, folder, loaded, known)


def load_files(
    listed: Iterable[DataFile], folder: str, loaded: LoadedData, known: KnownFiles | None = None
) -> LoadedData:
    """Add the records of listed files to ``loaded``; ``folder`` is their folder in messages."""
    files, known = list(listed), {} if known is None else known
    _note_nothing({file.kind for file in files}, folder, loaded)
    records: dict[str, list[Any]] = {kind: [] for kind in (MANUAL, *RECORDED, *FOLDERS)}
    read = {file.path: _read(file, known.get(file.path)) for file in files}
    known.clear()
    known.update(read)
    for file, content, record in read.values():
        _add(loaded, content)
        if record:
            records[file.kind].append(record)
    if {file.kind for file in files} == {MANUAL}:
        _note_no_record(records[MANUAL], folder, loaded)
    if files:
        loaded.catalogue = _catalogue(records)
    return loaded


def _read(file: DataFile, known: KnownFile | None) -> KnownFile:
    """Return what a file says, and its record."""
    if known is not None and known[0] == file:
        return known
    content = LoadedData()
    return file, content, _record(file, content)


def _add(loaded: LoadedData, content: LoadedData) -> None:
    """Add what one file says."""
    loaded.names.add(content.names)
    loaded.texts |= content.texts
    loaded.damaged |= content.damaged
    loaded.parts += content.parts
    loaded.links += content.links
    loaded.report.found += content.report.found
    loaded.report.cut |= content.report.cut


def _note_nothing(kinds: set[str], folder: str, loaded: LoadedData) -> None:
    """Report a missing manual."""
    if not kinds and loaded.report.found:
        return  # the reason is reported already
    if MANUAL not in kinds:
        loaded.names.lose(MANUAL)
        loaded.report.note(
            rules.NO_DATA,
            Location(f"{folder}/manual.yaml"),
            "manual.yaml is missing; write one with title, publisher and summary, or let "
            "'groundrules init --add' write it",
        )


def _note_no_record(manuals: list[Any], folder: str, loaded: LoadedData) -> None:
    """Report an empty manual, unless it says that it has no kind of record."""
    if any(manual.kinds == () for manual in manuals):
        return
    loaded.report.note(
        rules.NO_DATA,
        Location(folder),
        f"no records found; write the first one in one of the folders {', '.join(FOLDERS)}",
    )


def _catalogue(records: dict[str, list[Any]]) -> Catalogue:
    fields: dict[str, Any] = {MANUAL: (records[MANUAL] or [_UNKNOWN])[0]}
    fields |= {folder: tuple(records[folder]) for folder in RECORDED}
    others: dict[str, tuple[Any, ...]] = {}
    for kind in KINDS:
        known = tuple(sorted(records[kind.folder], key=_by_fields(kind)))
        (fields if kind.titles in Catalogue.__struct_fields__ else others)[kind.titles] = known
    return Catalogue(**fields, others=others)


def _by_fields(kind: RecordKind) -> Callable[[Any], tuple[Any, ...]]:
    return lambda record: tuple(getattr(record, name) for name in kind.order)


def _record(file: DataFile, loaded: LoadedData) -> Record | None:
    """Return the record of a file without its invalid parts, ``None`` if too little is left."""
    source = _source(file, loaded)
    value = source.value if source else None
    if source is None or not isinstance(value, Mapping):
        loaded.names.lose(file.kind)
        return None
    if source.duplicates:
        loaded.names.lose(file.kind, value.get("id"))
    if _is_misplaced(file, value, loaded):
        return None
    model = kind_of(file.kind).load()
    loaded.names.learn(file.kind, model, value)
    for place in blanks(model, value):
        word = word_at(loaded.texts[file.path], place)
        comment = surprise(None, word) if word.startswith("#") else None
        rule = rules.YAML_SURPRISE if comment else rules.WRONG_VALUE
        message = f"{comment}; {quoted(word)}" if comment else NOTHING
        loaded.report.note(rule, Location(file.path, *place), message)
    noted = {problem.place for problem in (*source.duplicates, *source.unreadable)}
    for control in controls(value, loaded.texts[file.path]):
        noted.add(control.text)
        loaded.report.note(rules.WRONG_VALUE, Location(file.path, *control.place), control.message)
    root = RecordPart(model, value, file.path)
    file_parts = list(parts(root))
    loaded.parts += file_parts
    of_file = file_parts, file.path, loaded.texts[file.path]
    for where, message in (*cut_texts(*of_file), *folded_lists(*of_file)):
        loaded.report.note(rules.YAML_SURPRISE, where, message)
    written = file_parts if file.kind not in RECORDED else []  # programs write the others
    for where, message in misread_values(written, file.path, loaded.texts[file.path]):
        noted.add(Place(where.line, where.column))
        loaded.report.note(rules.YAML_SURPRISE, where, message)
    file_links, count = list(links(file_parts, str(value.get("id")))), len(loaded.report.found)
    record = _validated(root, frozenset(noted), file_parts, loaded)
    wrong = {diagnostic.location for diagnostic in loaded.report.found[count:]}
    wrong |= {Location(file.path, *place) for place in noted}
    loaded.links += [link for link in file_links if link.place not in wrong]
    if record is not None:
        _check_file_name(file, record, loaded.report)
    return record


def _is_misplaced(file: DataFile, value: Mapping, loaded: LoadedData) -> bool:
    """Report a record in the folder of another kind, so that its names are uncertain."""
    unknown = _unknown_keys(kind_of(file.kind), value)
    if file.kind == MANUAL or not unknown:
        return False
    complete = [kind for kind in KINDS if value.keys() >= {*required_keys(kind.load())}]
    kind = min(complete, key=lambda other: len(_unknown_keys(other, value)), default=None)
    if kind is None or len(_unknown_keys(kind, value)) >= len(unknown):
        return False
    folder = PurePosixPath(file.path).parent.parent / kind.folder
    message = f"this is a {kind.title}; move the file to {folder}/"
    loaded.report.note(rules.MISPLACED_FILE, Location(file.path, *value.place), message)
    loaded.names.lose(kind.folder, value.get("id"))
    return True


def _unknown_keys(kind: RecordKind, value: Mapping) -> set[Any]:
    return set(value.keys() - keys_of(kind.load()).keys())


def _source(file: DataFile, loaded: LoadedData) -> ParsedYaml | None:
    """Return the content of a file, and report the mistakes of its YAML."""
    if file.data is None:
        return None
    try:
        source = read(file.data, BOUNDS)
    except Problem as problem:
        rule = rules.UNREADABLE if isinstance(problem, NotText) else rules.NOT_YAML
        if rule is rules.NOT_YAML:
            loaded.texts[file.path] = file.data.decode("utf-8")  # to show the place
        loaded.report.note(rule, Location(file.path, *problem.place), problem.message)
        return None
    loaded.texts[file.path] = file.data.decode("utf-8")
    _note_problems(file.path, rules.DUPLICATE_KEY, source.duplicates, loaded.report)
    _note_problems(file.path, rules.WRONG_VALUE, source.unreadable, loaded.report)
    if not isinstance(source.value, Mapping):
        what = "is empty" if source.value is None else "is not a mapping"
        message = f"the file {what}; write the keys of a record, such as 'title: …'"
        rule = rules.NO_DATA if source.value is None else rules.WRONG_VALUE
        loaded.report.note(rule, Location(file.path, *source.place), message)
    return source


def _note_problems(path: str, rule: Rule, problems: Sequence[Problem], report: Report) -> None:
    for problem in problems[:MOST_MISTAKES]:
        report.note(rule, Location(path, *problem.place), problem.message)
    for problem in problems[MOST_MISTAKES:][:1]:
        report.cut.add(path)
        more = f"{len(problems) - MOST_MISTAKES:,} more mistakes in this file are not shown"
        report.note(rule, Location(path, *problem.place), f"{more}; correct these first")


def _validated(
    root: RecordPart, noted: frozenset[Place], file_parts: list[RecordPart], loaded: LoadedData
) -> Record | None:
    """Return the record without its invalid parts; at the places ``noted`` is a finding already.

    Only the first validation finds the author's mistakes; later ones find results of our
    removals.
    """
    damaged = frozenset[int]()
    while True:
        try:
            return root.kind.model_validate(root.said, context=Context(root.path, damaged))
        except ValidationError as error:
            # the messages take 15 ms to import, which data without mistakes need not
            from groundrules.records.mistakes import Sheet, note_mistakes, prune

            if not damaged:
                sheet = Sheet(root.path, loaded.texts[root.path], root.said, noted)
                note_mistakes(error, root.kind, sheet, loaded.report)
                loaded.damaged[root.path] = tuple(texts(file_parts))
            cut = prune(error, root.said)
            if not cut:
                return None
            damaged |= cut


def _check_file_name(file: DataFile, record: Record, report: Report) -> None:
    key = kind_of(file.kind).key
    name = getattr(record, key) if key else None
    if name is not None and stem_of(name) != (stem := PurePosixPath(file.path).stem):
        same = "give both the same name" if stem_of(name) == name else f"use {stem_of(name)}.yaml"
        message = f"the file is named {stem}.yaml and the record {name!r}; {same}"
        report.note(rules.MISPLACED_FILE, record.location(key), message)
