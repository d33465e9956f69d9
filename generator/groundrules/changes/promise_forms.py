"""The forms of the fields of platforms, labels, providers and expectations."""

from __future__ import annotations

from collections.abc import Mapping

from groundrules.changes.change_kinds import Effect
from groundrules.changes.dated_entries import entry_differences
from groundrules.changes.exception_fields import ExceptionDate, exception_differences
from groundrules.changes.field_difference import Form
from groundrules.changes.field_forms import (
    EVIDENCE,
    KEYWORDS,
    NAME,
    OWN_RECORDS,
    NameSet,
    NameSetOrAll,
    OtherValue,
    Weighed,
    Whole,
    Words,
    flag,
    value,
)
from groundrules.changes.life_dates import LIFE_FIELDS, WITHDRAWAL, LifeDate, replacement
from groundrules.changes.measure_bounds import measure_difference
from groundrules.changes.promise_fields import (
    scope_difference,
    standing_difference,
    statement_differences,
    weigh_promise,
    weigh_said,
)
from groundrules.changes.provider_fields import PROVIDERS, capacity, provider_status
from groundrules.records.expectation import Exemption, Expectation, Topic
from groundrules.records.fields import Change, Confirmed, Record
from groundrules.records.platform import Label, Platform, Provider, Seen
from groundrules.text import counted


def _confirmed(confirmed: Confirmed) -> str:
    return f"of {confirmed.date} by {confirmed.by}"


def _seen(seen: Seen) -> str:
    jobs = f"{counted(seen.jobs, 'job')} of " if seen.jobs else ""
    return f"on {seen.date} in {jobs}{seen.where}"


CONFIRMED = Whole("last confirmation", _confirmed)
STANDING = Weighed(standing_difference, weigh_said)
STATEMENT = Weighed(statement_differences, weigh_said)
MEASURE = Weighed(measure_difference, weigh_promise)

PROMISE_FORMS: Mapping[type[Record], Mapping[str, Form]] = {
    Platform: {
        "id": NAME,
        "title": Words("title"),
        "keywords": KEYWORDS,
        "summary": Words("summary"),
        "labels": OWN_RECORDS,
        "providers": PROVIDERS,
        "recorded": value("day on which it was first written down"),
        "example": flag(
            "It is only an example now, whose labels no job can request.",
            "It is not only an example any more.",
        ),
        "changed": entry_differences,
        "evidence": EVIDENCE,
        **LIFE_FIELDS,
    },
    Label: {
        "name": NAME,
        "operating_system": value("operating system", Effect.DIFFERENT),
        "architecture": value("architecture", Effect.DIFFERENT),
        "cpu_level": value("level of the processor", Effect.DIFFERENT),
        "memory_gb": capacity("memory in GB"),
        "nested_virtualization": flag(
            "A job may run nested virtual machines now.",
            "A job may not run nested virtual machines any more.",
            (Effect.BETTER, Effect.WORSE),
        ),
        "default": flag("It is a default label now.", "It is not a default label any more."),
        "seen": Whole("last known use", _seen),
        "confirmed": CONFIRMED,
        "replaced_by": OtherValue(replacement),
        "tombstones": NameSet("empty nodeset"),
        "note": Words("note"),
        "evidence": EVIDENCE,
        **LIFE_FIELDS,
    },
    Provider: {
        "name": NAME,
        "region": NAME,
        "status": OtherValue(provider_status),
        "as_of": value("day as of which that is known"),
        "capacity": capacity("capacity in nodes"),
        "flavor": value("flavor", Effect.DIFFERENT),
        "labels": NameSetOrAll("supplied label", "any label", (Effect.WORSE, Effect.BETTER)),
        "note": Words("note"),
        "changed": entry_differences,
        "evidence": EVIDENCE,
    },
    Topic: {
        "topic": NAME,
        "title": Words("title"),
        "summary": Words("summary"),
        "order": value("place among the topics"),
        "expectations": OWN_RECORDS,
    },
    Expectation: {
        "id": NAME,
        "title": Words("title"),
        "standing": STANDING,
        "keywords": KEYWORDS,
        "statement": STATEMENT,
        "applies_to": Weighed(scope_difference, weigh_promise),
        "exceptions": Weighed(exception_differences, weigh_said),
        "detect": Words("way to find out"),
        "instead": Words("advice on what to do instead"),
        "why": Words("reason"),
        "measure": MEASURE,
        "since": Weighed(
            LifeDate("The day since which it is true", "It is true since", "It will be true from"),
            weigh_said,
        ),
        "recorded": value("day on which it was first written down"),
        "confirmed": CONFIRMED,
        "changed": entry_differences,
        "withdrawn": Weighed(WITHDRAWAL, weigh_promise),
        "evidence": EVIDENCE,
    },
    Exemption: {
        "platforms": NAME,
        "labels": NAME,
        "providers": NAME,
        "regions": NAME,
        "standing": STANDING,
        "statement": STATEMENT,
        "measure": MEASURE,
        "since": ExceptionDate("first day"),
        "until": ExceptionDate("last day"),
        "confirmed": CONFIRMED,
        "evidence": EVIDENCE,
    },
    Change: {"date": value("day"), "what": Words("text"), "evidence": EVIDENCE},
}
