"""Why a file or folder of the data holds no record, and where it has to be."""

from __future__ import annotations

from pathlib import PurePath

from groundrules.diagnostics import did_you_mean
from groundrules.records.kinds import folders


def why_misplaced(path: PurePath, *, is_folder: bool) -> str:
    """Return what is wrong with a file or folder of the data folder, and what to do."""
    if is_folder:
        return _about_folder(path)
    name = path.name
    if name.endswith((".yml", ".YAML", ".YML")):
        return f"files of records end in '.yaml'; rename this to {path.stem}.yaml"
    record, ending, rest = name.partition(".yaml")
    if ending and rest:
        copy = f"rename this to {record}.yaml, or remove it"
        return f"files of records end in '.yaml', not in '.yaml{rest}'; {copy}"
    if path.parent.name in folders() and not path.suffix:
        return f"files of records end in '.yaml'; rename this to {name}.yaml, or move it elsewhere"
    if path.suffix.lower() in (".json", ".md", ".rst", ".txt"):
        return f"records are YAML; write this as {path.stem}.yaml, or move it elsewhere"
    return f"records are in the folders {', '.join(folders())}; move this file to one of them"


def _about_folder(path: PurePath) -> str:
    above = path.parent.name
    if above in folders():
        return f"records in folders below {above}/ are not read; move the files to {above}/"
    return f"unknown folder {path.name!r}{did_you_mean(path.name, folders())}"
