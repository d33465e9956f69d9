"""Reasons why a file or folder of the data is not a record, and where to move it."""

from __future__ import annotations

from pathlib import PurePath

from groundrules.nearest import did_you_mean
from groundrules.records.kinds import folders
from groundrules.text import escaped


def why_misplaced(path: PurePath, *, is_folder: bool) -> str:
    """Return the message about a misplaced file or folder."""
    if is_folder:
        return _about_folder(path)
    record, ending, rest = path.name.partition(".yaml")
    if ending and rest:
        copy = f"rename this to {escaped(record)}.yaml, or remove it"
        return f"files of records end in '.yaml', not in '.yaml{escaped(rest)}'; {copy}"
    stem = escaped(path.stem)
    if path.suffix in (".yml", ".YML", ".YAML"):
        return f"files of records end in '.yaml'; rename this to {stem}.yaml"
    if path.suffix.lower() in (".json", ".md", ".rst", ".txt"):
        return f"records are YAML; write this as {stem}.yaml, or move it elsewhere"
    if path.parent.name in folders() and not path.suffix:
        return f"files of records end in '.yaml'; rename this to {stem}.yaml, or move it elsewhere"
    return f"records are in the folders {', '.join(folders())}; move this file to one of them"


def _about_folder(path: PurePath) -> str:
    above = path.parent.name
    if above in folders():
        return f"records in folders below {above}/ are not read; move the files to {above}/"
    return f"unknown folder '{escaped(path.name)}'{did_you_mean(path.name, folders())}"
