"""Which words in the place of a name are a person's; not ``TODO list:`` or ``need to write``."""

from __future__ import annotations

import re
from collections.abc import Collection

_NOT_NAMES = """
a about above action actions add additional after agenda agreed ai all alle also always and
another answer answers any anybody anyone api assigned at aufgabe aufgaben background backlog
backport baseline beschluss beschlüsse blocked blocker bonus both bug bugfix bugs build builds but
change changes chore ci cleanup code comment comments config context critical cve day deadline deb
decided decision decisions default dependencies dependency deploy devstack diff discuss discussion
doc docs documentation done draft due each email entscheidung ergebnis erledigt error errors
etherpad everybody everyone example examples expectation expectations experimental extra feat
feature features file files first fix fixes follow-up followup for frage fragen friday from ftp
future gate gerrit git github gitlab goal goals grafana graph graphs he help high hint hinweis
hold how however http https i idea ideas if image images important in info infra infrastructure
issue issues it item items jemand job jobs just label labels last later latest link links lint
linters list log logs low mail mailto major master maybe me medium meeting minor minutes mirror
mirrors missing monday month most must need needed needs new news next next-steps niemand nit no
nobody node nodepool nodes nodeset none not note notes notiz now offen old one only open option
optional options or other others our out owner owners p part parts pending periodic phase pipeline
pipelines plan plans please point points policy possible post post-meeting priority problem
problems project projects promote ps question questions reason refactor regression release
releases remaining reminder repo repos repository required result results review reviews risk
risks rule rules saturday script scripts second section security see session sessions she short
simple soft some somebody someone soon spec specs stable staging status step steps still style
sub-task subtask summary sunday support tag tags task tasks tbd team technical termin test testing
tests thema themen then they thing things third this thread thursday ticket tickets time title to
today todo todos tomorrow tool tooling tools topic topics tox translation tuesday typo unassigned
unit unknown unowned up upstream urgent us via vote wait warning warnings we website wednesday
week what when where which who why wichtig wiki wip wir wishlist with work workaround x year yes
yesterday you zuul
"""
NOT_NAMES = frozenset(_NOT_NAMES.split())
"""Words that notes put before a colon, or into brackets, in place of a name."""

_BEFORE_TO = """
able according add agree agreed aim allow ask asked attempt back be begin connect continue
convert decide decided due easy expect fail figure forget forward get go going had happy has
have help hope how if intend keep lead like link listen look looking make manage migrate more
move need needed needs nothing offer ought over plan planned point port prefer prepare propose
publish push react reach read ready redirect refer remember reply report respond return
reverse send set speak start stick submit switch talk time tried try trying turn up upgrade
upload used useful volunteer volunteers wait want wants way what when where whether who work
write
"""
BEFORE_TO = frozenset(_BEFORE_TO.split())
"""Words before "to" and a verb that do not name who does it: "need to", "reply to"."""

_DEEDS = """
abandon add adjust analyse analyze announce answer apply approve arrange ask assign attend audit
backport benchmark block book bring build bump buy call cancel change chase check clarify clean
close collect comment compare complete configure confirm contact convert coordinate copy create
debug decide define delete deploy deprecate describe design disable discuss do document
double-check draft drop edit email enable ensure escalate estimate evaluate examine explain extend
fetch file find finish fix follow format gather get give go grant handle have help identify
implement improve inform inspect install integrate invest investigate invite keep land launch lead
list look mail maintain make mark measure meet mention merge message migrate modify monitor move
notify obtain open order organise organize own patch pick ping plan port post prepare propose
prove provide publish pull purchase push put raise reach read rebase recheck record reduce
refactor release remove rename repair repeat replace reply report request rerun research resolve
respond restart restore retire retry return revert review revisit rework rewrite rotate run
schedule see send set share ship show sort split start stop submit summarise summarize support
switch sync tag take talk tell test tidy track translate triage try tune turn unblock update
upgrade upload verify volunteer wait watch work write
"""
DEEDS = frozenset(_DEEDS.split())
"""Verbs after "to" that say what somebody does: "ada to write"."""


def is_name(word: str, people: Collection[str] = ()) -> bool:
    """Return whether a word in the place of a name is one, as far as that can be known.

    >>> is_name("clarkb"), is_name("docs"), is_name("API"), is_name("tox.ini")
    (True, False, False, False)
    """
    if word in people:
        return True
    is_shaped = any(map(str.isalpha, word)) and not word.isupper()
    is_shaped = is_shaped and not re.search(r"[\d./-]", word)
    return is_shaped and word.casefold() not in NOT_NAMES
