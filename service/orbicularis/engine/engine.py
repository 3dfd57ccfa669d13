"""The engine: one call in, one answer out, on one bundle."""

from datetime import datetime

import msgspec

from orbicularis.cards.card import Card
from orbicularis.cards.compose import compose
from orbicularis.facts.assessment import Assessment
from orbicularis.facts.call import Call
from orbicularis.facts.chart import Chart, SourceAnswer
from orbicularis.fhir.reader import Reader
from orbicularis.fhir.service_request import template
from orbicularis.knowledge.bundle import Bundle
from orbicularis.reasoning.assess import Assessor


class DataMissing(Exception):
    """No source that may hold the presenting finding answered (2.0, Prefetch Template: 412).

    Attributes:
        answers: every such source, with how it failed.
    """

    def __init__(self, answers: tuple[SourceAnswer, ...]) -> None:
        """Keep the sources and name them."""
        self.answers = answers
        super().__init__(", ".join(f"{answer.key}: {answer.kind}" for answer in answers))


class Answer(msgspec.Struct, frozen=True):
    """What a call gives: the cards, and the assessment they were made from."""

    cards: tuple[Card, ...]
    assessment: Assessment


class Engine:
    """Answers calls with one bundle; holds no state of any patient."""

    def __init__(self, bundle: Bundle, base_url: str | None = None) -> None:
        """Compile what the bundle asks to be read, and the orders it may suggest.

        Args:
            bundle: the rules.
            base_url: public base URL of the service, for links to the rules' pages; without
                it cards have none.
        """
        self.bundle = bundle
        self._base_url = base_url
        self._reader = Reader(bundle)
        self._assessors = {
            key: Assessor(bundle, service) for key, service in bundle.services.items()
        }
        self._templates = {key: template(order, bundle) for key, order in bundle.orders.items()}

    def answer(
        self, service_id: str, call: Call, now: datetime, *, in_full: bool = False
    ) -> Answer:
        """Read, reason and compose.

        A chart that cannot make the service speak, and of which nothing has to be told, is
        read no further than shows this: its assessment has no facts.

        Args:
            service_id: id of a service of the bundle.
            call: the invocation with its data.
            now: the time of the call (aware).
            in_full: read every chart to its end, for those who ask why a service is silent.

        Raises:
            KeyError: the bundle has no such service.
            DataMissing: the data that the service cannot do without are not there.
        """
        service = self.bundle.services[service_id]
        chart = self._reader.read(call, service, now, in_full=in_full)
        assessment = self._assessors[service_id](chart)
        if not assessment.index:
            _require_an_index_source(assessment.chart)
        return Answer(
            compose(assessment, self.bundle.references, self._templates, self._base_url),
            assessment,
        )


def _require_an_index_source(chart: Chart) -> None:
    sources = tuple(answer for answer in chart.answers.values() if answer.index)
    if not any(answer.answered for answer in sources):
        raise DataMissing(sources)
