"""What came of promises on nodes, for the textfile collector of Prometheus' node-exporter.

The format is https://prometheus.io/docs/instrumenting/exposition_formats/, version 0.0.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import to_builtins

from groundrules.diagnostics import Diagnostic
from groundrules.report.context import ReportContext
from groundrules.verify.measured_promise import MeasuredPromise
from groundrules.verify.verification import NodeVerification

_METRICS = {
    "groundrules_promise_nodes": "Nodes in builds by what they did with a promise.",
    "groundrules_promise_broken": "Whether a node broke a guarantee (1), or none did (0).",
    "groundrules_promise_measured_timestamp_seconds": "When a node was last compared.",
    "groundrules_nodes": "Nodes in builds whose facts were read.",
    "groundrules_skipped_inputs": "Inputs that could not be used.",
}
Sample = tuple[str, dict[str, str], float]


def prometheus(
    verification: NodeVerification, diagnostics: Sequence[Diagnostic], context: ReportContext
) -> str:
    """Return gauges; a promise is named by its expectation, kind of nodes and first day."""
    samples = [*_samples(verification)]
    lines = []
    for metric, summary in _METRICS.items():
        values = [sample for sample in samples if sample[0] == metric]
        if values:
            lines += [f"# HELP {metric} {summary}", f"# TYPE {metric} gauge"]
            lines += [f"{metric}{_labels(labels)} {_number(value)}" for _, labels, value in values]
    return "".join(f"{line}\n" for line in lines)


def _samples(verification: NodeVerification) -> Iterator[Sample]:
    for measured in verification.measured:
        yield from _of_promise(measured)
    for kind, nodes in verification.nodes.items():
        yield "groundrules_nodes", to_builtins(kind), nodes
    yield "groundrules_skipped_inputs", {}, verification.skipped_count


def _of_promise(measured: MeasuredPromise) -> Iterator[Sample]:
    promise = measured.promise
    labels = {
        "expectation": promise.expectation,
        **to_builtins(promise.kind),
        "fact": promise.bound.fact,
        "standing": promise.standing.value,
        "first_day": promise.first.isoformat() if promise.first else "",
    }
    for outcome, count in measured.counts.items():
        yield "groundrules_promise_nodes", {**labels, "outcome": outcome.value}, count
    if measured.nodes and measured.is_guaranteed:
        yield "groundrules_promise_broken", labels, int(measured.is_broken)
    if measured.last:
        time = measured.last.timestamp()
        yield "groundrules_promise_measured_timestamp_seconds", labels, time


def _labels(labels: dict[str, str]) -> str:
    pairs = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{pairs}}}" if pairs else ""


def _escaped(value: str) -> str:
    """Return a label's value; only these three characters are escaped."""
    text = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return text.encode("utf-8", "replace").decode("utf-8")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
