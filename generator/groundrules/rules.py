"""The table of rules: what is checked, why, and an example of wrong and right for each.

The manual's pages and ``groundrules explain`` are made from it, and tests run every example.
An example is one or more files: a line ``# path`` names the file that follows it, and
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
