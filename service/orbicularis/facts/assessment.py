"""The assessment of one patient: findings, red flags, ranked causes and orders, with trace.

It is the one result from which cards, the explanation and the web page are made; nothing
is computed a second time. Every line keeps the facts it rests on.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from orbicularis.facts.chart import Chart
from orbicularis.facts.fact import Fact, State
from orbicularis.knowledge.cause import Cause, Evidence
from orbicularis.knowledge.finding import Finding
from orbicularis.knowledge.order import Order, Priority
from orbicularis.knowledge.red_flag import RedFlag
from orbicularis.knowledge.service import Baseline, Service


class Note(StrEnum):
    """What qualifies a fact or finding; worded by the service's ``notes``."""

    FROM_FREE_TEXT = "from_free_text"
    PRELIMINARY = "preliminary"
    UNDATED = "undated"
    UNCORRECTED = "uncorrected"
    ALBUMIN_CORRECTED = "albumin_corrected"
    CORRECTION_UNRELIABLE = "correction_unreliable"
    LABORATORY_RANGE = "laboratory_range"
    FLAG_ONLY = "flag_only"
    IMPLAUSIBLE = "implausible"
    UNREADABLE_UNIT = "unreadable_unit"
    GREY_ZONE = "grey_zone"
    FUTURE = "future"
    DRAFTED = "drafted"


class Value(msgspec.Struct, frozen=True):
    """A measured value as the rules compared it.

    Attributes:
        measurement: id of the measurement as which it was compared.
        name: title of the measurement that was made.
        number: in ``unit``.
        unit: canonical UCUM unit of the measurement.
        as_sent: value and unit as the chart has them.
        corrected: the corrected value in the unit as sent, when it was corrected.
        albumin: the albumin used to correct it, as sent.
    """

    measurement: str
    name: str
    number: float
    unit: str
    as_sent: str
    corrected: str | None = None
    albumin: str | None = None


class Support(msgspec.Struct, frozen=True):
    """One fact that a finding rests on, with its value and remarks."""

    fact: Fact
    state: State
    value: Value | None = None
    notes: tuple[Note, ...] = ()


class FindingResult(msgspec.Struct, frozen=True):
    """A finding's state, the facts it rests on and those that could not decide it.

    Attributes:
        finding: the rule.
        state: present, absent or unknown.
        supports: facts that decided the state; for a combination, those of its parts.
        undecided: facts that spoke of it but could not decide (grey zone, unit unknown).
    """

    finding: Finding
    state: State
    supports: tuple[Support, ...] = ()
    undecided: tuple[Support, ...] = ()


class Why(StrEnum):
    """Why a line of evidence counted, or did not."""

    COUNTED = "counted"
    NOT_SEEN = "not-seen"
    UNKNOWN = "unknown"
    IN_GROUP = "weaker-than-another-of-its-group"
    CAPPED = "beyond-the-consensus-cap"


class EvidenceResult(msgspec.Struct, frozen=True):
    """One line of evidence for one cause; ``counted`` is in log10 odds, signed."""

    evidence: Evidence
    finding: FindingResult
    why: Why
    counted: float

    @property
    def speaks(self) -> bool:
        """True when the finding is in the state that the line speaks of, whatever it counts."""
        return self.why not in (Why.NOT_SEEN, Why.UNKNOWN)


class Band(StrEnum):
    """How well a cause is supported."""

    WELL_SUPPORTED = "well-supported"
    POSSIBLE = "possible"
    LESS_LIKELY = "less-likely"


class Hidden(StrEnum):
    """Why a cause is not listed."""

    EXCLUDED = "excluded"
    REQUIREMENT_ABSENT = "requirement-absent"
    NO_SUPPORT = "nothing-supports-it"
    BELOW_CUT_OFF = "below-the-cut-off"
    BEYOND_CAP = "beyond-the-number-shown"


class CauseResult(msgspec.Struct, frozen=True, kw_only=True):
    """One cause as assessed.

    Attributes:
        cause: the rule.
        score: log10 of the post-test odds.
        prior: log10 of the pre-test odds.
        band: how well it is supported; None when it is below every cut-off.
        evidence: every line, counted or not.
        hidden: why it is not listed; None when it is.
        because: findings that exclude it or that it requires and lacks.
        flagged: True when a critical red flag points to it.
        known: True when it has been on record as a diagnosis for long enough.
    """

    cause: Cause
    score: float
    prior: float
    band: Band | None
    evidence: tuple[EvidenceResult, ...]
    hidden: Hidden | None = None
    because: tuple[FindingResult, ...] = ()
    flagged: bool = False
    known: bool = False

    @property
    def asks_for_workup(self) -> bool:
        """True when it is likely enough to be worked up, and has not been long ago."""
        return self.band is not Band.LESS_LIKELY and not (self.known and not self.flagged)


class RedFlagResult(msgspec.Struct, frozen=True, kw_only=True):
    """One red flag as assessed.

    Attributes:
        red_flag: the rule.
        fired: True when its combination is present.
        state: the combination's state.
        found: findings of the combination that are present.
        missing: ids of findings that are still missing for it to fire.
        unknown: findings of the combination that are unknown.
    """

    red_flag: RedFlag
    fired: bool
    state: State
    found: tuple[FindingResult, ...] = ()
    missing: tuple[FindingResult, ...] = ()
    unknown: tuple[FindingResult, ...] = ()


class OrderState(StrEnum):
    """What became of an order."""

    PROPOSED = "proposed"
    DONE = "done"
    PENDING = "pending"
    ORDERED = "ordered"
    DRAFTED = "drafted"
    ANSWERED = "nothing-unknown"
    LATER = "after-the-first-tier"
    COVERED = "covered-by-another"
    BEYOND_CAP = "beyond-the-number-shown"


class OrderResult(msgspec.Struct, frozen=True, kw_only=True):
    """An order that some listed cause or fired red flag asks for.

    Attributes:
        order: the rule.
        state: proposed, or why it is left out.
        first_tier: True when it belongs to a first tier, or to a red flag.
        priority: the order's own, or the more urgent one of a red flag.
        asked_by: titles of the causes and red flags that ask for it, most important first.
        because: the fact that made it unnecessary.
        settles: unknown findings that its result would answer.
    """

    order: Order
    state: OrderState
    first_tier: bool
    priority: Priority
    asked_by: tuple[str, ...]
    because: Fact | None = None
    settles: tuple[FindingResult, ...] = ()


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """The whole result for one patient.

    Attributes:
        revision: content hash of the bundle.
        service: the service that was asked.
        chart: what was read.
        findings: every finding that was evaluated, by id.
        touched: those of them that a fact may have changed, and a few more.
        index: index findings that are present.
        red_flags: all of them, fired first, most urgent first.
        causes: all of them; the listed ones first, in their order.
        orders: those asked for; the proposed ones first.
        baseline: what the presenting finding itself calls for.
        warns: True when the service's rule for a warning is met.
    """

    revision: str
    service: Service
    chart: Chart
    findings: Mapping[str, FindingResult]
    touched: Mapping[str, FindingResult]
    index: tuple[FindingResult, ...]
    red_flags: tuple[RedFlagResult, ...]
    causes: tuple[CauseResult, ...]
    orders: tuple[OrderResult, ...]
    baseline: tuple[Baseline, ...] = ()
    warns: bool = False

    @property
    def fired(self) -> tuple[RedFlagResult, ...]:
        """Red flags that fired."""
        return tuple(flag for flag in self.red_flags if flag.fired)

    @property
    def listed(self) -> tuple[CauseResult, ...]:
        """Causes that a card shows, in order."""
        return tuple(cause for cause in self.causes if cause.hidden is None)

    @property
    def proposed(self) -> tuple[OrderResult, ...]:
        """Orders that a card suggests, in order."""
        return tuple(order for order in self.orders if order.state is OrderState.PROPOSED)
