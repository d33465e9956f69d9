"""The verdicts on the claims of loaded data, as the pages of a manual show them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from groundrules.checker import configurations_of_pages, verdicts_of
from groundrules.claims.verdicts import Verdicts
from groundrules.records import LoadedData
from groundrules.records.claims import claims_of


def verdicts(loaded: LoadedData, root: Path, paths: Mapping[str, Path] | None = None) -> Verdicts:
    """Return the verdict on each claim; ``paths`` are those of configurations by name."""
    if loaded.catalogue is None:
        return Verdicts()
    claims = claims_of(loaded.catalogue)
    return verdicts_of(claims, configurations_of_pages(claims, root, paths))
