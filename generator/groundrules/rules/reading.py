"""The rules of reading data: files, YAML, keys, values and names (GR100 to GR109)."""

from __future__ import annotations

from groundrules.diagnostics import Rule

NO_DATA = Rule(
    id="GR100",
    name="no-data",
    summary="There is nothing to check.",
    explanation=(
        "A manual is a folder `data/` with a `manual.yaml` and one folder for each kind of "
        "record. Where it is missing or holds no record, the answer is this error and not "
        "'clean': a check of nothing proves nothing."
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
    summary="A file is not in the folder of its kind, or leads out of the data folder.",
    explanation=(
        "Each kind of record has its folder: `platforms`, `expectations`, `graphs` and "
        "`sessions`; each file is named after its record's id and ends in `.yaml`. A file "
        "elsewhere would be ignored. A symbolic link that leads out of the data "
        "folder is refused, since a stranger's change could show files of the machine with it."
    ),
    bad="# data/platform/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\n",
    good="# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\n",
)
UNKNOWN_KEY = Rule(
    id="GR105",
    name="unknown-key",
    summary="A record has an unknown key.",
    explanation="It is most often misspelt, and its value would be ignored.",
    bad="# data/platforms/vm.yaml\nid: vm\ntitel: Virtual machine\ntitle: VM\nsummary: One.\n",
    good="# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\n",
)
MISSING_KEY = Rule(
    id="GR106",
    name="missing-key",
    summary="A required key is missing.",
    explanation=(
        "The page cannot be made without it. A dependency without `why` is the most common."
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
    summary="A value has the wrong type or form.",
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
    summary="YAML reads a text as something else.",
    explanation=(
        "YAML 1.1 reads `no` and `on` as truth values, `1.10` as the number 1.1, `0755` as an "
        "octal number, `2016-11-07` as a date, and ` #1234` as a comment that ends the text. Quote "
        "the text."
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
    summary="An id or name has characters that an address cannot have.",
    explanation=(
        "An id is the record's permanent anchor in the manual: lower-case letters, digits and "
        "single hyphens. Names of labels and jobs may also have capitals, underscores, dots and "
        "plus signs, labels also `/` and `:` inside. `..` is never allowed: it would lead out of "
        "the manual."
    ),
    bad="# data/platforms/vm.yaml\nid: ../vm\ntitle: Virtual machine\nsummary: One.\n",
    good="# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\n",
)

# after one of these nobody knows what else the file says
UNREAD = frozenset((NO_DATA, UNREADABLE, NOT_YAML))
