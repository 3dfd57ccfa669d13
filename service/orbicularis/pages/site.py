"""All pages of one bundle; each is made when it is asked for."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment

from orbicularis.engine.engine import Engine
from orbicularis.knowledge.base import CONSENSUS, KnowledgeFile, Strength
from orbicularis.knowledge.cause import Cause
from orbicularis.knowledge.expression import findings_in
from orbicularis.knowledge.file_kind import (
    CAUSE,
    FINDING,
    MEASUREMENT,
    ORDER,
    RED_FLAG,
    RULES,
    SERVICE,
    FileKind,
)
from orbicularis.knowledge.finding import Finding
from orbicularis.knowledge.red_flag import RedFlag
from orbicularis.pages.codes import CodeLine, code_lines
from orbicularis.pages.environment import environment
from orbicularis.pages.examples import Example, Examples
from orbicularis.pages.groups import Group, groups
from orbicularis.pages.recognised import Recognised, Threshold, Way
from orbicularis.pages.source_attributes import cited_references, source_attributes
from orbicularis.pages.uses import Rule, Use, uses

INDEX = "index"
SOURCE_ATTRIBUTES = "source-attributes"
_MOST_PLACES = 8


class Site:
    """The pages of the rules that an engine answers with.

    A page's path has no ending; its links end in ``.html`` and are relative, so that the
    same page works as a file, at the root of a server and below any path.
    """

    def __init__(
        self,
        engine: Engine,
        folders: Iterable[Path],
        kept: int = 2048,
        *,
        below_workbench: bool = False,
    ) -> None:
        """Keep what the pages are made of; nothing is made yet.

        Args:
            engine: what answers, for the cards that are shown.
            folders: where vignettes stand beside rules; the first that has a file counts.
            kept: of how many rules the vignettes' outcome is kept in memory.
            below_workbench: True where the folder above the pages shows the workbench.
        """
        self.engine = engine
        self.bundle = engine.bundle
        self.below_workbench = below_workbench
        self._examples = Examples(engine, folders, kept)
        self._recognised = Recognised(engine.bundle)

    def paths(self) -> Iterator[str]:
        """Yield the path of every page."""
        yield INDEX
        yield SOURCE_ATTRIBUTES
        for kind, rules in self.rules.items():
            yield from (f"{kind.path}{key}" for key in sorted(rules))

    def page(self, path: str, *, to_rules: str | None = None) -> str | None:
        """Make a page.

        Args:
            path: of the page, such as ``causes/stress``.
            to_rules: where the other pages stand, seen from this one; by default as its own
                path has it.

        Returns:
            The page as HTML; None when there is no such page.
        """
        root = "../" * path.count("/") if to_rules is None else to_rules
        if path == INDEX:
            return self._rendered("index.html", root, groups=self.groups)
        if path == SOURCE_ATTRIBUTES:
            attributes = source_attributes(self.bundle)
            keys = cited_references(self.bundle)
            return self._rendered(
                "source_attributes.html", root, attributes=attributes, references=keys
            )
        folder, _, key = path.rpartition("/")
        kind = self._kinds.get(f"{folder}/")
        rule = self.rules[kind].get(key) if kind else None
        return None if kind is None or rule is None else self._rule(kind, rule, root)

    def missing(self, root: str) -> str:
        """The page that says that there is no such page."""
        return self._rendered("missing.html", root)

    @cached_property
    def rules(self) -> Mapping[FileKind, Mapping[str, KnowledgeFile]]:
        """The rules that have a page, by kind and id."""
        bundle = self.bundle
        return {
            CAUSE: bundle.causes,
            RED_FLAG: bundle.red_flags,
            FINDING: bundle.findings,
            ORDER: bundle.orders,
            MEASUREMENT: bundle.measurements,
            SERVICE: bundle.services,
        }

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The index: rules by kind and category."""
        return groups(self.bundle)

    @cached_property
    def uses(self) -> Mapping[Rule, tuple[Use, ...]]:
        """Where each rule is used."""
        return uses(self.bundle)

    @cached_property
    def _kinds(self) -> Mapping[str, FileKind]:
        return {kind.path: kind for kind in RULES}

    @cached_property
    def _environment(self) -> Environment:
        return environment()

    def title(self, rule: Rule) -> str:
        """The title of a rule, for a link."""
        return self.rules[rule.kind][rule.id].title

    @property
    def strengths(self) -> Iterator[tuple[str, Mapping[Strength, float]]]:
        """What the strengths count for, by the title of each service."""
        for service in self.bundle.services.values():
            yield service.title, service.ranking.likelihood_ratios

    def ratio(self, strength: Strength) -> float | None:
        """What a strength multiplies the odds by; None where services differ."""
        ratios = {ratios[strength] for _, ratios in self.strengths}
        return ratios.pop() if len(ratios) == 1 else None

    def codes(self, keys: Iterable[str]) -> tuple[CodeLine, ...]:
        """Codes of terminology keys."""
        return code_lines(keys, self.bundle)

    def _rendered(self, template: str, root: str, **more: Any) -> str:
        page = self._environment.get_template(template)
        return page.render(site=self, bundle=self.bundle, root=root, **more)

    def _rule(self, kind: FileKind, rule: KnowledgeFile, root: str) -> str:
        this = Rule(kind, rule.id)
        used_by = self.uses.get(this, ())
        return self._rendered(
            f"{kind.name.replace('-', '_')}.html",
            root,
            rule=rule,
            this=this,
            ways=self._ways(rule),
            thresholds=tuple(self._thresholds(rule)),
            references=tuple(dict.fromkeys(_references(rule))),
            used_by=used_by,
            beside=self._examples.beside(this),
            example=self._example(this, used_by),
        )

    def _ways(self, rule: KnowledgeFile) -> tuple[Way, ...]:
        if not isinstance(rule, Finding):
            return ()
        return tuple(map(self._recognised.way, rule.recognised_by))

    def _thresholds(self, rule: KnowledgeFile) -> Iterator[tuple[Rule, Threshold]]:
        """Yield the limits of what a cause or a red flag rests on, however deep."""
        if isinstance(rule, Cause):
            named = [line.finding for line in rule.evidence] + [*rule.requires, *rule.excluded_by]
        elif isinstance(rule, RedFlag):
            named = list(findings_in(rule.when))
        else:
            return
        for key in sorted(self._made_of(named)):
            for way in self._ways(self.bundle.findings[key]):
                yield from ((Rule(FINDING, key), one) for one in way.thresholds)

    def _made_of(self, named: Iterable[str]) -> set[str]:
        """Findings with all that they are made of."""
        reached, new = set(named), list(named)
        while new:
            for part in self.bundle.asked.made_of[new.pop()]:
                if part not in reached:
                    reached.add(part)
                    new.append(part)
        return reached

    def _example(self, this: Rule, used_by: Iterable[Use]) -> Example | None:
        """What the rule looks like as a card, from its own vignettes or those of its users."""
        near = [use.by for use in used_by if use.by.kind in (CAUSE, RED_FLAG)]
        return self._examples.showing(this, dict.fromkeys((this, *near[:_MOST_PLACES])))


def _references(rule: KnowledgeFile) -> Iterator[str]:
    """The literature that a rule names, but for consensus, which is none."""
    keys = list(rule.references)
    if isinstance(rule, Cause):
        keys += [key for line in rule.evidence for key in line.references]
    yield from (key for key in keys if key != CONSENSUS)
