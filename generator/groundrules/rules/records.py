"""The rules of records, alone and together (GR110 to GR126 except prose)."""

from __future__ import annotations

from groundrules.diagnostics import Rule, warning
from groundrules.rules.examples import JOBS, LABEL, MEMORY, NETWORK

_WEB = "- name: web\n  waits_for:\n  - {job: base, why: Users come first.}\n"
_WAITS_FOR = JOBS + "- name: base\n- name: web\n  waits_for:\n  - {job: %s}\n"
_RULED = JOBS + (
    "- name: base\n- {name: web, tags: [webserver]}\nrules:\n"
    "- {id: first, every: {tag: %s}, waits_for: base, why: Users come first.}\n"
)
_ACTION = (
    "# data/sessions/sprint.yaml\nid: sprint\ntitle: Sprint\nkind: sprint\ndate: 2020-01-06\n"
    "topics:\n- title: Swap\n  actions:\n  - {what: Measure it., due: 2020-02-01%s}\n"
)

DUPLICATE_ID = Rule(
    id="GR110",
    name="duplicate-id",
    summary="Two records of one kind have the same id.",
    explanation="An id is an address in the manual, and two records cannot have the same address. "
    "What a list has twice is there once, and perhaps another name was meant.",
    bad=NETWORK % "varies" + "- {id: ipv6, title: IPv6, standing: varies, statement: Or not.}\n",
    good=NETWORK % "varies",
)
UNKNOWN_REFERENCE = Rule(
    id="GR111",
    name="unknown-reference",
    summary="A reference names a record that does not exist.",
    explanation=(
        "Evidence, `applies_to`, `led_to`, `replaced_by`, `waits_for` and the roles in prose must "
        "name an existing record, and `rules_page` a page. Otherwise readers follow a dead link."
    ),
    bad=_WAITS_FOR % "bsae, why: Users come first.",
    good=_WAITS_FOR % "base, why: Users come first.",
)
DATE_ORDER = Rule(
    id="GR112",
    name="dates-out-of-order",
    summary="Dates of one record contradict each other.",
    explanation=(
        "A label is first introduced, then deprecated, then removed. Nothing changes before it "
        "exists. Changes are listed from the oldest to the newest. No plan is a century ahead, and "
        "no day is before 1970. A "
        "session ends after it starts. A day on which somebody looked or wrote is not in the "
        "future, and a label is seen between the days of its introduction and its removal."
    ),
    bad=LABEL % "Debian, since: 2025-01-02, removed: 2024-01-02",
    good=LABEL % "Debian, since: 2024-01-02, removed: 2025-01-02",
)
CONTRADICTION = Rule(
    id="GR113",
    name="contradiction",
    summary="Two values of one record cannot both be true.",
    explanation=(
        "Examples: a lower limit above the upper limit, a measure without a limit, an exception "
        "that can never apply, a label with a successor but no date of removal or deprecation, a "
        "typical duration above the maximum, jobs that are declared independent although one "
        "waits for another or both touch the same host, a job that needs a lock which a paused job "
        "holds until it has ended, a measurement whose counts do not fit its values, a measure in "
        "a unit that its fact cannot have."
    ),
    bad=MEMORY % "ansible_memtotal_mb, at_least: 9000, at_most: 7600",
    good=MEMORY % "ansible_memtotal_mb, at_least: 7600, at_most: 9000",
)
DEPENDENCY_CYCLE = Rule(
    id="GR116",
    name="dependency-cycle",
    summary="Documented jobs wait for each other in a cycle.",
    explanation=(
        "None of them could ever start. Zuul rejects such a graph, even if the dependencies are "
        "soft."
    ),
    bad=JOBS + "- name: base\n  waits_for:\n  - {job: web, why: A mistake.}\n" + _WEB,
    good=JOBS + "- name: base\n" + _WEB,
)
RULE_WITHOUT_JOB = warning(
    id="GR117",
    name="rule-without-job",
    summary="A rule of a graph selects no job.",
    explanation="The rule has no effect. Often, a tag was renamed.",
    bad=_RULED % "web",
    good=_RULED % "webserver",
)
LATE_ACTION = warning(
    id="GR118",
    name="late-action",
    summary="An action is open after its due date.",
    explanation=(
        "A list of open actions is useful only while it is up to date. Write a new date in `due`, "
        "or set `state` to done, dropped or unknown. `check` reports this but a build does not: "
        "the passing of time must not break a build in which nothing changed."
    ),
    is_reminder=True,
    bad=_ACTION % "",
    good=_ACTION % ", state: done",
)
_TWO_PROMISES = (
    "# data/platforms/vm.yaml\nid: vm\ntitle: Machine\nsummary: One.\n"
    "labels:\n- {name: small, operating_system: Debian}\n"
    "# data/expectations/memory.yaml\ntopic: memory\ntitle: Memory\nexpectations:\n"
    "- id: enough\n  title: Enough\n  standing: guaranteed\n  statement: At least 8 GB.\n"
    "  measure: {fact: ansible_memtotal_mb, at_least: 7600}\n"
    "- id: not-more\n  title: Not more\n  standing: guaranteed\n  statement: Not more.\n"
)
EXCLUDING_PROMISES = Rule(
    id="GR119",
    name="excluding-promises",
    summary="Two guarantees contradict each other on one label.",
    explanation=(
        "Both are guaranteed and measured by the same fact, but no value of the fact satisfies "
        "both. Often, one of them needs an exception for the label."
    ),
    bad=_TWO_PROMISES + "  measure: {fact: ansible_memtotal_mb, at_most: 4000}\n",
    good=_TWO_PROMISES + "  measure: {fact: ansible_memtotal_mb, at_most: 9000}\n",
)
_OF_OLD = (
    "# data/platforms/vm.yaml\nid: vm\ntitle: Machine\nsummary: One.\n"
    "labels:\n- {name: old, operating_system: Debian, removed: 2020-01-02}\n"
    "# data/expectations/memory.yaml\ntopic: memory\ntitle: Memory\nexpectations:\n"
    "- id: enough\n  title: Enough\n  standing: guaranteed\n  statement: At least 8 GB.\n"
    "  except:\n  - {labels: [old], statement: Less.%s}\n"
)
GONE_LABEL = warning(
    id="GR120",
    name="gone-label",
    summary="A record relies on a removed label.",
    explanation=(
        "The label has no nodes any more: nothing can be guaranteed for them, no job can use it by "
        "default, and it cannot replace another label. A date in the future is a plan and is not "
        "reported. A pattern such as `*-16GB` may cover removed labels; only a full name is "
        "reported. `check` reports this but a build does not: the passing of time must not break a "
        "build in which nothing changed."
    ),
    bad=_OF_OLD % "",
    good=_OF_OLD % ", until: 2020-01-01",
)

UNKNOWN_FACT = warning(
    id="GR122",
    name="unknown-fact",
    summary="A measure names a fact that Ansible does not report, a list, or a mapping.",
    explanation=(
        "An expectation that is measured by a fact that does not exist can never be tested. The "
        "list of facts is that of ansible-core's own modules. A name without the prefix `ansible_` "
        "may be a custom fact, so it is reported only if adding the prefix gives a known fact. "
        "A list such as `ansible_mounts` cannot be compared, nor can one of its items. Of a "
        "mapping such as `ansible_memory_mb`, name one value: `ansible_memory_mb.real.total`."
    ),
    bad=MEMORY % "ansible_memtotl_mb, at_least: 7600",
    good=MEMORY % "ansible_memtotal_mb, at_least: 7600",
)
_STRICT = (
    "# data/manual.yaml\ntitle: What jobs may count on\npublisher: The CI team\n"
    "summary: Promises.\nevidence: required\n"
    "configurations: [{id: ours, title: Our jobs, path: .}]\n"
)
NO_EVIDENCE = Rule(
    id="GR123",
    name="no-evidence",
    summary="A record names no source, and the manual requires one.",
    explanation=(
        "With `evidence: required` in `manual.yaml`, every expectation, platform and graph must "
        "say in `evidence` where it was decided or is documented; the evidence of a part of the "
        "record is enough. Without that key, the page says that no evidence is recorded, and "
        "nothing is reported."
    ),
    bad=_STRICT,
    good=_STRICT
    + (
        "# data/graphs/tests.yaml\nid: tests\ntitle: Tests\nconfiguration: ours\n"
        "project: team/code\npipelines: [check]\njobs: [{name: lint}, {name: unit}]\n"
        "evidence: [session:kick-off]\n"
    ),
)

OPEN_QUESTION = warning(
    id="GR126",
    name="open-question",
    is_reminder=True,
    summary="The reason of a dependency, or the system of a label, is not known yet.",
    explanation=(
        "A dependency without `why` is an open question: `groundrules import` knows from the "
        "configuration that a job waits, and not for what reason. So is a label without "
        "`operating_system`. The page shows the question to those who may know the answer. "
        "`check` counts the questions of a record and does not fail, and a build does not report "
        "them. Write the answer where it is known."
    ),
    bad=_WAITS_FOR % "base",
    good=_WAITS_FOR % "base, why: Users come first.",
)

_MEASURED = (
    "# data/platforms/vm.yaml\nid: vm\ntitle: Machine\nsummary: A machine.\n"
    "labels: [{name: debian, operating_system: Debian}]\n"
    "providers: [{name: cloud-a, status: active, as_of: 2026-11-01}]\n"
    "# data/expectations/memory.yaml\ntopic: memory\ntitle: Memory\nexpectations:\n- id: memory\n"
    "  title: Memory\n  standing: guaranteed\n  statement: Nodes have 8 GB.\n"
    "  measure: {fact: ansible_memtotal_mb, at_least: 7600}\n"
    "# data/measured/debian.yaml\nlabel: debian\npromises:\n- expectation: memory\n"
    "  provider: %s\n  standing: guaranteed\n"
    "  measure: {fact: ansible_memtotal_mb, at_least: 7600}\n  recorded: 2026-11-01\n  kept: 3\n"
)
UNDOCUMENTED_PROVIDER = warning(
    id="GR125",
    name="undocumented-provider",
    summary="Measured nodes came from a provider that the manual does not document.",
    explanation=(
        "`groundrules verify --record` has written to `data/measured/` how promises were kept on "
        "nodes of a label, by the provider that the facts name. The platform of the label has no "
        "such provider: it is new, or its name is another one in `providers`. Where the launcher "
        "writes `rax-dfw`, the manual can have the name `rax` with the region `DFW`. Document the "
        "provider."
    ),
    bad=_MEASURED % "cloud-b",
    good=_MEASURED % "cloud-a",
)

COME_WITH_TIME = frozenset((LATE_ACTION, GONE_LABEL))
"""The rules of findings that a date causes without a change; builds do not report them."""
