"""A small bundle that has one of everything by which the reader recognises something.

Its codes are made up: what is under test is the reading, not the terminology.
"""

from dataclasses import replace
from datetime import timedelta

from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.concept import Concept, System
from orbicularis.knowledge.language import Language
from tests.support.bundles import bundle, by, finding, measurement, order, service

CODES = "http://example.org/codes"
TREE = "http://example.org/tree"
LOINC = "http://loinc.org"

_LANGUAGE = {
    "words": {
        "movement": ["twitch*", "spasm*", "tic", "tics"],
        "face": ["face", "facial", "upper lip", "lip", "lips", "mouth", "eyelid*"],
        "elsewhere": ["calf", "leg", "legs", "lower back"],
        "drinks": ["drinks", "cups of"],
    },
    "sites": {
        "face": {"title": "Face", "words": ["face", "facial", "lip", "lips", "eyelid*"]},
        "leg": {"title": "Leg", "words": ["leg", "legs", "calf"]},
    },
    "triggers": {
        "before": ["no", "denies", "without", "no evidence of", "not"],
        "after": ["absent", "ruled out", "not present", "denied"],
        "not_negating": ["no change in", "not only", "no increase in", "days history of"],
        "ends": ["but", "however", "apart from"],
        "window": 5,
        "other_person": ["mother", "brother", "family history"],
        "history": ["history of", "in childhood", "years ago", "resolved", "previous"],
        "hypothetical": ["if", "return for", "risk of", "possible"],
    },
    "answers": {
        "present_codes": ["CODES|present", "http://example.org/codes|positive"],
        "absent_codes": ["CODES|absent"],
        "present_words": ["yes", "present", "+", "mild", "severe"],
        "absent_words": ["no", "absent", "negative", "none", "-", "normal"],
        "unknown_words": ["unknown", "n/a", "not assessed"],
    },
}


def _system(title: str, uri: str, *aliases: str, match: str = "exact") -> System:
    return System.model_validate(
        {
            "title": title,
            "uri": uri,
            "aliases": aliases,
            "match": match,
            "pattern": ".+",
            "licence": "none",
        }
    )


def _concept(term: str, *codes: tuple[str, str] | tuple[str, str, bool]) -> Concept:
    return Concept.model_validate(
        {
            "preferred_term": term,
            "codes": [
                {
                    "system": system,
                    "code": code,
                    "display": term,
                    "verified_in": "made up",
                    "recognition_only": bool(more),
                }
                for system, code, *more in codes
            ],
        }
    )


_CONCEPTS = {
    "twitching": _concept("Facial twitching", ("CODES", "twitching"), ("TREE", "T10")),
    "muscle-twitching": _concept("Muscle twitching", ("CODES", "muscle-twitching")),
    "weakness": _concept("Facial weakness", ("CODES", "weakness"), ("TREE", "G51.0")),
    "palsy": _concept("Palsy", ("CODES", "palsy"), ("TREE", "G51.0")),
    "other-tree": _concept("No rule asks for it", ("TREE", "T10.9"), ("CODES", "unasked")),
    "neck-surgery": _concept("Neck surgery", ("CODES", "neck-surgery")),
    "omeprazole": _concept("Omeprazole", ("CODES", "omeprazole")),
    "metoclopramide": _concept("Metoclopramide", ("CODES", "metoclopramide")),
    "ppi": _concept("Proton pump inhibitor", ("TREE", "A02")),
    "calcium": _concept("Calcium", ("LOINC", "calcium", True), ("LOINC", "calcium-2")),
    "albumin": _concept("Albumin", ("LOINC", "albumin")),
    "panel": _concept("Panel", ("LOINC", "panel")),
    "scan": _concept("Scan", ("CODES", "scan", True)),
}


def small_bundle() -> Bundle:
    """Make the bundle."""
    made = bundle(
        finding(
            "twitching",
            by(observation={"codes": ["twitching"]}),
            by(condition={"codes": ["twitching"]}),
            by(observation={"codes": ["muscle-twitching"], "site": "face"}),
            by(text={"together": ["movement", "face"], "without": ["elsewhere"]}),
        ),
        finding(
            "weakness",
            by(observation={"codes": ["weakness"]}),
            by(condition={"codes": ["weakness", "palsy"]}),
            by(text={"phrases": ["facial weak*", "weak* ... {face}", "crooked smile"]}),
        ),
        finding("tea", by(text={"phrases": ["{drinks} ... tea"]})),
        finding("neck-surgery", by(procedure={"codes": ["neck-surgery"]})),
        finding("ppi", by(medication={"codes": ["omeprazole", "ppi"]})),
        finding("antiemetic-drafted", by(draft={"codes": ["metoclopramide"]})),
        finding("family-palsy", by(family={"codes": ["palsy"]})),
        measurement("calcium", "mmol/L"),
        measurement("albumin", "g/L"),
        order("calcium", satisfied_by=["calcium", "panel"], text="Calcium, total"),
        order("scan", text="Scan of the head"),
        order("study", code=None, text="Nerve study"),
        service(
            prefetch={
                "patient": {"title": "patient", "query": "Patient/a"},
                "symptoms": {"title": "symptoms", "query": "Observation?a=b", "index": True},
                "laboratory": {"title": "results", "query": "Observation?c=d"},
            },
            speaks_for=timedelta(days=365),
        ),
    )
    return replace(
        made,
        systems={
            "CODES": _system("Codes", CODES, "urn:oid:1.2.3"),
            "TREE": _system("Tree", TREE, match="prefix"),
            "LOINC": _system("LOINC", LOINC),
        },
        concepts=_CONCEPTS,
        language=Language.model_validate(_LANGUAGE),
    )
