"""Services: what a CDS Hooks service listens to, when it speaks, and how it words a card."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from orbicularis.knowledge.base import Id, Knowledge, KnowledgeFile, Strength, Text
from orbicularis.knowledge.cause import Prior
from orbicularis.knowledge.expression import Expression
from orbicularis.knowledge.wording import Wording


class Prefetch(Knowledge):
    """One prefetch template.

    Attributes:
        title: what a reader calls the source ("laboratory results").
        query: FHIR query; tokens are ``{{context.patientId}}`` alone.
        codes_of: measurements whose codes of ``code_system`` are appended as ``code=...``.
        code_system: short name of the system whose bare codes are appended.
        index: True when an index finding may stand in the answer.
    """

    title: Text
    query: Text
    codes_of: tuple[Id, ...] = ()
    code_system: Text = "LOINC"
    index: bool = False


class Bands(Knowledge):
    """Lowest post-test odds of each band; below the last a cause is not listed."""

    well_supported: Annotated[float, Field(gt=0)]
    possible: Annotated[float, Field(gt=0)]
    less_likely: Annotated[float, Field(gt=0)]


class Ranking(Knowledge):
    """Numbers of the ranking, as odds and likelihood ratios.

    Attributes:
        priors: pre-test odds of each prior band.
        likelihood_ratios: what each strength multiplies the odds by.
        consensus_cap: the most that consensus evidence together may multiply by.
        bands: cut-offs as odds.
    """

    priors: dict[Prior, Annotated[float, Field(gt=0)]]
    likelihood_ratios: dict[Strength, Annotated[float, Field(gt=1)]]
    consensus_cap: Annotated[float, Field(gt=1)]
    bands: Bands


class Caps(Knowledge):
    """How much a card shows at most."""

    causes: Annotated[int, Field(ge=1)]
    orders: Annotated[int, Field(ge=1)]
    reasons: Annotated[int, Field(ge=1)]


class Baseline(Knowledge):
    """Orders that the presenting finding itself calls for, whatever the causes.

    Attributes:
        when: when they are called for.
        orders: ids of the orders.
        reason: why, for the suggestion.
        tells: what the card says beside them, such as the cause they are to exclude.
        tells_until: ids of the orders with whose results nothing is left to tell.
    """

    when: Expression
    orders: Annotated[tuple[Id, ...], Field(min_length=1)]
    reason: Text
    tells: Text | None = None
    tells_until: tuple[Id, ...] = ()


class Coding(Knowledge):
    """A coding with its display, as CDS Hooks wants it."""

    system: Text
    code: Text
    display: Text


class Service(KnowledgeFile):
    """One CDS Hooks service.

    Attributes:
        description: what discovery says of it.
        usage_requirements: preconditions, for discovery.
        hooks: hooks on which it is listed.
        index: findings that make it speak at all.
        speaks_for: how old a record of an index finding may be.
        ranking: priors, likelihood ratios, bands.
        caps: how many causes, orders and reasons a card shows.
        baseline: orders for when little is known.
        warns_when: what raises the differential card from info to warning.
        known_after: how long a diagnosis is on record before it is no longer news.
        prefetch: templates by key.
        wording: every piece of card text, by name; see ``cards``.
        override_reasons: reasons that a clinician may give, with display.
        topic_system: URI of the code system of card topics.
        source_label: name of the source of the guidance, as a card shows it.
    """

    description: Text
    usage_requirements: Text
    hooks: Annotated[tuple[Text, ...], Field(min_length=1)]
    index: Annotated[tuple[Id, ...], Field(min_length=1)]
    speaks_for: timedelta
    ranking: Ranking
    caps: Caps
    baseline: tuple[Baseline, ...] = ()
    warns_when: Expression | None = None
    known_after: timedelta = timedelta(days=30)
    prefetch: Annotated[dict[Id, Prefetch], Field(min_length=1)]
    wording: Wording
    override_reasons: Annotated[tuple[Coding, ...], Field(min_length=1)]
    source_label: Text
    topic_system: Text
