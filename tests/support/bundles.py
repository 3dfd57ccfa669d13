"""Makes small bundles, and the rules in them, from as few words as a test needs."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from pydantic import TypeAdapter

from orbicularis.knowledge.base import CONSENSUS, KnowledgeFile
from orbicularis.knowledge.bundle import Bundle, Manifest
from orbicularis.knowledge.cause import Cause, Evidence
from orbicularis.knowledge.concept import Concept, System
from orbicularis.knowledge.expression import Expression
from orbicularis.knowledge.finding import Finding, Recogniser
from orbicularis.knowledge.language import Language
from orbicularis.knowledge.measurement import Measurement
from orbicularis.knowledge.order import Order
from orbicularis.knowledge.red_flag import RedFlag
from orbicularis.knowledge.reference import Reference
from orbicularis.knowledge.service import Service
from tests.support.words import WORDING

Rule = TypeVar("Rule", bound=KnowledgeFile)

STUDY = "study"
"""A reference with a measured value; without one, evidence is consensus."""

_DAY = date(2026, 1, 1)


def head(rule_id: str) -> dict[str, Any]:
    """What every knowledge file carries."""
    return {
        "id": rule_id,
        "title": rule_id.capitalize().replace("-", " "),
        "status": "active",
        "version": 1,
        "reviewed": _DAY,
        "references": (CONSENSUS,),
    }


def expression(data: object) -> Expression:
    """Read a combination as YAML would write it."""
    read: Expression = TypeAdapter(Expression).validate_python(data)
    return read


def by(**how: object) -> Recogniser:
    """Make a recogniser: ``by(condition={"codes": ["tetany"]})``."""
    return Recogniser.model_validate(how)


def seen_as(*codes: str) -> Recogniser:
    """Recognise an Observation with one of the codes."""
    return by(observation={"codes": codes})


def finding(rule_id: str, *recognisers: Recogniser, **more: object) -> Finding:
    """Make a finding; without recognisers an Observation coded like its id shows it."""
    return Finding.model_validate(
        {
            **head(rule_id),
            "kind": "symptom",
            "phrase": rule_id.replace("-", " "),
            "recognised_by": recognisers or (seen_as(rule_id),),
            **more,
        }
    )


def pro(name: str, strength: str = "moderate", **more: object) -> Evidence:
    """Make evidence for a cause."""
    return _evidence(name, {"for": strength, **more})


def con(name: str, strength: str = "moderate", **more: object) -> Evidence:
    """Make evidence against a cause."""
    return _evidence(name, {"against": strength, **more})


def _evidence(name: str, more: Mapping[str, object]) -> Evidence:
    return Evidence.model_validate(
        {"finding": name, "reason": f"{name} counts", "references": (STUDY,), **more}
    )


def cause(rule_id: str, *evidence: Evidence, **more: object) -> Cause:
    """Make an uncommon metabolic cause."""
    return Cause.model_validate(
        {
            **head(rule_id),
            "category": "metabolic",
            "urgency": "info",
            "prior": "uncommon",
            "evidence": evidence,
            "advice": f"Think of {rule_id}.",
            "settled_by": f"a test for {rule_id}",
            **more,
        }
    )


def order(rule_id: str, **more: object) -> Order:
    """Make a laboratory order, coded like its id, whose result is good for a day."""
    return Order.model_validate(
        {
            **head(rule_id),
            "kind": "laboratory",
            "code": rule_id,
            "text": rule_id.capitalize(),
            "purpose": f"Shows {rule_id}.",
            "lasts": timedelta(days=1),
            **more,
        }
    )


def red_flag(rule_id: str, when: object, **more: object) -> RedFlag:
    """Make a critical red flag."""
    return RedFlag.model_validate(
        {
            **head(rule_id),
            "indicator": "critical",
            "when": when,
            "summary": f"Act on {rule_id}",
            "action": f"do what {rule_id} asks for",
            **more,
        }
    )


def measurement(rule_id: str, unit: str, **more: object) -> Measurement:
    """Make a measurement, coded like its id, in which any positive number is plausible."""
    return Measurement.model_validate(
        {
            **head(rule_id),
            "codes": (rule_id,),
            "unit": unit,
            "plausible": {"above": 0},
            **more,
        }
    )


RANKING = {
    "priors": {"common": 1, "uncommon": 0.1, "rare": 0.01},
    "likelihood_ratios": {"strong": 10, "moderate": 5, "weak": 2},
    "consensus_cap": 20,
    "bands": {"well_supported": 1, "possible": 0.2, "less_likely": 0.02},
}


def service(*index: str, **more: object) -> Service:
    """Make a service that speaks on ``twitching`` unless told otherwise."""
    return Service.model_validate(
        {
            **head("twitching-service"),
            "description": "A ranked differential.",
            "usage_requirements": "Nothing.",
            "hooks": ("patient-view",),
            "index": index or ("twitching",),
            "speaks_for": timedelta(days=30),
            "ranking": RANKING,
            "caps": {"causes": 5, "orders": 6, "reasons": 4},
            "prefetch": {
                "symptoms": {"title": "symptoms", "query": "Observation?a=b", "index": True},
                "laboratory": {"title": "laboratory results", "query": "Observation?c=d"},
            },
            "wording": WORDING,
            "override_reasons": (
                {"system": "urn:reasons", "code": "no", "display": "Does not apply"},
            ),
            "topic_system": "urn:topics",
            "source_label": "Orbicularis",
            **more,
        }
    )


_MANIFEST = Manifest(
    name="small",
    title="Small",
    version="1",
    licence="Apache-2.0",
    developer="tests",
    funding="none",
    released=_DAY,
    revised=_DAY,
)
_SYSTEM = System(title="Codes", uri="urn:codes", match="exact", pattern=".+", licence="none")
_LANGUAGE = Language.model_validate(
    {
        "words": {},
        "sites": {},
        "triggers": dict.fromkeys(
            ("before", "after", "ends", "other_person", "history", "hypothetical"), ()
        )
        | {"window": 5},
        "answers": dict.fromkeys(
            ("present_codes", "absent_codes", "present_words", "absent_words", "unknown_words"), ()
        ),
    }
)
REFERENCES = {
    STUDY: Reference(
        title="A study", citation="A, et al.", url="https://example.org/study", seen="read"
    )
}


CODES = "urn:codes"
"""A code system in which each concept has one code, written like its key."""


def _concept(key: str) -> Concept:
    code = {"system": "codes", "code": key, "display": key, "verified_in": "here"}
    return Concept.model_validate({"preferred_term": key, "codes": (code,)})


def bundle(*rules: KnowledgeFile, codes: Sequence[str] = ()) -> Bundle:
    """Put rules together; the finding ``twitching`` and a service are there at any rate."""
    given = (finding("twitching"), service(), *rules)
    return Bundle(
        manifest=_MANIFEST,
        revision="revision",
        systems={"codes": _SYSTEM},
        concepts={key: _concept(key) for key in codes},
        language=_LANGUAGE,
        references=REFERENCES,
        measurements=_of(Measurement, given),
        findings=_of(Finding, given),
        causes=_of(Cause, given),
        red_flags=_of(RedFlag, given),
        orders=_of(Order, given),
        services=_of(Service, given),
    )


def _of(kind: type[Rule], rules: Sequence[KnowledgeFile]) -> dict[str, Rule]:
    return {rule.id: rule for rule in rules if isinstance(rule, kind)}
