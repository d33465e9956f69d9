"""`ImpactQuestion`: the object whose users ``groundrules impact`` has to show."""

from __future__ import annotations

from typing_extensions import override

from groundrules.ci.graph_question import GraphQuestion

KINDS = ("label", "nodeset", "job", "template", "semaphore", "parent")
FILE = "file"
"""The kind of a question about a file; its path is the name.

It is about everything that a file of the configuration defines, or about the jobs that run another.
"""

OUTSIDE = ("playbook", "role file", "included file")
"""The kinds of files whose users only files outside of the configuration show.

One of several kinds is the first of them.
"""


class ImpactQuestion(GraphQuestion, frozen=True, kw_only=True):
    """The place of a configuration, and an object of it.

    A ``parent`` is a job as the parent of others.
    """

    kind: str
    name: str

    @property
    @override
    def has_others(self) -> bool:
        return not self.project
