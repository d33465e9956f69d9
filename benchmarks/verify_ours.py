"""Collects the facts of a folder of `made_up_facts` and asks; prints JSON.  See `verify`."""

from __future__ import annotations

import datetime
import json
import os
import resource
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from made_up_facts import FIRST


def collect(folder: Path) -> dict[str, Any]:
    from groundrules.verify.facts_store import FactsStore
    from groundrules.verify.parallel_collecting import MOST_READERS, collect_parallel
    from groundrules.verify.reading.fact_paths import builds_at
    from groundrules.verify.reading.node_build import FactReader

    paths = sorted(str(path) for path in folder.glob("facts-*.tar"))
    reader = FactReader(moment=datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC))
    store = FactsStore(folder / "store")
    done = collect_parallel(store, builds_at(paths, folder), reader.facts_in)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    processes = min(len(os.sched_getaffinity(0)), MOST_READERS)
    return {
        "nodes": done.nodes,
        "memory": (own + others * processes) / 1024 if processes > 1 else own / 1024,
        "files": len(store.readable().paths),
        "bytes": sum(path.stat().st_size for path in store.readable().paths),
    }


def ask(folder: Path) -> dict[str, Any]:
    from groundrules.records.loading import load
    from groundrules.verify.facts_engine import opened_facts
    from groundrules.verify.facts_store import FactsStore
    from groundrules.verify.node_promises import promises_of
    from groundrules.verify.promise_questions import measured
    from groundrules.verify.verified_nodes import nodes_by_kind

    catalogue = load(folder).catalogue
    with opened_facts(FactsStore(folder / "store").readable()) as facts:
        promises = [one for kind in nodes_by_kind(facts) for one in promises_of(catalogue, kind)]
        answers = list(measured(facts, promises))
    broken, since = {}, set()
    for answer in answers:
        kind = answer.promise.kind
        for outcome in ("less", "more", "different", "not-measured"):
            if count := answer.counts.get(outcome):
                name = f"{answer.promise.expectation} {outcome} {kind.label}"
                broken[f"{name} {kind.provider} {kind.region}"] = count
        if answer.promise.expectation == "mtu" and answer.since:
            since.add((answer.since.date() - FIRST).days)
    return {
        "broken": dict(sorted(broken.items())),
        "mtu since day": since.pop() if len(since) == 1 else sorted(since),
    }


def others(folder: Path) -> dict[str, Any]:
    from groundrules.verify.facts_engine import opened_facts
    from groundrules.verify.facts_store import FactsStore
    from groundrules.verify.node_gaps import node_gaps
    from groundrules.verify.number_counts import number_counts
    from groundrules.verify.slow_drifts import slow_drifts
    from groundrules.verify.suggested_bounds import suggested_bounds

    with opened_facts(FactsStore(folder / "store").readable()) as facts:
        numbers = number_counts(facts, [])
        found = {"drifts": slow_drifts(numbers), "gaps": list(node_gaps(numbers))}
        list(suggested_bounds(numbers, []))
    return {
        name: [f"{one.fact} {one.kind.label} {one.kind.provider} {one.kind.region}" for one in all_]
        for name, all_ in found.items()
    }


STEPS = {"collect": collect, "ask": ask, "others": others}


def main() -> None:
    """Run all steps in processes of their own, or one step."""
    folder = Path(sys.argv[1])
    if len(sys.argv) == 3:
        result = STEPS[sys.argv[2]](folder)
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"memory": own} | result))
        return
    import subprocess

    shutil.rmtree(folder / "store", ignore_errors=True)
    total: dict[str, Any] = {"memory": {}, "cpu": {}}
    for step in STEPS:
        start, before = time.monotonic(), _cpu()
        command = [sys.executable, __file__, str(folder), step]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
        result = json.loads(done.stdout)
        total[step] = time.monotonic() - start
        total["cpu"][step] = _cpu() - before
        total["memory"][step] = result.pop("memory")
        total |= result
    print(json.dumps(total))


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
