"""Mutation: each mutant is shown to the vignettes, until one of them notices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from orbicularis.authoring.affected import nearest_first, touches
from orbicularis.authoring.difference import differences
from orbicularis.authoring.effects import Told, told_in
from orbicularis.authoring.mutant import Mutant
from orbicularis.authoring.suite import Case
from orbicularis.authoring.trial_patients import TrialPatient, trial_patients
from orbicularis.cards.compose import compose
from orbicularis.engine.engine import Answer, Engine
from orbicularis.fhir.service_request import template
from orbicularis.knowledge.bundle import Bundle
from orbicularis.reasoning.assess import Assessor


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A vignette that comes out otherwise, and passes because it expects nothing of that."""

    case: Case
    before: Told
    after: Told


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mutant.

    Attributes:
        mutant: the change.
        noticed_by: the first vignette that fails with it; None when it survives.
        touched: of a survivor, how many vignettes it could have touched.
        unsaid: of a survivor, the first vignette that comes out otherwise unnoticed.
    """

    mutant: Mutant
    noticed_by: Case | None
    touched: int = 0
    unsaid: Unsaid | None = None

    @property
    def survived(self) -> bool:
        """True when no vignette notices."""
        return self.noticed_by is None


class Trial:
    """Shows mutants of one bundle to its vignettes; the charts are read once."""

    def __init__(self, bundle: Bundle, cases: Iterable[Case]) -> None:
        """Run every vignette with the rules as they are.

        Raises:
            AlreadyFailing: when any of them fails.
        """
        self._bundle = bundle
        self._patients = trial_patients(cases, Engine(bundle))
        self._templates = {key: template(order, bundle) for key, order in bundle.orders.items()}

    def __call__(self, mutant: Mutant) -> Verdict:
        """Tell which vignette notices the change."""
        touched_by = touches(mutant, self._bundle)
        changed = _Changed(mutant.within(self._bundle), self._templates)
        touched, unsaid = 0, None
        for patient in filter(touched_by, nearest_first(self._patients, mutant)):
            touched += 1
            answer = changed.answer(patient)
            expected = patient.case.vignette.expect
            if any(True for _ in differences(expected, answer, changed.bundle)):
                return Verdict(mutant, patient.case)
            unsaid = unsaid or _unsaid(patient, answer)
        return Verdict(mutant, None, touched, unsaid)


class _Changed:
    """Answers with a changed bundle; what is read, and orders as FHIR, are as before."""

    def __init__(self, bundle: Bundle, templates: Mapping[str, dict[str, object]]) -> None:
        self.bundle = bundle
        self._templates = templates
        self._assessors: dict[str, Assessor] = {}

    def answer(self, patient: TrialPatient) -> Answer:
        service = patient.case.service
        assessor = self._assessors.get(service)
        if assessor is None:
            assessor = Assessor(self.bundle, self.bundle.services[service])
            self._assessors[service] = assessor
        assessment = assessor(patient.chart)
        cards = compose(assessment, self.bundle.references, self._templates)
        return Answer(cards, assessment)


def _unsaid(patient: TrialPatient, answer: Answer) -> Unsaid | None:
    before, after = told_in(patient.answer), told_in(answer)
    return None if before == after else Unsaid(patient.case, before, after)
