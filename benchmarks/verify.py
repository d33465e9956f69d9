"""Claim: a million host-info files are collected 5 ×, and asked 20 × faster than by plain tools.

    python benchmarks/verify.py [--nodes 1000000] [--peer-nodes 1000000] [--folder build/verify]

Makes the files of `made_up_facts` in the folder unless they are there, and runs, as processes of
their own, one after the other:

* ours: collecting by up to three processes, then the question of ``verify``: counts of nodes by
  outcome, first and last time, since when a promise is broken, quantiles, bins, and the latest
  broken nodes, for each promise and kind of node; then the other questions (drifts, gaps,
  suggested bounds);
* PyYAML (``CSafeLoader``, in C) and pandas: the same files, the same facts of them, the same
  question.  It has no store, so its answer takes the reading of all files.  It also writes its
  table to Parquet and asks again from there, which is reported beside it.

Every planted violation has to be found, with the exact number of nodes, and nothing else.  With
fewer ``--peer-nodes`` the other reads only the first files, and times are compared by node.

Memory is the most that the process held and, while collecting, the sum for all processes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import made_up_facts
import measure
from made_up_facts import NEW_NETWORK

HERE = Path(__file__).parent
COLLECTING, ASKING, MEMORY = 5, 20, 512  # times, times, MiB


def expected(number: int) -> dict[str, Any]:
    """Return what has to be found in the builds of `made_up_facts`."""
    broken: Counter[str] = Counter()
    for build in made_up_facts.builds(number):
        kind = f"{build.label} {build.provider} {build.region}"
        broken[f"memory less {kind}"] += build.memory < 7_600
        broken[f"processors more {kind}"] += build.processors > 8
        broken[f"mtu less {kind}"] += build.mtu < 1_400
    return {
        "nodes": number,
        "broken": {name: count for name, count in sorted(broken.items()) if count},
        "mtu since day": NEW_NETWORK,
        "drifts": ["ansible_memtotal_mb rocky-10 vexxhost CA"],
        "gaps": ["ansible_memtotal_mb ubuntu-jammy rax ORD"],
    }


def run(script: str, *arguments: object) -> dict[str, Any]:
    """Run one of the scripts beside this; return what it prints, with wall time in seconds."""
    measure.compiled()
    command = [sys.executable, HERE / script, *map(str, arguments)]
    start = time.monotonic()
    done = subprocess.run(
        command, env=measure.environment(), stdout=subprocess.PIPE, check=True, text=True
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return {"process": time.monotonic() - start, **result}


def row(what: str, result: dict[str, Any], seconds: str) -> list[str]:
    cpu = result.get("cpu", {}).get(seconds)
    return [
        what,
        f"{result['nodes']:,}",
        f"{result[seconds]:.1f} s",
        "" if cpu is None else f"{cpu:.1f} s",
        f"{result['memory'][seconds]:.0f} MiB" if seconds in result["memory"] else "",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=1_000_000)
    parser.add_argument("--peer-nodes", type=int)
    parser.add_argument("--folder", type=Path, default=Path("build/verify"))
    options = parser.parse_args()
    folder = options.folder / str(options.nodes)
    peer_nodes = min(options.peer_nodes or options.nodes, options.nodes)
    if not (folder / "complete").exists():
        print(f"making the files of {options.nodes:,} builds in {folder} …", file=sys.stderr)
        made_up_facts.write(folder, options.nodes)
        (folder / "complete").touch()
    ours = run("verify_ours.py", folder)
    wanted = expected(options.nodes)
    found = {name: ours[name] for name in wanted}
    peer = run("verify_peer.py", folder, peer_nodes)
    report(ours, peer)
    if found != wanted:
        raise SystemExit(f"not what was planted:\n{found}\nexpected:\n{wanted}")
    if peer_nodes == options.nodes and peer["broken"] != wanted["broken"]:
        raise SystemExit(f"pandas counts otherwise:\n{peer['broken']}")
    print("every planted violation was found, and nothing else")


def report(ours: dict[str, Any], peer: dict[str, Any]) -> None:
    """Print the table, and whether the goals are reached."""
    measure.show(
        ("", "nodes", "time", "CPU", "memory"),
        [
            row("ours: collect", ours, "collect"),
            row("ours: ask", ours, "ask"),
            row("ours: other questions", ours, "others"),
            row("PyYAML + pandas: read", peer, "collect"),
            row("PyYAML + pandas: ask", peer, "ask"),
            row("pandas: ask from its Parquet", peer, "ask again"),
        ],
    )
    print(f"the store has {ours['bytes'] / 2**20:.0f} MiB in {ours['files']} files")
    ours_node, peer_node = ours["collect"] / ours["nodes"], peer["collect"] / peer["nodes"]
    measure.verdict("collecting, part of the peer's time", ours_node / peer_node, 1 / COLLECTING)
    answer = (peer["collect"] + peer["ask"]) / peer["nodes"]
    asking = ours["ask"] / ours["nodes"] / answer
    measure.verdict("asking, part of the peer's time for an answer", asking, 1 / ASKING)
    measure.verdict("memory in MiB", max(ours["memory"].values()), MEMORY)


if __name__ == "__main__":
    main()
