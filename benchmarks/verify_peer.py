"""The same with PyYAML and pandas, as somebody would write it who has no store; prints JSON.

One row a node, columns are facts; only the wanted facts are kept.
"""

from __future__ import annotations

import json
import resource
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

FACTS = (
    "architecture", "distribution", "distribution_major_version", "distribution_release",
    "distribution_version", "kernel", "memtotal_mb", "os_family", "processor_count",
    "processor_nproc", "processor_vcpus", "python_version", "service_mgr", "swaptotal_mb",
    "virtualization_role", "virtualization_type",
)  # fmt: skip
KIND = ["label", "provider", "region"]
# what is promised: fact → lowest, highest
RANGES = {
    "memory": ("memtotal_mb", 7_600, 9_000),
    "processors": ("processor_vcpus", 8, 8),
    "mtu": ("mtu", 1_400, 1_500),
}


def rows(folder: Path, number: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of the first builds."""
    count = 0
    for path in sorted(folder.glob("facts-*.tar")):
        with tarfile.open(path, mode="r|") as archive:
            facts: dict[str, Any] = {}
            for member in archive:
                archive.members.clear()
                stream = archive.extractfile(member)
                assert stream  # noqa: S101
                document = yaml.load(stream.read(), yaml.CSafeLoader)
                if not member.name.endswith("inventory.yaml"):
                    facts = {name: document[f"ansible_{name}"] for name in FACTS}
                    facts["mtu"] = document["ansible_default_ipv4"]["mtu"]
                    facts["time"] = document["ansible_date_time"]["iso8601"]
                    facts["source"] = member.name
                    continue
                ((node, host),) = document["all"]["hosts"].items()
                kind = {key: host["nodepool"][key] for key in KIND}
                yield {"node": node, **kind, **facts}
                count += 1
                if count == number:
                    return


def table(folder: Path, number: int) -> pd.DataFrame:
    """Return the table of all nodes; made in parts, as a list of a million rows takes 2 GB."""
    parts, part = [], []
    for row in rows(folder, number):
        part.append(row)
        if len(part) == 10_000:
            parts.append(_part(part))
            part = []
    frame = pd.concat([*parts, _part(part)] if part else parts, ignore_index=True)
    repeated = [name for name in (*KIND, *FACTS, "node") if frame[name].dtype.kind not in "iuf"]
    return frame.astype(dict.fromkeys(repeated, "category"))


def _part(part: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(part)
    frame["time"] = pd.to_datetime(frame["time"])
    return frame


def ask(frame: pd.DataFrame) -> dict[str, int]:
    """Answer the question of `verify`; return the broken ones."""
    broken = {}
    frame["day"] = frame["time"].dt.floor("D")
    for promise, (fact, low, high) in RANGES.items():
        values = frame[fact]
        outcome = np.select([values < low, values > high], ["less", "more"], "kept")
        by = frame.assign(outcome=outcome, is_broken=outcome != "kept").groupby(KIND, observed=True)
        for kind, nodes in by:
            counts = nodes["outcome"].value_counts()
            nodes["time"].min(), nodes["time"].max()
            nodes[fact].quantile([0, 0.05, 0.5, 0.95, 1], interpolation="nearest")
            np.histogram(nodes[fact], bins=12)
            days = nodes.groupby("day")["is_broken"].any()
            kept = days.index[~days].max()
            bad = nodes[nodes["is_broken"]]
            bad[(bad["day"] > kept) | pd.isna(kept)]["time"].min()
            bad.nlargest(5, "time")[["source", "node", "time", fact]]
            for name, count in counts.items():
                if name != "kept":
                    broken[" ".join((promise, str(name), *map(str, kind)))] = int(count)
    for _, nodes in frame.groupby(KIND, observed=True):
        (nodes["architecture"] == "x86_64").value_counts()
    return dict(sorted(broken.items()))


def main() -> None:
    folder, number = Path(sys.argv[1]), int(sys.argv[2])
    times, cpu = [time.monotonic()], [time.process_time()]

    def lap() -> None:
        times.append(time.monotonic())
        cpu.append(time.process_time())

    frame = table(folder, number)
    lap()
    broken = ask(frame)
    lap()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    frame.drop(columns="day").to_parquet(folder / "peer.parquet")
    start, start_cpu = time.monotonic(), time.process_time()
    ask(pd.read_parquet(folder / "peer.parquet"))
    steps = {
        "collect": times[1] - times[0],
        "ask": times[2] - times[1],
        "ask again": time.monotonic() - start,
    }
    used = {
        "collect": cpu[1] - cpu[0],
        "ask": cpu[2] - cpu[1],
        "ask again": time.process_time() - start_cpu,
    }
    result = {**steps, "cpu": used, "memory": {"collect": memory}, "nodes": len(frame)}
    print(json.dumps({**result, "broken": broken}))


if __name__ == "__main__":
    main()
