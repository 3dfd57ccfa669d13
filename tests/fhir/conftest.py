"""What the tests of reading share."""

from collections.abc import Callable
from typing import Any

import pytest

from orbicularis.facts.chart import Chart
from orbicularis.facts.fact import Fact
from orbicularis.fhir.answers import Answers
from orbicularis.fhir.reader import Reader
from orbicularis.fhir.relevance import Relevance
from orbicularis.fhir.text.hearing import Hearing
from orbicularis.fhir.text.prose import Prose
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.service import Service
from tests.fhir.chart import Resource, chart
from tests.fhir.small_bundle import small_bundle

Read = Callable[..., Chart]
ReadOne = Callable[..., Fact]


@pytest.fixture(scope="session")
def small() -> Bundle:
    return small_bundle()


@pytest.fixture(scope="session")
def service(small: Bundle) -> Service:
    return small.services["twitching-service"]


@pytest.fixture(scope="session")
def reader(small: Bundle) -> Reader:
    return Reader(small)


@pytest.fixture(scope="session")
def prose(small: Bundle) -> Prose:
    return Prose(small, Relevance(small))


@pytest.fixture
def hearing(prose: Prose) -> Hearing:
    return Hearing(prose)


@pytest.fixture(scope="session")
def answers(small: Bundle) -> Answers:
    return Answers(small)


@pytest.fixture(scope="session")
def read(reader: Reader, service: Service) -> Read:
    """Read resources of one searchset."""

    def read(*resources: Resource, **more: Any) -> Chart:
        return chart(reader, service, resources, **more)

    return read


@pytest.fixture(scope="session")
def read_one(read: Read) -> ReadOne:
    """Read one resource that gives one fact."""

    def read_one(resource: Resource, **more: Any) -> Fact:
        (fact,) = read(resource, **more).facts
        return fact

    return read_one
