"""`with_read_arrivals`: when buildsets come to pipelines, as a configuration says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from groundrules.graphs.definitions import Definitions
from groundrules.plan.arrivals import TimerError, timer
from groundrules.plan.day_request import DayRequest


class PipelineArrivals(Struct, frozen=True, kw_only=True):
    """A pipeline of a day, and the configuration that defines it, or why there is none."""

    pipeline: str
    definitions: Definitions | None = None
    reason: str = ""


def with_read_arrivals(request: DayRequest, pipelines: Iterable[PipelineArrivals]) -> DayRequest:
    """Return a request with the timers of pipelines for which it has neither timer nor rate.

    What is not known is in its notes.  Raises `ImportError` without APScheduler.
    """
    timers, serial, notes = [*request.timers], [*request.serial], [*request.notes]
    for each in {each.pipeline: each for each in pipelines}.values():
        if each.pipeline not in request.given:
            read, said = _timers(each)
            timers += [(each.pipeline, spec) for spec in read]
            notes += said
        if each.definitions and each.pipeline in each.definitions.serial_pipelines:
            serial.append(each.pipeline)
            if each.pipeline not in request.serial:
                notes.append(f"{each.pipeline}: its manager runs one buildset after another.")
    return replace(
        request, timers=tuple(timers), serial=tuple(dict.fromkeys(serial)), notes=tuple(notes)
    )


def _timers(arrivals: PipelineArrivals) -> tuple[list[str], list[str]]:
    """Return the timers of a pipeline that can be read, and sentences about all of them."""
    name, definitions = arrivals.pipeline, arrivals.definitions
    unknown = f"{name}: how many buildsets come is not known"
    if definitions is None:
        return [], [f"{unknown}: {arrivals.reason}"]
    if name not in definitions.pipelines:
        return [], [f"{unknown}: the pipeline is not defined in this configuration."]
    specs = definitions.timers.get(name, ())
    if not specs:
        return [], [f"{unknown}: the pipeline has no timer; --rate {name}=N gives a number."]
    wrong = dict(_wrong(specs))
    read = [spec for spec in dict.fromkeys(specs) if spec not in wrong]
    notes = [f"{name}: the configuration has the timer {spec!r}." for spec in read]
    notes += [f"{name}: Zuul ignores a timer: {why}" for why in wrong.values()]
    return read, notes


def _wrong(specs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the times that Zuul cannot read, with the reasons; it reports them in its log."""
    for spec in specs:
        try:
            next(timer(spec), None)
        except TimerError as error:
            yield spec, f"{error}."
