"""`Attempt`: dependencies at chosen places, and what is wrong with the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, structs

from groundrules.ci.wish import EncodedFile, Wait
from groundrules.ci.zuul.encoding.file_values import FileValues, Reasons
from groundrules.ci.zuul.encoding.spots import Spot
from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.layout.loading import Raw
from groundrules.diagnostics import Report
from groundrules.fixes.edits import NoWayError
from groundrules.fixes.proof import FixRefusedError
from groundrules.text import counted
from groundrules.yamlsource import Problem

Chosen = Mapping[Spot, tuple[Wait, ...]]


class EditedConfiguration(Struct):
    """The edited files by path, notes about aliases, and the places where nothing can be written.

    ``impossible`` are these places with the reasons.
    """

    files: dict[str, EncodedFile] = {}
    notes: list[str] = []
    impossible: dict[Spot, str] = {}


def edited(gathered: Gathered, chosen: Chosen, reasons: Reasons) -> EditedConfiguration:
    """Return the files with dependencies at the chosen places."""
    result = EditedConfiguration()
    raws = {raw.source.path: raw for raw in gathered.files}
    for path in dict.fromkeys(spot.path for spot in chosen):
        own = {spot: waits for spot, waits in chosen.items() if spot.path == path}
        _edit_file(raws[path], own, reasons, result)
    return result


def with_files(gathered: Gathered, files: Iterable[EncodedFile]) -> Gathered:
    """Return the files of a tenant with the edited ones in their places."""
    texts = {file.path: file.after for file in files}
    raws = [
        Raw(
            structs.replace(raw.source),
            texts[path].encode("utf-8") if path in texts else raw.content,
        )
        for raw in gathered.files
        for path in [raw.source.path or ""]
    ]
    return Gathered(gathered.tenant, raws, Report([*gathered.report.found]), gathered.choice)


def _edit_file(raw: Raw, chosen: Chosen, reasons: Reasons, result: EditedConfiguration) -> None:
    try:
        file, notes = _file(raw, chosen, reasons)
    except (NoWayError, FixRefusedError, Problem) as error:
        wrong = _impossible_alone(raw, chosen, reasons) if len(chosen) > 1 else {}
        result.impossible |= wrong or dict.fromkeys(chosen, str(error))
        return
    result.files[file.path] = file
    result.notes += notes


def _impossible_alone(raw: Raw, chosen: Chosen, reasons: Reasons) -> dict[Spot, str]:
    """Return the places where nothing can be written even if nothing else is."""
    wrong: dict[Spot, str] = {}
    for spot, waits in chosen.items():
        try:
            _file(raw, {spot: waits}, reasons)
        except (NoWayError, FixRefusedError, Problem) as error:
            wrong[spot] = str(error)
    return wrong


def _file(raw: Raw, chosen: Chosen, reasons: Reasons) -> tuple[EncodedFile, list[str]]:
    if not isinstance(raw.content, bytes):
        raise NoWayError("the file cannot be read")
    source, text = raw.source, raw.content.decode("utf-8")
    values = FileValues(text, reasons)
    for spot, waits in chosen.items():
        values.set(spot, waits)
    result = values.rewritten()
    path = source.path or ""
    file = EncodedFile(
        path=path, file=source.file, project=source.project.name, branch=source.branch,
        before=text, after=result.text,
    )  # fmt: skip
    shared = [f"{path}:{line}: this alias has the new dependencies too" for line in result.shared]
    expanded = [
        f"{path}:{line}: this alias is replaced by its value, which differs now"
        for line in result.expanded
    ]
    return file, [*shared, *expanded, *_lost_reasons(path, values, result.text)]


def _lost_reasons(path: str, values: FileValues, text: str) -> list[str]:
    """Return a note about reasons for which a list in brackets has no line."""
    starts = [f"# {' '.join(why.split()[:2])}" for why in values.remarks.values()]
    lost = sum(start not in text for start in starts)
    if not lost:
        return []
    return [f"{path}: {counted(lost, 'reason')} not written, since the list is in brackets"]
