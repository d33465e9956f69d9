"""`AppliedLists`: lists of irrelevant files, compared with the files where they apply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from groundrules.checks.traps.chains import Patterns, branches_by_chain
from groundrules.checks.traps.negated_items import Left, may_except
from groundrules.diagnostics import Location
from groundrules.graphs.definitions import DefinedVariant, Definitions
from groundrules.graphs.elements import FilePattern, Job, Step
from groundrules.graphs.trees import Branch
from groundrules.grouping import grouped


class AppliedLists:
    """The lists by the definition or mention that sets them, with the branches where they apply.

    A job can also inherit items, so that a place has several lists.
    """

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.branches: dict[Location, dict[Patterns, set[Branch]]] = {}
        self._engines = {
            FilePattern(matcher.pattern, matcher.negate): matcher.matches
            for variant in definitions.variants()
            for matcher in variant.matchers
        }
        same = branches_by_chain(definitions, _list_of)
        for (chain, patterns), branches in same.items():
            if place := self._place(chain):
                lists = self.branches.setdefault(place, {})
                lists.setdefault(patterns, set()).update(branches)

    def _place(self, chain: Sequence[Step]) -> Location | None:
        """Return the last definition or mention that sets a list."""
        for step in reversed(chain):
            variant = self.definitions.by_location.get(step.location) if step.location else None
            if variant and any(matcher.irrelevant for matcher in variant.matchers):
                return variant.location
        return None

    def left(self) -> dict[Location, Left]:
        """Return the lists that leave no file, or those of a negated item, wherever they apply.

        The jobs of a library are left out: other tenants may use them for other files.  Most lists
        leave a file of the configuration, so no tree has to be read for them.
        """
        possible = {
            place: {Left.NONE, Left.NEGATED}
            for place in self.branches
            if not self._is_offered(self.definitions.by_location[place])
        }
        self._compare(possible, self._configuration(), is_whole=False)
        self._compare(possible, self.definitions.trees, is_whole=True)
        return {
            place: Left.NONE if Left.NONE in left else Left.NEGATED
            for place, left in possible.items()
        }

    def _is_offered(self, variant: DefinedVariant) -> bool:
        is_of_library = not variant.is_mention and variant.project in self.definitions.shared
        return is_of_library or variant.is_for_unknown

    def _configuration(self) -> Mapping[Branch, list[str]]:
        files = self.definitions.files.values()
        return grouped(((source.project, source.branch), source.path) for source in files)

    def _compare(
        self,
        possible: dict[Location, set[Left]],
        trees: Mapping[Branch, Iterable[str]],
        *,
        is_whole: bool,
    ) -> None:
        """Remove what some branch disproves; each tree is read once, and only if it is needed."""
        for branch, lists in sorted(self._by_branch(possible).items()):
            wanted = [(place, patterns) for place, patterns in lists if place in possible]
            paths = trees.get(branch) if wanted else None
            for place, patterns in wanted if paths or is_whole else ():
                if place in possible:
                    possible[place] -= self._disproved(patterns, paths)
                    if not possible[place]:
                        del possible[place]

    def _by_branch(
        self, places: Iterable[Location]
    ) -> Mapping[Branch, list[tuple[Location, Patterns]]]:
        return grouped(
            (branch, (place, patterns))
            for place in places
            for patterns, branches in self.branches[place].items()
            for branch in branches
        )

    def _disproved(self, patterns: Patterns, paths: Iterable[str] | None) -> set[Left]:
        if not paths or any(pattern not in self._engines for pattern in patterns):
            return {Left.NONE, Left.NEGATED}
        negated = next((pattern for pattern in patterns if pattern.negate), None)
        others = [pattern for pattern in patterns if pattern is not negated]
        matches = [self._engines[pattern] for pattern in others]
        disproved = set[Left]()
        if not negated or not others or any(may_except(one.text, negated.text) for one in others):
            disproved.add(Left.NEGATED)
        for path in paths:
            if not negated or not self._engines[negated](path):
                is_irrelevant = any(match(path) for match in matches)
                disproved.add(Left.NEGATED if is_irrelevant else Left.NONE)
                if len(disproved) > 1:
                    break
        return disproved


def _list_of(job: Job) -> Patterns:
    return () if _is_never(job.irrelevant_files) else job.irrelevant_files


def _is_never(patterns: Patterns) -> bool:
    """Return whether a list is for no file on purpose: its only item has nothing but wildcards.

    Zuul runs such a job for a change of its definition:
    https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.match-on-config-updates
    """
    return len(patterns) == 1 and not re.search(r"\w", patterns[0].text)
