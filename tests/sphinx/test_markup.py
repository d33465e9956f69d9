"""Markup that data may not use is refused before it does anything; all else is left alone.

Each text is the ``note`` of a job, a literal block that begins in line 10, column 7.
"""

from __future__ import annotations

import textwrap

import pytest

from groundrules.prose.allowed import DIRECTIVES

GRAPH = """\
id: deploy
title: Deployment
configuration: ours
project: team/config
pipelines: [deploy]
jobs:
  - name: base
    purpose: Comes first.
    note: |
"""
MANUAL = """\
title: Ours
publisher: The CI team
summary: Promises.
configurations: [{id: ours, title: Ours}]
"""


@pytest.fixture
def said(tmp_path, findings):
    """Return what is found in a text, without the file's name."""

    def check(text: str) -> list[str]:
        (tmp_path / "data/graphs").mkdir(parents=True)
        (tmp_path / "data/manual.yaml").write_text(MANUAL)
        note = textwrap.indent(textwrap.dedent(text), " " * 6)
        (tmp_path / "data/graphs/deploy.yaml").write_text(GRAPH + note + "\n", "utf-8")
        prefix = "data/graphs/deploy.yaml:"
        return [line.removeprefix(prefix) for line in findings(tmp_path).splitlines()]

    return check


ALL = f"; allowed: {', '.join(sorted(DIRECTIVES))}"


def no_directive(name: str, hint: str = ALL) -> str:
    return f"the directive {name!r} cannot be used in data{hint} [GR115]"


def no_role(name: str, hint: str = "") -> str:
    return f"the role {name!r} cannot be used in data{hint} [GR115]"


def no_option(directive: str, option: str, hint: str = "; allowed: none") -> str:
    return f"the directive {directive!r} has no option {option!r} in data{hint} [GR115]"


NO_FOOTNOTE = "footnotes cannot be used in data; write the note into the text [GR115]"
NO_SUBSTITUTION = (
    "substitutions cannot be defined in data; write the words where they belong [GR115]"
)
COMMENT = "no page shows this comment"
TOO_DEEP = "more than 20 lists, quotations or tables are nested here [GR114]"
CODE_OPTIONS = "; allowed: dedent, emphasize-lines, force, lineno-start, linenos"
EVAL = "; did you mean 'envvar'?"
CSV = no_directive(
    "csv-table",
    "; allowed: admonition, attention, caution, code, code-block, danger, error, hint, important, "
    "list-table, note, parsed-literal, rubric, seealso, table, tip, warning",
)
NO_LANGUAGE = "unknown code-block language"
REFUSED = {
    # hostile texts that ended with a traceback, or vanished from the page
    "|a|__": r"10:7: unknown substitution |a|; write '\|' for a bar [GR114]",
    "Text.\n\n----\n\nMore.": (
        "12:7: a line of punctuation cannot be used in data; remove it, or write it as ``code``"
        " [GR114]"
    ),
    ":guilabel:`a &`": (
        "10:7: the role 'guilabel' cannot end with a single '&'; write '&&' for an ampersand"
        " [GR114]"
    ),
    ":menuselection:`&`": (
        "10:7: the role 'menuselection' cannot end with a single '&'; write '&&' for an ampersand"
        " [GR114]"
    ),
    "One.\n\n" + "`<" * 3000: (
        "12:7: this paragraph has 3000 marks in 6000 characters; split it [GR114]"
    ),
    "a:" * 3000: "10:7: this paragraph has 2999 marks in 6000 characters; split it [GR114]",
    "a-" * 3000: "10:7: this paragraph has 2999 marks in 6000 characters; split it [GR114]",
    "One.\n\n" + "/a'" * 2000: (
        "12:7: this paragraph has 3999 marks in 6000 characters; split it [GR114]"
    ),
    ".. code-block:: consol\n\n   $ ls": (
        f"10:23: {NO_LANGUAGE} 'consol'; did you mean 'console'? [GR121]"
    ),
    ".. code-block:: console\n\n   $ ls\n\n.. code-block:: consol\n\n   $ ls": (
        f"14:23: {NO_LANGUAGE} 'consol'; did you mean 'console'? [GR121]"
    ),
    "Text.\n\n* .. code::   qqqqqq\n\n     $ ls": (
        f"12:21: {NO_LANGUAGE} 'qqqqqq'; use one of Pygments' names, or 'text' [GR121]"
    ),
    ".. raw:: html\n\n   <script>alert(1)</script>": f"10:10: {no_directive('raw')}",
    "One.\n\n.. include:: /etc/passwd": f"12:10: {no_directive('include')}",
    "One.\n\n* item\n\n  .. literalinclude:: /etc/passwd": (
        f"14:12: {no_directive('literalinclude')}"
    ),
    ".. csv-table::\n   :file: /etc/passwd": f"10:10: {CSV}",
    ".. csv-table::\n   :url: http://example.org/": f"10:10: {CSV}",
    ".. image:: https://example.org/pixel.png": f"10:10: {no_directive('image')}",
    ".. figure:: pixel.png": f"10:10: {no_directive('figure')}",
    ".. role:: evil(raw)\n   :format: html": f"10:10: {no_directive('role')}",
    ".. autoclass:: os.system": f"10:10: {no_directive('autoclass')}",
    ".. automodule:: antigravity": f"10:10: {no_directive('automodule')}",
    ".. ci:record:: platform vm": f"10:10: {no_directive('ci:record')}",
    ".. ci:prose::\n\n   .. raw:: html": f"10:10: {no_directive('ci:prose')}",
    ".. toctree::\n\n   /index": f"10:10: {no_directive('toctree')}",
    ".. only:: html\n\n   Text.": f"10:10: {no_directive('only')}",
    ".. default-role:: raw": f"10:10: {no_directive('default-role')}",
    ".. meta::\n   :http-equiv=refresh: 0": f"10:10: {no_directive('meta')}",
    ".. math::\n   :nowrap:\n\n   \\input{/etc/passwd}": f"10:10: {no_directive('math')}",
    ":math:`\\input{/etc/passwd}`": f"10:7: {no_role('math')}",
    ":download:`/etc/passwd`": f"10:7: {no_role('download')}",
    ":raw-html:`<b>`": f"10:7: {no_role('raw-html')}",
    ":eval:`1`": f"10:7: {no_role('eval', EVAL)}",
    "`click <javascript:alert(1)>`__": (
        "10:15: a link to 'javascript:alert(1)' is not a web or mail address [GR115]"
    ),
    "javascript:alert(1)": (  # docutils leaves the last bracket out
        "10:7: a link to 'javascript:alert(1' is not a web or mail address [GR115]"
    ),
    "javascript://%0aalert": (
        "10:7: a link to 'javascript://%0aalert' is not a web or mail address [GR115]"
    ),
    "See data:text/html,x": (
        "10:11: a link to 'data:text/html,x' is not a web or mail address [GR115]"
    ),
    "`click <JaVaScRiPt:alert(1)>`_": (
        "10:15: a link to 'JaVaScRiPt:alert(1)' is not a web or mail address [GR115]"
    ),
    "click_\n\n.. _click: javascript:alert(1)": (
        "12:18: a link to 'javascript:alert(1)' is not a web or mail address [GR115]"
    ),
    ".. _anchor:\n\nText.": "10:7: link targets cannot be set in data [GR115]",
    ".. [1] Note.": f"10:7: {NO_FOOTNOTE}",
    "One.\n\n.. [#] Note.": f"12:7: {NO_FOOTNOTE}",
    "One.\n\n.. [CIT2002] A book.": f"12:7: {NO_FOOTNOTE}",
    "Text [#]_ and more.": f"10:13: {NO_FOOTNOTE}",
    ".. |x| replace:: text": f"10:10: {NO_SUBSTITUTION}",
    ".. |x| replace:: a `link <https://example.org/>`__": f"10:10: {NO_SUBSTITUTION}",
    "click_\n\n.. _click: https://example.org/": (
        "12:7: named links cannot be used in data; write `text <https://example.org/>`__ "
        "instead [GR115]"
    ),
    "_`anchor`": "10:7: link targets cannot be set in data [GR115]",
    # what Sphinx reads as content, an option or a caption is no argument or unread text
    ".. seealso:: :download:`key </../../../secret.txt>`": f"10:20: {no_role('download')}",
    ".. seealso:: Text\n\n   .. image:: a.png": f"12:13: {no_directive('image')}",
    ".. seealso:: `click <javascript:alert(1)>`__": (
        "10:28: a link to 'javascript:alert(1)' is not a web or mail address [GR115]"
    ),
    ".. code-block:: sh\n   :caption: :math:`x`\n\n   $ ls": (
        f"11:10: {no_option('code-block', 'caption', CODE_OPTIONS)}"
    ),
    ".. code:: sh\n   :number-lines: 3\n\n   $ ls": (
        f"11:10: {no_option('code', 'number-lines', '; allowed: force')}"
    ),
    ".. note::\n   :name: memory-8gb\n\n   Text.": f"11:10: {no_option('note', 'name')}",
    ".. rubric:: Title\n   :class: ci-badge": f"11:10: {no_option('rubric', 'class')}",
    ".. rubric:: :math:`x`": f"10:19: {no_role('math')}",
    ".. admonition:: :download:`a </conf.py>`\n\n   Text.": f"10:23: {no_role('download')}",
    ".. list-table:: :math:`x`\n\n   * - a": f"10:23: {no_role('math')}",
    ".. table:: :math:`x`\n\n   == ==\n   a  b\n   == ==": f"10:18: {no_role('math')}",
    ".. parsed-literal::\n\n   :download:`a </conf.py>`": f"12:10: {no_role('download')}",
}


@pytest.mark.parametrize("text", REFUSED)
def test_refused(said, text):
    assert said(text) == [REFUSED[text]]


BROKEN = {
    ".. code-block:: a b\n\n   x": (
        "10:7: in the directive 'code-block': maximum 1 argument(s) allowed, 2 supplied. [GR114]"
    ),
    ".. replace:: text": (
        '10:7: Invalid context: the "replace" directive can only be used within a substitution '
        "definition. [GR114]"
    ),
    "Text |x|.": r"10:12: unknown substitution |x|; write '\|' for a bar [GR114]",
    "One.\n\n.. note: Two.": f"12:7: {COMMENT}; write '.. note::' [GR114]",
    "One.\n\n.. and so on": f"12:7: {COMMENT}; write '\\..' for dots [GR114]",
    "One.\n\nC. Boylan raised it.": (
        "12:7: 'C.' begins a list here; write 'C\\.' for text [GR114]"
    ),
    "One.\n\n  (8) is more.": "12:9: '(8)' begins a list here; write '(8\\)' for text [GR114]",
    "A foo__ here.": (
        "10:9: 'foo' is a link without a target; write '\\_' for an underscore [GR114]"
    ),
    "A `foo <https://example.org`_ here.": (
        "10:9: the address has no '>' after it; write `foo <https://example.org>`__ [GR114]"
    ),
    "A `Foo https://example.org>`__ here.": (
        "10:9: the address has no '<' before it; write `Foo <https://example.org>`__ [GR114]"
    ),
    "A `foo<https://example.org>`__ here.": (
        "10:9: the address has no space before '<'; write `foo <https://example.org>`__ [GR114]"
    ),
    "A `foo https://example.org`_ here.": (
        "10:9: the address has no '<' before it and no '>' after it; write "
        "`foo <https://example.org>`__ [GR114]"
    ),
    r"A `foo \<https://example.org>`_ here.": (
        "10:9: the address is escaped; write `foo <https://example.org>`__ [GR114]"
    ),
    "A `foo <bar`_ here.": (
        "10:9: 'foo <bar' is a link without a target; write '\\_' for an underscore [GR114]"
    ),
    "One.\n\n__ https://example.org/": (
        "12:7: no link leads to this address; write `text <ADDRESS>`__ where it belongs [GR114]"
    ),
    "One.\n\n" + "- " * 21 + "x": f"12:7: {TOO_DEEP}",
    "One.\n\n" + "- " * 300 + "x": f"12:7: {TOO_DEEP}",
    "\n".join(f"{'  ' * depth}- x\n" for depth in range(100)): f"50:47: {TOO_DEEP}",
    "\n".join(f"| {' ' * depth}x" for depth in range(100)): f"10:7: {TOO_DEEP}",
}


@pytest.mark.parametrize("text", BROKEN)
def test_broken(said, text):
    assert said(text) == [BROKEN[text]]


def test_a_footnote_is_refused_at_both_its_ends(said):
    text = "Text [1]_\n\n.. [1] Note."
    assert said(text) == [f"10:13: {NO_FOOTNOTE}", f"12:7: {NO_FOOTNOTE}"]


ALLOWED = (
    "<script>alert(1)</script> and {{ 7 * 7 }} and {% raw %}",
    "``<script>`` and ``{{ x }}``",
    "*emphasis*, **strong**, ``literal``, `a link <https://example.org/>`__ and https://example.org/",
    "Write to `us <mailto:us@example.org>`_ or us@example.org.",
    ":command:`make` :file:`/etc/passwd` :envvar:`HOME` :pep:`8` :rfc:`2324` :abbr:`CI (x)`",
    ":ci:job:`base`, :ci:job:`deploy/base`, :ci:graph:`deploy` and :ci:job:`it <base>`",
    "* one\n* two\n\n  1. nested\n\nterm\n   definition\n\n:field: body",
    ".. code-block:: console\n\n   $ cat /etc/passwd\n   .. include:: /etc/passwd",
    ".. code-block:: yaml\n   :linenos:\n   :emphasize-lines: 1\n\n   a: 1",
    ".. code:: sh\n\n   $ ls",
    *(f".. code-block:: {name}\n\n   x" for name in ("YAML", "none", "default", "guess", "rest")),
    "Literally::\n\n   .. raw:: html\n\n   :eval:`x`",
    ".. note::\n\n   A note.\n\n.. warning:: A warning.",
    ".. list-table::\n   :header-rows: 1\n\n   * - a\n     - b\n   * - c\n     - d",
    ".. seealso:: A page, or\n\n   * a list.",
    ".. list-table:: A title\n   :widths: 1 2\n   :stub-columns: 1\n\n   * - a\n     - b",
    ".. rubric:: A title",
    "A `link`__ here.\n\n__ https://example.org/",
    "Since\n\n3. three\n4. four\n\nand\n\na) one\n\n..\n\nb) two",
    "C. Boylan raised it.",
    "8. Gigabytes",
    "+ 2 GB",
    "-",
    "__init__ and dunder__name",
    "- " * 300 + "x",
    "One.\n\n" + "- " * 20 + "x",
    "\n".join(f"| {' ' * depth}x" for depth in range(20)),
    "=====  =====\na      b\n=====  =====\nc      d\n=====  =====",
    "| a line\n| block",
    "Text.\n\n    A quotation.",
    "\\*not emphasis\\*, a\\_, C:\\\\new and \\`that\\`",
    "Ünïcödé 中文 🙂",
    "\n".join(f"* https://example.org/a/page/of/{number}/that-is-long/" for number in range(200)),
    " ".join(f"job-{number}:10:30" for number in range(600)),
)


@pytest.mark.parametrize("text", ALLOWED)
def test_allowed(said, text):
    assert said(text) == []
