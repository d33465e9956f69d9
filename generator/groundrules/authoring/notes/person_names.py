"""Which words in the place of a name are a person's; not ``TODO list:`` or ``need to write``."""

from __future__ import annotations

import re
from collections.abc import Collection

_NOT_NAMES = """
a about above action actions add additional after agenda agreed ai all also always and another
answer answers any anybody anyone api assigned at background backlog backport baseline blocked
blocker bonus both bug bugfix bugs build builds but change changes chore ci cleanup code
comment comments config context critical cve day deadline deb decided decision decisions
default dependencies dependency deploy devstack diff discuss discussion doc docs documentation
done draft due each email error errors etherpad everybody everyone example examples
expectation expectations experimental extra feat feature features file files first fix fixes
follow-up followup for friday from ftp future gate gerrit git github gitlab goal goals grafana
graph graphs he help high hint hold how however http https i idea ideas if image images
important in info infra infrastructure issue issues it item items job jobs just label labels
last later latest link links lint linters list log logs low mail mailto major master maybe me
medium meeting minor minutes mirror mirrors missing monday month most must need needed needs
new news next next-steps nit no nobody node nodepool nodes nodeset none not note notes now
old one only open option optional options or other others our out owner owners p part parts
pending periodic phase pipeline pipelines plan plans please point points policy post possible
post-meeting priority problem problems project projects promote ps question questions reason
refactor regression release releases remaining reminder repo repos repository required result
results review reviews risk risks rule rules saturday script scripts second section security
see session sessions she short simple soft some somebody someone soon spec specs stable
staging status step steps still style sub-task subtask summary sunday support tag tags task
tasks tbd team technical test testing tests then they thing things third this thread thursday
ticket tickets time title to today todo todos tomorrow tool tools tooling topic topics tox
translation tuesday typo unassigned unit unknown unowned up upstream urgent us via vote wait
warning warnings we website wednesday week what when where which who why wiki wip wishlist
with work workaround x year yes yesterday you zuul
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
abandon add adjust analyse analyze announce answer apply approve arrange ask assign attend
audit backport block book bring build bump call cancel change chase check clarify clean close
collect comment compare complete confirm contact convert coordinate copy create debug decide
delete deploy deprecate describe design disable discuss document do double-check draft drop
email enable ensure evaluate examine explain extend file find finish fix follow format gather
get give go handle have help identify implement improve inform install integrate invest
investigate invite keep land launch lead list look mail maintain make mark measure meet mention
merge message migrate modify monitor move notify open organise organize own patch ping plan
port post prepare propose prove provide publish pull push put raise reach read rebase recheck
record reduce refactor release remove rename repair repeat replace reply report request research
resolve respond restart retire return revert review revisit rework rewrite run schedule see
send set share ship show sort split start stop submit summarise summarize support switch sync
tag take talk tell test tidy track translate triage try tune turn update upgrade upload verify
volunteer wait watch work write
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
    is_shaped = word.upper() != word and not re.search(r"[\d./-]", word)
    return is_shaped and word.casefold() not in NOT_NAMES
