"""The rules of reading data: files, YAML, keys, values and names (GR100 to GR109)."""

from __future__ import annotations

from groundrules.diagnostics import Rule
from groundrules.rules.examples import LABEL, NETWORK, VM

NO_DATA = Rule(
    id="GR100",
    name="no-data",
    summary="There is nothing to check.",
    explanation=(
        "A manual is a folder `data/` with a `manual.yaml` and one folder for each kind of record. "
        "If it is missing or contains no record, nothing was checked, so the result is this error "
        "and not 'no findings'. A manual without records on purpose has `kinds: []` in "
        "`manual.yaml`."
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
        "Data files are UTF-8 text of at most 4 MiB. A file in another encoding, a larger file, a "
        "file that is not a plain file, and a file without read permission are rejected."
    ),
    bad="# data/platforms/vm.yaml\nid: vm\ntitle: Caf\\xe9\n",
    good="# data/platforms/vm.yaml\nid: vm\ntitle: Café\nsummary: A virtual machine.\n",
)
NOT_YAML = Rule(
    id="GR102",
    name="not-yaml",
    summary="A file is not one YAML document.",
    explanation=(
        "The file breaks the rules of YAML: indentation by tabs, a quote that is never closed, a "
        "second document, an alias without an anchor, or more aliases or nesting than any real "
        "file needs. The rest of the file is not read, because it may be misread; all other files "
        "are."
    ),
    bad="# data/platforms/vm.yaml\nid: vm\ntitle: Size: large\nsummary: A virtual machine.\n",
    good="# data/platforms/vm.yaml\nid: vm\ntitle: 'Size: large'\nsummary: A virtual machine.\n",
)
DUPLICATE_KEY = Rule(
    id="GR103",
    name="duplicate-key",
    summary="A key is written twice in one mapping.",
    explanation=(
        "Most YAML readers keep the later value and report nothing, so the other value is lost."
    ),
    bad="# data/platforms/vm.yaml\nid: vm\ntitle: Machine\nsummary: One.\ntitle: Virtual machine\n",
    good=VM,
)
MISPLACED_FILE = Rule(
    id="GR104",
    name="misplaced-file",
    summary="A file is not in the folder of its kind, or leads out of the data folder.",
    explanation=(
        "Each kind of record has its folder: `platforms`, `expectations`, `graphs` and `sessions`. "
        "Each file is named after the id of its record and ends in `.yaml`. A file elsewhere would "
        "be ignored. A symbolic link that leads out of the data folder is rejected, because a "
        "proposed change could use it to publish other files of the machine."
    ),
    bad=VM.replace("platforms", "platform"),
    good=VM,
)
UNKNOWN_KEY = Rule(
    id="GR105",
    name="unknown-key",
    summary="A record has an unknown key.",
    explanation="The key is usually misspelt. Its value would be ignored.",
    bad="# data/platforms/vm.yaml\nid: vm\ntitel: Virtual machine\ntitle: VM\nsummary: One.\n",
    good=VM,
)
MISSING_KEY = Rule(
    id="GR106",
    name="missing-key",
    summary="A required key is missing.",
    explanation=(
        "The page cannot be generated without it. A dependency without `why` is not a mistake but "
        "an open question (GR126)."
    ),
    bad="# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\n",
    good=VM,
)
WRONG_VALUE = Rule(
    id="GR107",
    name="wrong-value",
    summary="A value has the wrong type or form.",
    explanation=(
        "Examples: a list instead of one word, a word that is not allowed, a date or duration in "
        "another format. The reference of record fields lists the values of each key."
    ),
    bad=NETWORK % "maybe",
    good=NETWORK % "varies",
)
YAML_SURPRISE = Rule(
    id="GR108",
    name="yaml-surprise",
    fixable=True,
    summary="YAML reads a text or number as another value.",
    explanation=(
        "YAML 1.1 reads `no` and `on` as booleans, `1.10` as the number 1.1, `0755` as an octal "
        "number, `2016-11-07` as a date, and ` #1234` as a comment that ends the text. Quote the "
        "text. In a measure, `24.10` could be a number too: the promise would be kept by a node "
        "with 24.1. A limit of `010` is 8. "
        "A text without `|` loses its line breaks, and so the items of a list."
    ),
    bad=LABEL % "24.10",
    good=LABEL % "'24.10'",
)
BAD_NAME = Rule(
    id="GR109",
    name="bad-name",
    summary="An id or name has characters that are not allowed in an address.",
    explanation=(
        "An id is the permanent anchor of the record in the manual: lower-case letters, digits and "
        "single hyphens. Names of labels and jobs can also have capitals, underscores, dots and "
        "plus signs; labels can also have `/` and `:` inside. `..` is never allowed, because it "
        "would lead out of the manual."
    ),
    bad=VM.replace("id: vm", "id: ../vm"),
    good=VM,
)

# after one of these, the rest of the file is unknown
UNREAD = frozenset((NO_DATA, UNREADABLE, NOT_YAML))
