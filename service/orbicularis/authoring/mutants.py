"""All mutants of the rules: one thing changed at a time, in the data, never in the files."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import msgspec
from pydantic import ValidationError

from orbicularis.authoring.combination_changes import of_combination
from orbicularis.authoring.edit import edited
from orbicularis.authoring.evidence_changes import of_cause
from orbicularis.authoring.mutant import Mutant
from orbicularis.authoring.proposal import Proposal
from orbicularis.authoring.threshold_changes import of_age, of_measurement
from orbicularis.knowledge.base import KnowledgeFile, Status
from orbicularis.knowledge.cause import Cause
from orbicularis.knowledge.finding import Finding
from orbicularis.knowledge.measurement import Measurement
from orbicularis.knowledge.red_flag import RedFlag
from orbicularis.knowledge.rules import RuleFile, Rules
from orbicularis.knowledge.service import Service
from orbicularis.knowledge.source import Source


def mutants(rules: Rules) -> Iterator[Mutant]:
    """Yield every mutant of every active rule, file by file."""
    for file in rules.files:
        if file.status is Status.ACTIVE:
            yield from mutants_of(file, rules)


def mutants_of(file: RuleFile, rules: Rules) -> Iterator[Mutant]:
    """Yield the mutants of one file; what the file's type refuses is none."""
    seen: Counter[str] = Counter()
    for proposal in _proposals(file, rules):
        rule = _changed(file, proposal)
        if rule is None or rule == file.model:
            continue
        seen[proposal.name] += 1
        number = seen[proposal.name]
        line, column = file.source.place(proposal.steps)
        yield Mutant(
            kind=proposal.kind,
            name=proposal.name if number == 1 else f"{proposal.name} ({number})",
            of=name_of(file),
            file=file.source.file,
            line=line,
            column=column,
            rule=rule,
            hint=proposal.hint,
            at=proposal.at,
        )


def name_of(file: RuleFile) -> str:
    """The rule of a file by kind of folder and id, such as ``causes/tics``."""
    return file.source.file.removesuffix(".yaml")


def _changed(file: RuleFile, proposal: Proposal) -> KnowledgeFile | None:
    data = file.source.data
    for steps, value in proposal.edits:
        data = edited(data, steps, value)
    try:
        rule = file.kind.model.model_validate_json(msgspec.json.encode(data), strict=True)
    except ValidationError:
        return None
    return rule if isinstance(rule, KnowledgeFile) else None


def _proposals(file: RuleFile, rules: Rules) -> Iterator[Proposal]:
    match file.model:
        case Cause() as rule:
            yield from of_cause(rule)
        case RedFlag() as rule:
            for proposal in of_combination(rule.when, ("when",)):
                yield replace(proposal, hint=f"{proposal.hint}, and whether {rule.id} fires")
        case Finding() as rule:
            for proposal in _of_finding(rule, file.source, rules):
                yield replace(proposal, hint=f"{proposal.hint}, and the state of {rule.id}")
        case Service() as rule:
            yield from _of_service(rule)


def _of_finding(finding: Finding, source: Source, rules: Rules) -> Iterator[Proposal]:
    for at, by in enumerate(finding.recognised_by):
        steps = ("recognised_by", at)
        if by.combination is not None:
            yield from of_combination(by.combination, (*steps, "combination"))
        elif by.measurement is not None:
            measurements = rules.by_id(Measurement)
            place = (*steps, "measurement")
            yield from of_measurement(by.measurement, place, source, measurements)
        elif by.demographic is not None:
            yield from of_age(by.demographic, (*steps, "demographic"), source)


def _of_service(service: Service) -> Iterator[Proposal]:
    for at, baseline in enumerate(service.baseline):
        for proposal in of_combination(baseline.when, ("baseline", at, "when")):
            orders = ", ".join(baseline.orders)
            yield replace(proposal, hint=f"{proposal.hint}, and that {orders} are proposed or not")
    if service.warns_when is not None:
        for proposal in of_combination(service.warns_when, ("warns_when",)):
            yield replace(proposal, hint=f"{proposal.hint}, and the indicator")
