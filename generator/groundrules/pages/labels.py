"""What the page of a label shows of other records: defaults, providers, jobs, other labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import islice

from groundrules.grouping import grouped
from groundrules.pages.anchors import anchor_of
from groundrules.pages.label_comparison import AnswerKey, answer_key
from groundrules.pages.matrix import USABLE, answer_on
from groundrules.records import Catalogue
from groundrules.records.expectation import Expectation, ExpectationAnswer
from groundrules.records.platform import Label, Platform, Provider, ProviderStatus
from groundrules.text import yaml_word

# With more names on the page of every label, the site would grow with labels times providers.
MOST_PROVIDERS = 12
MOST_COMPARED = 3
# YAML reads such a name as text, never as a number, date or boolean
_PLAIN = re.compile(r"[A-Za-z].*[-/].*")


@dataclass(frozen=True, slots=True)
class LabelDifference:
    """An expectation with the answer for a label, and the first one of default labels.

    ``depends`` says that default labels have several answers.
    """

    expectation: Expectation
    here: ExpectationAnswer | None
    usual: ExpectationAnswer | None
    depends: bool


@dataclass(frozen=True)
class Labels:
    """Look-ups for the pages of labels, created once for all of them."""

    catalogue: Catalogue

    def is_usable(self, platform: Platform, label: Label) -> bool:
        """Return whether a job can get a node of a label today; never of an example."""
        stages = self.catalogue.stage(platform), self.catalogue.stage(platform, label)
        return not platform.example and all(stage in USABLE for stage in stages)

    @cached_property
    def defaults(self) -> dict[str, list[Label]]:
        """Platforms by id → the default labels that a job can use today."""
        return {
            platform.id: [
                label
                for label in platform.labels
                if label.default and self.is_usable(platform, label)
            ]
            for platform in self.catalogue.platforms
        }

    def differences(self, platform: Platform, label: Label) -> list[LabelDifference]:
        """Return the expectations whose answer is that of no default label."""
        differences = []
        for name, usual in self._usual.get(platform.id, {}).items():
            expectation = self.catalogue.expectations[name]
            here = answer_on(expectation, self.catalogue.today, platform, label)
            if answer_key(here) not in usual:
                several = len(usual) > 1
                differences.append(
                    LabelDifference(expectation, here, next(iter(usual.values())), several)
                )
        return differences

    @cached_property
    def _usual(self) -> dict[str, dict[str, dict[AnswerKey, ExpectationAnswer | None]]]:
        """Platforms by id → expectations by id → the different answers of default labels."""
        today = self.catalogue.today
        said = [each for each in self.catalogue.expectations.values() if each.is_said_on(today)]
        usual: dict[str, dict[str, dict[AnswerKey, ExpectationAnswer | None]]] = {}
        for platform in self.catalogue.platforms:
            for expectation in said if self.defaults[platform.id] else ():
                answers = usual.setdefault(platform.id, {}).setdefault(expectation.id, {})
                for label in self.defaults[platform.id]:
                    answer = answer_on(expectation, today, platform, label)
                    answers.setdefault(answer_key(answer), answer)
        return usual

    def providers(self, platform: Platform, label: Label) -> list[Provider]:
        """Return the providers that supply a label now, as far as that is known."""
        suppliers = platform.suppliers(label)
        return [each for each in suppliers if each.status is not ProviderStatus.DISABLED]

    @cached_property
    def predecessors(self) -> dict[str, list[str]]:
        """Labels by name → the labels that they replace."""
        labels = self.catalogue.labels.items()
        return grouped((new, name) for name, (_, label) in labels if (new := label.replaced_by))

    @cached_property
    def _jobs(self) -> dict[str, list[tuple[str, str]]]:
        """Labels, and patterns of labels → the documented jobs that ask for them."""
        return grouped(
            (label, (graph.id, job.name))
            for graph in self.catalogue.graphs
            for job in graph.current
            for label in dict.fromkeys(job.labels)
        )

    @cached_property
    def _patterns(self) -> list[str]:
        return [label for label in self._jobs if "*" in label]

    def jobs(self, label: Label, *, with_patterns: bool) -> list[tuple[str, list[str]]]:
        """Return the documented jobs that ask for a label by name or pattern, by graph."""
        found = list(self._jobs.get(label.name, ()))
        for pattern in self._patterns if with_patterns else ():
            found += self._jobs[pattern] if fnmatchcase(label.name, pattern) else ()
        return list(grouped(sorted(set(found))).items())

    def compared_with(self, platform: Platform, label: Label) -> list[str]:
        """Return a few labels that a reader may compare a label with."""
        return list(islice(dict.fromkeys(self._alike(platform, label)), MOST_COMPARED))

    def _alike(self, platform: Platform, label: Label) -> Iterator[str]:
        near = [label.replaced_by, *self.predecessors.get(label.name, ())[:MOST_COMPARED]]
        near += self._of_system.get((platform.id, label.operating_system or ""), [])
        near += [each.name for each in self.defaults[platform.id][:MOST_COMPARED]]
        for name in near:
            if name and name != label.name and self.is_usable(*self.catalogue.labels[name]):
                yield name

    @cached_property
    def _of_system(self) -> dict[tuple[str, str], list[str]]:
        """Platforms and operating systems → their first labels, default ones first."""
        names: dict[tuple[str, str], list[str]] = {}
        pairs = self.catalogue.labels.values()
        for platform, label in sorted(pairs, key=lambda pair: not pair[1].default):
            if label.operating_system is None:
                continue
            same = names.setdefault((platform.id, label.operating_system), [])
            if len(same) <= MOST_COMPARED and self.is_usable(platform, label):
                same.append(label.name)
        return names


def page_of(label: Label) -> str:
    """Return the document of a label, below the generated folder."""
    return f"labels/{anchor_of(label.name)}"


def nodeset(name: str) -> str:
    """Return the lines of a job in Zuul's configuration that ask for a node of a label.

    >>> print(nodeset("debian-12"))
    nodeset:
      nodes:
        - name: node
          label: debian-12
    >>> nodeset("10").splitlines()[-1]
    "      label: '10'"
    """
    word = name if _PLAIN.fullmatch(name) else yaml_word(name)
    return f"nodeset:\n  nodes:\n    - name: node\n      label: {word}"
