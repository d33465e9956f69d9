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
import json, sys
from pathlib import Path
import made_up_facts, verify
made_up_facts.write(Path(sys.argv[1]), int(sys.argv[2]))
print(json.dumps([verify.expected(int(sys.argv[2])), verify.run("verify_ours.py", sys.argv[1])]))
"""


def test_planted_violations_are_found_with_their_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PYTHONPATH", f"{BENCHMARKS}:{GENERATOR}")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, tmp_path, str(NODES)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    expected, found = json.loads(done.stdout)
    assert {name: found[name] for name in expected} == expected
    assert len(expected["broken"]) == 7
    assert found["memory"]["ask"] < 512  # MiB
    assert found["memory"]["others"] < 512
