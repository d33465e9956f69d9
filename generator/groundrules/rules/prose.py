"""The rules of reStructuredText in records (GR114, GR115, GR121)."""

from __future__ import annotations

from groundrules.diagnostics import Rule, Severity

BROKEN_PROSE = Rule(
    id="GR114",
    name="broken-prose",
    summary="A text is not correct reStructuredText.",
    explanation=(
        "Texts of records are reStructuredText: `*emphasis*`, `**strong**`, lists, links and "
        "the roles of the manual. An opening mark without its closing one would reach "
        "readers as broken text, and a comment would not reach them at all."
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
    summary="A block of code names a language that nobody knows.",
    explanation=(
        "Pygments colours code, and shows it without colours where it does not know the language, "
        "so that the build warns and `groundrules build -W` fails. The names are those that "
        "`pygmentize -L lexers` lists; `text` and `none` are for what is in no language. A "
        "language that `conf.py` or an extension of Sphinx adds is known to the build only: say "
        "so in an ignore comment."
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
