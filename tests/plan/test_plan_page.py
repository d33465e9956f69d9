"""The example on the command's page is what the command prints."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.cli import main

pytestmark = pytest.mark.repository
PAGE = Path(__file__).parents[2] / "source/reference/plan.rst"
MANUAL = Path(__file__).parent / "manual"


def test_the_example():
    example = PAGE.read_text("utf-8").partition("   $ groundrules plan deploy --pipeline")[2]
    arguments, _, rest = example.partition("\n")
    assert arguments == ' deploy --semaphore limit=2 --duration "balancer=1 min"'
    shown = rest.partition("\nOne job after another\n")[0]
    printed = CliRunner().invoke(
        main,
        [
            *("plan", "deploy", "--pipeline", "deploy", "--root", str(MANUAL)),
            *("--semaphore", "limit=2", "--duration", "balancer=1 min"),
        ],
    )
    lines = [f"   {line}".rstrip() for line in printed.output.rstrip().splitlines()]
    assert shown.rstrip().splitlines() == lines
