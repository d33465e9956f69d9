"""The rules of reStructuredText in records and pages (GR114, GR115, GR121, GR124)."""

from __future__ import annotations

from groundrules.diagnostics import Rule, warning

_MACHINE = "# data/platforms/vm.yaml\nid: vm\ntitle: Machine\nsummary: %s"
_CODE = _MACHINE % "|\n  A machine.\n\n  .. code-block:: %s\n\n     $ lscpu\n"
_PAGE = (
    "# source/index.rst\nWelcome\n=======\n\nStart with a :ci:label:`%s`.\n\n"
    ".. ci:expectations::\n   :topic: disk\n"
)

BROKEN_PROSE = Rule(
    id="GR114",
    name="broken-prose",
    summary="A text is not valid reStructuredText.",
    explanation=(
        "Texts of records are reStructuredText: `*emphasis*`, `**strong**`, lists, links and the "
        "roles of the manual. If a mark is not closed, or the text is Markdown, readers see the "
        "raw characters. Readers do not see comments at all."
    ),
    bad=_MACHINE % "A *virtual machine.\n",
    good=_MACHINE % "A *virtual* machine.\n",
)
FORBIDDEN_MARKUP = Rule(
    id="GR115",
    name="forbidden-markup",
    summary="A text uses markup that is not allowed in data.",
    explanation=(
        "Data comes from untrusted changes. Directives that insert files, raw HTML or pictures, "
        "run code or define roles are rejected, and so are links that are not web or mail "
        "addresses. Several records share a page, so footnotes, anchors, named links and "
        "substitutions of one record could conflict with those of another; these are rejected too. "
        "Paragraphs, lists, tables, code blocks and admonitions are allowed. Anything else belongs "
        "on a hand-written page."
    ),
    bad=_MACHINE % "|\n  A machine.\n\n  .. include:: /etc/passwd\n",
    good=_CODE % "console",
)
UNKNOWN_LANGUAGE = warning(
    id="GR121",
    name="unknown-language",
    summary="A code block names an unknown language.",
    explanation=(
        "Pygments does not highlight code in a language that it does not know, so the build warns "
        "and `groundrules build -W` fails. `pygmentize -L lexers` lists the names; use `text` or "
        "`none` for text without a language. Only the build knows a language that `conf.py` or an "
        "extension of Sphinx adds: write an ignore comment for it."
    ),
    bad=_CODE % "consol",
    good=_CODE % "console",
)
UNKNOWN_ON_PAGE = warning(
    id="GR124",
    name="unknown-record-on-page",
    summary="A hand-written page names a record, role or directive that does not exist.",
    explanation=(
        "Roles such as `:ci:label:`, and the arguments and options of directives such as "
        "`ci:graph`, have to name a record, or readers follow a dead link. The role or directive "
        "itself has to exist if its name starts with `ci:`. Sphinx warns of both too, "
        "but only when it builds the page. Pages are the files `.rst` and `.md` beside or below "
        "`source/`, except those in `generated/`, in `_build/`, in hidden folders, and those that "
        "`exclude_patterns` in `conf.py` excludes. `conf.py` is not executed: if the patterns "
        "cannot be read, such as a list that is computed, pages are reported as not checked."
    ),
    bad=_PAGE % "tyni",
    good=_PAGE % "tiny",
)
