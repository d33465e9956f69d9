"""Measurements of the small manual, for tests of the pages that show them."""

from __future__ import annotations

import datetime
from pathlib import Path

from msgspec.structs import replace

from groundrules.claims.verdicts import Verdicts
from groundrules.pages.outline import Outline
from groundrules.records import load

MANUAL = Path(__file__).parent / "sphinx" / "manual"
MEMORY_FILE = "data/expectations/memory.yaml"
VM = "data/platforms/vm.yaml"
TODAY = datetime.date(2026, 11, 30)
MEMORY = "{fact: ansible_memtotal_mb, at_least: 7600, at_most: 9000, unit: MB}"
ARM = "{fact: ansible_memtotal_mb, at_least: 3600, unit: MB}"
DEBIAN_12 = f"""\
label: debian-12
promises:
  - expectation: memory-8gb
    provider: cloud-a
    standing: guaranteed
    measure: {MEMORY}
    recorded: 2026-11-29
    first: 2026-09-01
    last: 2026-11-29
    since: 2026-11-20
    kept: 120
    less: 3
    more: 1
    not_measured: 2
    values: {{minimum: 7100, p05: 7700, median: 7950.5, p95: 8000, maximum: 16000,
             bins: [123, 0, 0, 1]}}
    history:
      - {{day: 2026-10-31, kept: 80, broken: 0}}
      - {{day: 2026-11-29, kept: 120, broken: 4}}
"""
KEPT = f"""\
label: debian-12
promises:
  - expectation: memory-8gb
    standing: guaranteed
    measure: {MEMORY}
    recorded: 2026-11-08
    last: 2026-11-08
    kept: 40
    values: {{minimum: 7900, p05: 7900, median: 7900, p95: 7900, maximum: 7900, bins: [40]}}
    history:
      - {{day: 2026-11-08, kept: 40, broken: 0}}
"""
ARM_64 = f"""\
label: debian-12-arm64
promises:
  - expectation: memory-8gb
    provider: cloud-a
    standing: varies
    measure: {ARM}
    recorded: 2026-11-08
    kept: 2
    less: 1
"""


def measured_outline(
    *files: str,
    day: datetime.date = TODAY,
    more: str = "",
    labels: str = "",
    expectations: str = "",
    vm: str = "",
) -> Outline:
    """Return the small manual with files of measurements, on a day.

    ``more`` are providers, and ``vm`` takes the place of the platform's file.
    """
    drafts = {f"data/measured/{_label(text)}.yaml": text.encode() for text in files}
    platform = vm or (MANUAL / VM).read_text("utf-8")
    platform = platform.replace("providers:\n", f"providers:\n{more}")
    drafts[VM] = platform.replace("labels:\n", f"labels:\n{labels}", 1).encode()
    memory = (MANUAL / MEMORY_FILE).read_text("utf-8")
    drafts[MEMORY_FILE] = f"{memory}{expectations}".encode()
    loaded = load(MANUAL, drafts=drafts)
    assert [str(finding) for finding in loaded.report.diagnostics] == []
    assert loaded.catalogue is not None
    return Outline(replace(loaded.catalogue, today=day), Verdicts())


def _label(text: str) -> str:
    return text.partition("\n")[0].removeprefix("label: ")
