"""The rules of what records say, alone and together (GR110 to GR120 but for prose)."""

from __future__ import annotations

from groundrules.diagnostics import Rule, Severity

DUPLICATE_ID = Rule(
    id="GR110",
    name="duplicate-id",
    summary="Two records of one kind have the same id.",
    explanation="An id is an address in the manual; two records cannot live at one address.",
    bad=(
        "# data/expectations/network.yaml\ntopic: network\ntitle: Network\nexpectations:\n"
        "- {id: ipv6, title: IPv6, standing: varies, statement: It may be there.}\n"
        "- {id: ipv6, title: IPv6, standing: varies, statement: Or not.}\n"
    ),
    good=(
        "# data/expectations/network.yaml\ntopic: network\ntitle: Network\nexpectations:\n"
        "- {id: ipv6, title: IPv6, standing: varies, statement: It may be there.}\n"
    ),
)
UNKNOWN_REFERENCE = Rule(
    id="GR111",
    name="unknown-reference",
    summary="A reference names a record that does not exist.",
    explanation=(
        "Evidence, `applies_to`, `led_to`, `replaced_by`, `waits_for` and the roles in prose "
        "have to lead somewhere, or readers are sent to nothing."
    ),
    bad=(
        "# data/graphs/deploy.yaml\nid: deploy\ntitle: Deployment\nconfiguration: ours\n"
        "project: team/config\npipelines: [deploy]\njobs:\n- name: base\n- name: web\n"
        "  waits_for:\n  - {job: bsae, why: Users come first.}\n"
    ),
    good=(
        "# data/graphs/deploy.yaml\nid: deploy\ntitle: Deployment\nconfiguration: ours\n"
        "project: team/config\npipelines: [deploy]\njobs:\n- name: base\n- name: web\n"
        "  waits_for:\n  - {job: base, why: Users come first.}\n"
    ),
)
DATE_ORDER = Rule(
    id="GR112",
    name="dates-out-of-order",
    summary="Dates of one record contradict each other.",
    explanation=(
        "A label is introduced, then deprecated, then removed; nothing changes before it is there, "
        "and changes are listed from the oldest to the newest; a session ends after it began."
    ),
    bad=(
        "# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\n"
        "labels:\n- {name: small, operating_system: Debian, "
        "since: 2025-01-02, removed: 2024-01-02}\n"
    ),
    good=(
        "# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\n"
        "labels:\n- {name: small, operating_system: Debian, "
        "since: 2024-01-02, removed: 2025-01-02}\n"
    ),
)
CONTRADICTION = Rule(
    id="GR113",
    name="contradiction",
    summary="Two values of one record cannot both be true.",
    explanation=(
        "A lower bound above the upper one, a measure that measures nothing, an exception that "
        "excepts nothing, a typical duration above the maximum."
    ),
    bad=(
        "# data/expectations/memory.yaml\ntopic: memory\ntitle: Memory\nexpectations:\n"
        "- id: memory\n  title: Memory\n  standing: guaranteed\n  statement: Enough.\n"
        "  measure: {fact: ansible_memtotal_mb, at_least: 9000, at_most: 7600}\n"
    ),
    good=(
        "# data/expectations/memory.yaml\ntopic: memory\ntitle: Memory\nexpectations:\n"
        "- id: memory\n  title: Memory\n  standing: guaranteed\n  statement: Enough.\n"
        "  measure: {fact: ansible_memtotal_mb, at_least: 7600, at_most: 9000}\n"
    ),
)
DEPENDENCY_CYCLE = Rule(
    id="GR116",
    name="dependency-cycle",
    summary="Documented jobs wait for each other in a circle.",
    explanation="None of them could ever start. Zuul refuses such a graph, soft dependencies too.",
    bad=(
        "# data/graphs/deploy.yaml\nid: deploy\ntitle: Deployment\nconfiguration: ours\n"
        "project: team/config\npipelines: [deploy]\njobs:\n"
        "- name: base\n  waits_for:\n  - {job: web, why: A mistake.}\n"
        "- name: web\n  waits_for:\n  - {job: base, why: Users come first.}\n"
    ),
    good=(
        "# data/graphs/deploy.yaml\nid: deploy\ntitle: Deployment\nconfiguration: ours\n"
        "project: team/config\npipelines: [deploy]\njobs:\n- name: base\n"
        "- name: web\n  waits_for:\n  - {job: base, why: Users come first.}\n"
    ),
)
RULE_WITHOUT_JOB = Rule(
    id="GR117",
    name="rule-without-job",
    summary="A rule of a graph speaks of no job.",
    explanation="It looks like protection and protects nothing; a tag was most often renamed.",
    severity=Severity.WARNING,
    bad=(
        "# data/graphs/deploy.yaml\nid: deploy\ntitle: Deployment\nconfiguration: ours\n"
        "project: team/config\npipelines: [deploy]\njobs:\n- name: base\n"
        "- {name: web, tags: [webserver]}\nrules:\n"
        "- {id: first, every: {tag: web}, waits_for: base, why: Users come first.}\n"
    ),
    good=(
        "# data/graphs/deploy.yaml\nid: deploy\ntitle: Deployment\nconfiguration: ours\n"
        "project: team/config\npipelines: [deploy]\njobs:\n- name: base\n"
        "- {name: web, tags: [webserver]}\nrules:\n"
        "- {id: first, every: {tag: webserver}, waits_for: base, why: Users come first.}\n"
    ),
)
LATE_ACTION = Rule(
    id="GR118",
    name="late-action",
    summary="An action is past its due date and still open.",
    explanation=(
        "A list of open actions helps only while it is true. Whoever finds this says in `state` "
        "that it is done, dropped, or that nobody knows, or sets a new date."
    ),
    severity=Severity.WARNING,
    comes_with_time=True,
    bad=(
        "# data/sessions/sprint.yaml\nid: sprint\ntitle: Sprint\nkind: sprint\ndate: 2020-01-06\n"
        "topics:\n- title: Swap\n  actions:\n  - {what: Measure it., due: 2020-02-01}\n"
    ),
    good=(
        "# data/sessions/sprint.yaml\nid: sprint\ntitle: Sprint\nkind: sprint\ndate: 2020-01-06\n"
        "topics:\n- title: Swap\n  actions:\n"
        "  - {what: Measure it., due: 2020-02-01, state: done}\n"
    ),
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
    summary="Two promises cannot both be kept on one label.",
    explanation=(
        "Both are guaranteed, both are measured by the same fact, and no value of the fact keeps "
        "both. Most often one of them needs an exception for the label."
    ),
    bad=_TWO_PROMISES + "  measure: {fact: ansible_memtotal_mb, at_most: 4000}\n",
    good=_TWO_PROMISES + "  measure: {fact: ansible_memtotal_mb, at_most: 9000}\n",
)
GONE_LABEL = Rule(
    id="GR120",
    name="gone-label",
    summary="An expectation names a label that is removed.",
    explanation=(
        "There are no nodes of it any more, so nothing can be promised of them. A pattern such as "
        "`*-16GB` may go on covering old labels; only a name that is written out is reported."
    ),
    bad=(
        "# data/platforms/vm.yaml\nid: vm\ntitle: Machine\nsummary: One.\n"
        "labels:\n- {name: old, operating_system: Debian, removed: 2020-01-02}\n"
        "# data/expectations/memory.yaml\ntopic: memory\ntitle: Memory\nexpectations:\n"
        "- id: enough\n  title: Enough\n  standing: guaranteed\n  statement: At least 8 GB.\n"
        "  except:\n  - {labels: [old], statement: Less.}\n"
    ),
    good=(
        "# data/platforms/vm.yaml\nid: vm\ntitle: Machine\nsummary: One.\n"
        "labels:\n- {name: old, operating_system: Debian, removed: 2020-01-02}\n"
        "# data/expectations/memory.yaml\ntopic: memory\ntitle: Memory\nexpectations:\n"
        "- id: enough\n  title: Enough\n  standing: guaranteed\n  statement: At least 8 GB.\n"
        "  except:\n  - {labels: [old], statement: Less., until: 2020-01-01}\n"
    ),
)
