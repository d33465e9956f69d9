"""The syntax of suggestions in Zuul's files."""

from __future__ import annotations

from groundrules.graphs.words import SystemWords

# https://zuul-ci.org/docs/zuul/latest/config/job.html
WORDS = SystemWords(
    title="Zuul",
    hard="{job}",
    soft="{{name: {job}, soft: true}}",
    whole_list="dependencies: [{jobs}]",
    limit="max",
    no_nodes="nodes: []",
    files="files",
    irrelevant_files="irrelevant-files",
    negated="{{regex: {text}, negate: true}}",
)
