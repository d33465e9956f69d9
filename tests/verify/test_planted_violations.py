"""Every violation that was planted in made-up builds is found, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.repository
BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
GENERATOR = Path(__file__).parents[2] / "generator"
NODES = 20_000
SCRIPT = """
import json, resource, sys
from pathlib import Path
import made_up_facts, verify, verify_ours
folder, nodes = Path(sys.argv[1]), int(sys.argv[2])
made_up_facts.write(folder, nodes)
found = {name: value for step in verify_ours.STEPS.values() for name, value in step(folder).items()}
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([verify.expected(nodes), found, memory]))
"""
# Linux counts the memory of the process from which one was started; a shell has little
SMALL = ["sh", "-c", '"$@"; exit $?', "sh"]


def test_planted_violations_are_found_with_their_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """All steps of the benchmark, in one process whose memory is measured."""
    monkeypatch.setenv("PYTHONPATH", f"{BENCHMARKS}:{GENERATOR}")
    done = subprocess.run(
        [*SMALL, sys.executable, "-c", SCRIPT, tmp_path, str(NODES)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    expected, found, memory = json.loads(done.stdout)
    assert {name: found[name] for name in expected} == expected
    assert len(expected["broken"]) == 7
    assert memory < 512  # MiB
