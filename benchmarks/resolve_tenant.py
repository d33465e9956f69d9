"""Claim: a tenant resolves at least 4 × faster than Zuul only loads its YAML; again, in 0.1 ×.

    python benchmarks/resolve_tenant.py FOLDER [--zuul PYTHON] [--rounds 3]

``FOLDER`` holds a tenant file ``main.yaml`` and the tenant's repositories as Zuul's snapshots:
``<project>/<branch>/<path>``.  ``PYTHON`` is an interpreter that has Zuul; without one, a
virtual environment is made in ``build/zuul-venv`` and ``zuul`` of the Python Package Index is
installed there (some 100 MB).  Processes of their own, one after the other, CPU time with
start-up and the most memory held:

* Zuul loads: ``zuul.configloader.safe_load_yaml`` of every file of configuration;
* ours, cold: every graph of every project, pipeline and branch, written as JSON lines;
* ours, files known: the same, with what the files say from the cache;
* ours, cached: the same again with nothing changed.

The first goal is missed by far: of the openstack tenant (5.9 MB) PyYAML's C parser alone takes
0.23 s to give its events to Python, which is 0.2 × of Zuul's load, and then nothing is read yet.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import measure
from measure import Cost

ZUUL = "zuul==14.3.0"
GOAL_LOAD, GOAL_CACHED = 1 / 4, 0.1
LOAD = """
import sys
from zuul import model
from zuul.configloader import safe_load_yaml
with open(sys.argv[1]) as listing:
    paths = listing.read().splitlines()
for path in paths:
    with open(path, encoding="utf-8", errors="replace") as stream:
        text = stream.read()
    context = model.SourceContext("host/project", "project", "connection", "master", path)
    try:
        safe_load_yaml(text, context)
    except Exception:
        pass
"""
START = "from zuul import model; from zuul.configloader import safe_load_yaml"
GRAPHS = "from groundrules.cli import main; main()"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--zuul", type=Path, help="a Python that has Zuul")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    python = options.zuul or zuul_python()
    with tempfile.TemporaryDirectory() as temporary:
        found = [costs(options.folder, python, Path(temporary)) for _ in range(options.rounds)]
    report({name: [each[name] for each in found] for name in found[0]})


def zuul_python() -> Path:
    """Return the Python of an environment with Zuul; make it when it is not there."""
    folder = Path(__file__).parents[1] / "build" / "zuul-venv"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", ZUUL], check=True)
    return python


def costs(folder: Path, python: Path, temporary: Path) -> dict[str, Cost]:
    """Return what each step costs, in one round."""
    listing = temporary / "files"
    listing.write_text("\n".join(map(str, configuration(folder))))
    for left in temporary.glob("cache/groundrules/*"):
        left.unlink()
    found = {
        "Zuul starts": measure.run([python, "-c", START]),
        "Zuul loads": measure.run([python, "-c", LOAD, str(listing)]),
        "ours, cold": graphs(folder, temporary),
    }
    for left in temporary.glob("cache/groundrules/graphs-*"):
        left.unlink()
    found["ours, files known"] = graphs(folder, temporary)
    found["ours, cached"] = graphs(folder, temporary)
    return found


def configuration(folder: Path) -> list[Path]:
    """Return the files that Zuul would load."""
    return sorted(path for path in folder.rglob("*.yaml") if path.parent != folder)


def graphs(folder: Path, temporary: Path) -> Cost:
    """Return what it costs to write all graphs of a tenant to a file."""
    arguments = ["graph", "--tenant-config", str(folder / "main.yaml"), "--root", str(folder)]
    command = [sys.executable, "-c", GRAPHS, *arguments, "--all", "--format", "jsonl"]
    with (temporary / "graphs.jsonl").open("wb") as output:
        return measure.run(command, output=output, XDG_CACHE_HOME=str(temporary / "cache"))


def report(found: dict[str, list[Cost]]) -> None:
    cpu = {name: measure.median(each.cpu for each in values) for name, values in found.items()}
    memory = {name: max(each.memory for each in values) for name, values in found.items()}
    rows = [(name, f"{cpu[name]:.2f} s", f"{memory[name]:.0f} MiB") for name in found]
    measure.show(("", "CPU", "memory"), rows)
    loading = cpu["Zuul loads"] - cpu["Zuul starts"]
    print(f"Zuul loads, without its start: {loading:.2f} s")
    measure.verdict("ours cold / Zuul only loads", cpu["ours, cold"] / loading, GOAL_LOAD)
    measure.verdict("ours cached / ours cold", cpu["ours, cached"] / cpu["ours, cold"], GOAL_CACHED)


if __name__ == "__main__":
    main()
