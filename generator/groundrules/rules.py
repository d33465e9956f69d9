"""The table of rules: what is checked, why, and an example of wrong and right for each.

The manual's pages and ``groundrules explain`` are made from it, and tests run every example.
An example is one or more files: a line ``# PATH`` names the file that follows it, and
``\\xE9`` stands for the byte that it names.  `files_of` reads it.
"""

from __future__ import annotations

import re

from groundrules import trap_rules
from groundrules.diagnostics import Rule, Severity

NO_DATA = Rule(
    id="GR100",
    name="no-data",
    summary="There is nothing to check.",
    explanation=(
        "A manual is a folder `data/` with a `manual.yaml` and one folder for each kind of "
        "record. Where it is missing or holds no record, the answer is this error and not "
        "'clean': a check that looked at nothing proves nothing."
    ),
    bad="# data/manual.yaml\n",
    good=(
        "# data/manual.yaml\ntitle: What jobs may count on\npublisher: The CI team\n"
        "summary: Promises.\nconfigurations: [{id: ours, title: Our jobs}]\n"
    ),
)
UNREADABLE = Rule(
    id="GR101",
    name="unreadable-file",
    summary="A file cannot be read as text.",
    explanation=(
        "Data files are UTF-8 text of at most 4 MiB. A file in another encoding, a larger one, "
        "one that is not a plain file, or one that may not be opened is refused before "
        "anything is made of it."
    ),
    bad="# data/platforms/vm.yaml\nid: vm\ntitle: Caf\\xe9\n",
    good="# data/platforms/vm.yaml\nid: vm\ntitle: Café\nsummary: A virtual machine.\n",
)
NOT_YAML = Rule(
    id="GR102",
    name="not-yaml",
    summary="A file is not one YAML document.",
    explanation=(
        "The file breaks YAML's own rules: indentation by tabs, a quote that is never closed, "
        "a second document, an alias without an anchor, or aliases and nesting past a bound "
        "that no honest file reaches. Nothing after such a place can be trusted, so the rest "
        "of the file is not read; all other files are."
    ),
    bad="# data/platforms/vm.yaml\nid: vm\ntitle: Size: large\nsummary: A virtual machine.\n",
    good="# data/platforms/vm.yaml\nid: vm\ntitle: 'Size: large'\nsummary: A virtual machine.\n",
)
DUPLICATE_KEY = Rule(
    id="GR103",
    name="duplicate-key",
    summary="A key is written twice in one mapping.",
    explanation=(
        "Most YAML readers keep the later value and say nothing, so one of the two is lost "
        "without anyone seeing it."
    ),
    bad="# data/platforms/vm.yaml\nid: vm\ntitle: Machine\nsummary: One.\ntitle: Virtual machine\n",
    good="# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\n",
)
MISPLACED_FILE = Rule(
    id="GR104",
    name="misplaced-file",
    summary="A file stands where no record is looked for, or leads out of the data folder.",
    explanation=(
        "Each kind of record has its folder: `platforms`, `expectations`, `graphs` and "
        "`sessions`; each record's file is called as its id, with the ending `.yaml`. A file "
        "elsewhere would be forgotten in silence. A symbolic link that leads out of the data "
        "folder is refused, since a stranger's change could show files of the machine with it."
    ),
    bad="# data/platform/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\n",
    good="# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\n",
)
UNKNOWN_KEY = Rule(
    id="GR105",
    name="unknown-key",
    summary="A record has a key that its kind does not know.",
    explanation="It is most often a slip of the keyboard, and what it says would be lost.",
    bad="# data/platforms/vm.yaml\nid: vm\ntitel: Virtual machine\ntitle: VM\nsummary: One.\n",
    good="# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\n",
)
MISSING_KEY = Rule(
    id="GR106",
    name="missing-key",
    summary="A record lacks a key that every record of its kind has.",
    explanation=(
        "The page cannot be written without it. A dependency without `why` is the most common."
    ),
    bad=(
        "# data/graphs/deploy.yaml\nid: deploy\ntitle: Deployment\nconfiguration: ours\n"
        "project: team/config\npipelines: [deploy]\njobs:\n- name: base\n- name: web\n"
        "  waits_for:\n  - job: base\n"
    ),
    good=(
        "# data/graphs/deploy.yaml\nid: deploy\ntitle: Deployment\nconfiguration: ours\n"
        "project: team/config\npipelines: [deploy]\njobs:\n- name: base\n- name: web\n"
        "  waits_for:\n  - {job: base, why: Users come first.}\n"
    ),
)
WRONG_VALUE = Rule(
    id="GR107",
    name="wrong-value",
    summary="A value is not of the kind that its key takes.",
    explanation=(
        "A list where one word is expected, a word that is not one of the allowed ones, a date "
        "or duration in another form. The reference of record fields lists what each key takes."
    ),
    bad=(
        "# data/expectations/network.yaml\ntopic: network\ntitle: Network\nexpectations:\n"
        "- {id: ipv6, title: IPv6, standing: maybe, statement: It may be there.}\n"
    ),
    good=(
        "# data/expectations/network.yaml\ntopic: network\ntitle: Network\nexpectations:\n"
        "- {id: ipv6, title: IPv6, standing: varies, statement: It may be there.}\n"
    ),
)
YAML_SURPRISE = Rule(
    id="GR108",
    name="yaml-surprise",
    summary="YAML made something else of a value than text.",
    explanation=(
        "YAML 1.1 reads `no` and `on` as truth values, `1.10` as the number 1.1, `0755` as an "
        "octal number and `2016-11-07` as a date. Where text is meant, the value needs quotes."
    ),
    bad=(
        "# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\n"
        "labels:\n- {name: small, operating_system: 24.10}\n"
    ),
    good=(
        "# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\n"
        "labels:\n- {name: small, operating_system: '24.10'}\n"
    ),
)
BAD_NAME = Rule(
    id="GR109",
    name="bad-name",
    summary="An id or name holds characters that cannot stand in an address.",
    explanation=(
        "An id is the record's permanent anchor in the manual: lower-case letters, digits and "
        "single hyphens. Names of labels and jobs may also have capitals, underscores, dots and "
        "plus signs. `/` and `..` are never allowed: they would lead out of the manual."
    ),
    bad="# data/platforms/vm.yaml\nid: ../vm\ntitle: Virtual machine\nsummary: One.\n",
    good="# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\n",
)
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
        "A label is introduced, then deprecated, then removed; changes are listed from the "
        "oldest to the newest; a session ends after it began."
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
BROKEN_PROSE = Rule(
    id="GR114",
    name="broken-prose",
    summary="A text is not correct reStructuredText.",
    explanation=(
        "Texts of records are reStructuredText: `*emphasis*`, `**strong**`, lists, links and "
        "the roles of the manual. An opening mark without its closing one would reach "
        "readers as broken text."
    ),
    bad="# data/platforms/vm.yaml\nid: vm\ntitle: Machine\nsummary: A *virtual machine.\n",
    good="# data/platforms/vm.yaml\nid: vm\ntitle: Machine\nsummary: A *virtual* machine.\n",
)
FORBIDDEN_MARKUP = Rule(
    id="GR115",
    name="forbidden-markup",
    summary="A text uses markup that data may not use.",
    explanation=(
        "Data comes from strangers' changes. Directives that insert files, raw HTML or pictures, "
        "run code or define roles are refused there, and so are links that are not web or mail "
        "addresses. Paragraphs, lists, tables, code blocks and admonitions are all allowed; "
        "anything else belongs on a hand-written page."
    ),
    bad=(
        "# data/platforms/vm.yaml\nid: vm\ntitle: Machine\nsummary: |\n  A machine.\n\n"
        "  .. include:: /etc/passwd\n"
    ),
    good=(
        "# data/platforms/vm.yaml\nid: vm\ntitle: Machine\nsummary: |\n  A machine.\n\n"
        "  .. code-block:: console\n\n     $ lscpu\n"
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
# the files of the examples below: a manual, a documented graph, the configuration beside them
_HERE = (
    "# data/manual.yaml\ntitle: Our jobs\npublisher: The CI team\nsummary: What waits for what.\n"
    "configurations: [{id: ours, title: Our CI, path: .}]\n"
    "# data/graphs/deploy.yaml\nid: deploy\ntitle: Deployment\nconfiguration: ours\n"
    "project: team/config\npipelines: [deploy]\n"
)
_WAITS = "jobs:\n- name: prepare\n- name: web\n  waits_for: [{job: prepare, %swhy: Users first.}]\n"
_REAL = "# .zuul.yaml\n- job: {name: web, parent: null}\n- project: {deploy: {jobs: [%s]}}\n"
_BOTH = "prepare, web: {dependencies: [%s]}"
NOT_AT_HAND = Rule(
    id="GR200",
    name="not-at-hand",
    summary="A configuration that has to be checked is not there.",
    explanation=(
        "A graph whose configuration is not at hand is skipped, with the reason, and never "
        "called clean. Where the check has to happen, as in the CI of the platform itself, "
        "`--require NAME` makes an error of it. Say in `manual.yaml` where the configuration "
        "is (`path`, `git` or `tenant`), or on the command line: `--config NAME=PATH`."
    ),
    bad=_HERE.replace("path: .", "path: zuul") + "jobs: [{name: web}]\n",
    good=_HERE + "jobs: [{name: web}]\n" + _REAL % "web",
)
JOB_NOT_DOCUMENTED = Rule(
    id="GR201",
    name="job-not-documented",
    summary="A pipeline runs a job that its complete graph does not name.",
    explanation=(
        "`coverage: complete` promises readers that no other job runs there. Document the job, "
        "or write `coverage: partial`, with which nothing is said of other jobs."
    ),
    bad=_HERE + "coverage: complete\njobs: [{name: web}]\n" + _REAL % "web, proxy",
    good=_HERE + "coverage: complete\njobs: [{name: web}, {name: proxy}]\n" + _REAL % "web, proxy",
)
JOB_NOT_THERE = Rule(
    id="GR202",
    name="job-not-there",
    summary="A documented job is not in the pipeline.",
    explanation=(
        "It was removed or renamed, runs in other pipelines than documented, or was never put "
        "there. People who read of it count on work that nobody does. The same is said where a "
        "documented pipeline runs no job of the project at all."
    ),
    bad=_HERE + "jobs: [{name: web}, {name: proxy}]\n" + _REAL % "web",
    good=_HERE + "jobs: [{name: web}, {name: proxy}]\n" + _REAL % "web, proxy",
)
DEPENDENCY_NOT_DOCUMENTED = Rule(
    id="GR203",
    name="dependency-not-documented",
    summary="A documented job waits for another, and nobody says so.",
    explanation=(
        "A dependency without its reason is the one that nobody dares to remove. In a partial "
        "graph this is said of dependencies between documented jobs only; those of initializer "
        "jobs, which every job has, need no documentation."
    ),
    bad=_HERE + "jobs: [{name: prepare}, {name: web}]\n" + _REAL % (_BOTH % "prepare"),
    good=_HERE + _WAITS % "" + _REAL % (_BOTH % "prepare"),
)
DEPENDENCY_NOT_THERE = Rule(
    id="GR204",
    name="dependency-not-there",
    summary="A documented dependency is not enforced.",
    explanation=(
        "The job starts without waiting. Either nothing declares the dependency, or it is soft "
        "and the job that it names is not in the pipeline: Zuul then says nothing and the order "
        "is lost. A dependency through other jobs is told as such: it breaks when one of them "
        "changes. Where it is only meant to be, write `status: planned`."
    ),
    bad=_HERE + _WAITS % "" + _REAL % "prepare, web",
    good=_HERE + _WAITS % "" + _REAL % (_BOTH % "prepare"),
)
SOFTNESS_DIFFERS = Rule(
    id="GR205",
    name="softness-differs",
    summary="A dependency is hard here and soft there.",
    explanation=(
        "A job with a hard dependency cannot run without the other; with a soft one it runs "
        "whether or not the other is there. Readers have to know which."
    ),
    bad=_HERE + _WAITS % "" + _REAL % (_BOTH % "{name: prepare, soft: true}"),
    good=_HERE + _WAITS % "soft: true, " + _REAL % (_BOTH % "{name: prepare, soft: true}"),
)
SEMAPHORE_DIFFERS = Rule(
    id="GR206",
    name="semaphore-differs",
    summary="A job holds other semaphores than documented.",
    explanation=(
        "A semaphore makes jobs wait for each other as a dependency does, across changes too. "
        "A partial graph is held to it where a job's `semaphores` are written, a complete one "
        "for every job."
    ),
    bad=_HERE + "jobs: [{name: web, semaphores: [host]}]\n" + _REAL % "web",
    good=_HERE + "jobs: [{name: web, semaphores: [host]}]\n" + _REAL % "web: {semaphores: host}",
)
DURATION_ABOVE_TIMEOUT = Rule(
    id="GR207",
    name="duration-above-timeout",
    summary="A job may take longer, as documented, than the configuration lets it.",
    explanation=(
        "Zuul ends a job at its timeout. A documented duration above it cannot be true; either "
        "the number is old or the timeout too short."
    ),
    bad=_HERE + "jobs: [{name: web, duration: {maximum: 1 h}}]\n" + _REAL % "web: {timeout: 1800}",
    good=(
        _HERE + "jobs: [{name: web, duration: {maximum: 30 min}}]\n"
        + _REAL % "web: {timeout: 1800}"
    ),
)  # fmt: skip
ALREADY_ENFORCED = Rule(
    id="GR208",
    name="already-enforced",
    summary="A planned dependency is enforced already.",
    explanation=(
        "The plan was carried out and its record forgotten, in every pipeline of the two jobs. "
        "Remove `status: planned`: from then on the dependency is checked."
    ),
    bad=_HERE + _WAITS % "status: planned, " + _REAL % (_BOTH % "prepare"),
    good=_HERE + _WAITS % "status: planned, " + _REAL % "prepare, web",
)
NO_GRAPH = Rule(
    id="GR209",
    name="no-graph",
    summary="The real job graph does not freeze, so nothing of it runs.",
    explanation=(
        "Zuul reports an error and runs no job: a hard dependency on a job that is not there, a "
        "circle, an abstract job. Its reason is told at the place in the configuration. What "
        "is documented of the pipeline could not be compared."
    ),
    bad=_HERE + "jobs: [{name: web}]\n" + _REAL % "web: {dependencies: [prepare]}",
    good=_HERE + "jobs: [{name: web}]\n" + _REAL % "web",
)
_RULED = _WAITS % "" + (
    "  tags: [server]\n  files: [play/web.yaml]\nrules:\n"
    "- {id: prepared, every: {%s}, waits_for: prepare, why: Users first.}\n"
)
POLICY_BROKEN = Rule(
    id="GR301",
    name="policy-broken",
    summary="A job breaks a rule of its graph.",
    explanation=(
        "A graph's `rules` speak of every job of a kind, documented or not, those of tomorrow "
        "too. The job named has to wait for the other, through others unless the rule says "
        "`directly`. The job itself and those that it waits for are left out, and so are "
        "pipelines for which it is documented not to run."
    ),
    bad=_HERE + _RULED % "name: 'web*'" + _REAL % (_BOTH % "prepare" + ", web-two"),
    good=(
        _HERE + _RULED % "name: 'web*'"
        + _REAL % (_BOTH % "prepare" + ", web-two: {dependencies: [web]}")
    ),
)  # fmt: skip
POLICY_WITHOUT_JOB = Rule(
    id="GR302",
    name="policy-without-job",
    summary="A rule of a graph speaks of no real job.",
    explanation=(
        "It looks like protection and protects nothing: jobs were renamed, or a parent or file "
        "matcher changed. Tags are those of the real job and those documented."
    ),
    severity=Severity.WARNING,
    bad=_HERE + _RULED % "files: play/web.yaml" + _REAL % (_BOTH % "prepare"),
    good=_HERE + _RULED % "tag: server" + _REAL % (_BOTH % "prepare"),
)

_IGNORED = (
    "# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\nlabels:\n"
    "- {name: small, operating_system: %s}  # groundrules: ignore[%s]%s\n"
)
IGNORE_WITHOUT_REASON = Rule(
    id="GR901",
    name="ignore-without-reason",
    summary="A finding is ignored and nobody says why.",
    explanation=(
        "`# groundrules: ignore[GR108] reason` on the line of a finding, or on a line of its own "
        "before it, takes the finding away. The reason is for whoever asks in a year whether it "
        "still holds. Without one the finding is taken away too, and this one takes its place."
    ),
    bad=_IGNORED % ("24.10", "GR108", ""),
    good=_IGNORED % ("24.10", "GR108", " shown as a number on purpose"),
)
IGNORE_NOT_UNDERSTOOD = Rule(
    id="GR902",
    name="ignore-not-understood",
    summary="An ignore comment names no rule that exists.",
    explanation=(
        "A comment that begins with `groundrules:` is meant for this tool. One that it cannot "
        "read, or that names a rule that does not exist, ignores nothing, and whoever wrote it "
        "would believe that it does."
    ),
    bad=_IGNORED % ("Debian", "GR18", " shown as a number on purpose"),
    good=_IGNORED % ("24.10", "GR108", " shown as a number on purpose"),
)
UNUSED_IGNORE = Rule(
    id="GR903",
    name="unused-ignore",
    summary="An ignore comment ignores nothing.",
    explanation=(
        "The finding is gone, or it stands on another line; the comment would hide the next one "
        "of its kind. Where the rule could not be tried, because a configuration is not at hand, "
        "nothing is said."
    ),
    bad=_IGNORED % ("'24.10'", "GR108", " shown as a number on purpose"),
    good=_IGNORED % ("24.10", "GR108", " shown as a number on purpose"),
)

# after one of these nobody knows what else the file says
UNREAD = frozenset((NO_DATA, UNREADABLE, NOT_YAML))


def files_of(example: str) -> dict[str, bytes]:
    """Return the files of an example by their path.

    >>> files_of("# data/platforms/vm.yaml\\nid: vm\\n# data/manual.yaml\\n")
    {'data/platforms/vm.yaml': b'id: vm\\n', 'data/manual.yaml': b''}
    """
    parts = re.split(r"^# ((?:\S+/)?[^\s/]*\.[^\s/]+)\n", example, flags=re.MULTILINE)
    return {path: _bytes(text) for path, text in zip(parts[1::2], parts[2::2], strict=True)}


def _bytes(text: str) -> bytes:
    return re.sub(
        rb"\\x([0-9A-Fa-f]{2})", lambda code: bytes.fromhex(code[1].decode()), text.encode()
    )


_OWN = {rule.id: rule for rule in list(globals().values()) if isinstance(rule, Rule)}
RULES: dict[str, Rule] = dict(sorted((_OWN | trap_rules.RULES).items()))


def every_rule() -> dict[str, Rule]:
    """Return `RULES` and those of the resolvers, which ``groundrules graph --findings`` tells."""
    from groundrules.ci.zuul.rules import RULES as OF_ZUUL

    return dict(sorted((RULES | OF_ZUUL).items()))
