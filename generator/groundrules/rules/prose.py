"""The rules of reStructuredText in records and pages (GR114, GR115, GR121, GR124)."""

from __future__ import annotations

from groundrules.diagnostics import Rule, Severity

BROKEN_PROSE = Rule(
    id="GR114",
    name="broken-prose",
    summary="A text is not correct reStructuredText.",
    explanation=(
        "Texts of records are reStructuredText: `*emphasis*`, `**strong**`, lists, links and "
        "the roles of the manual. Readers would see an opening mark without its closing one, and "
        "Markdown, as broken text, and a comment not at all."
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
        "addresses. Several records share a page, where the footnotes, anchors, named links and "
        "substitutions of one would be those of all, so these are refused too. Paragraphs, lists, "
        "tables, code blocks and admonitions are all allowed; anything else belongs on a "
        "hand-written page."
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
UNKNOWN_LANGUAGE = Rule(
    id="GR121",
    name="unknown-language",
    severity=Severity.WARNING,
    summary="A block of code names an unknown language.",
    explanation=(
        "Pygments does not highlight code in a language that it does not know, so that the build "
        "warns and `groundrules build -W` fails. The names are those that "
        "`pygmentize -L lexers` lists; `text` and `none` are for text without a language. Only the "
        "build knows a language that `conf.py` or an extension of Sphinx adds: write an ignore "
        "comment for it."
    ),
    bad=(
        "# data/platforms/vm.yaml\nid: vm\ntitle: Machine\nsummary: |\n  A machine.\n\n"
        "  .. code-block:: consol\n\n     $ lscpu\n"
    ),
    good=(
        "# data/platforms/vm.yaml\nid: vm\ntitle: Machine\nsummary: |\n  A machine.\n\n"
        "  .. code-block:: console\n\n     $ lscpu\n"
    ),
)
UNKNOWN_ON_PAGE = Rule(
    id="GR124",
    name="unknown-record-on-page",
    severity=Severity.WARNING,
    summary="A hand-written page names a record that does not exist.",
    explanation=(
        "Roles such as `:ci:label:`, and the arguments and options of directives such as "
        "`ci:graph`, have to name a record, or readers follow a dead link. Sphinx warns of it too, "
        "but only when it builds the page. Pages are the files `.rst` and `.md` beside or below "
        "`source/`, but for those in `generated/`, in `_build/` and in hidden folders."
    ),
    bad=(
        "# source/index.rst\nWelcome\n=======\n\nStart with a :ci:label:`tyni`.\n\n"
        ".. ci:expectations::\n   :topic: disk\n"
    ),
    good=(
        "# source/index.rst\nWelcome\n=======\n\nStart with a :ci:label:`tiny`.\n\n"
        ".. ci:expectations::\n   :topic: disk\n"
    ),
)
