"""Ways to change a request that leave it JSON, each what a client might do, or an attacker."""

from collections.abc import Callable
from random import Random
from typing import Any

from tests.fuzz.spots import Json, Spot, copied, spots
from tests.fuzz.vocabulary import NUMBERS, REFERENCES, TROUBLE, Vocabulary

Operation = Callable[[Json, Random, Vocabulary], None]

_OTHER_TYPES: tuple[Json, ...] = (None, True, False, 0, 1.5, "", "x", [], {}, [[]], [None], [{}])
_HOOKS = ("patient-view", "encounter-start", "order-select", "order-sign")
_MANY = (2, 2, 3, 5, 20)


def reword(tree: Json, random: Random, words: Vocabulary) -> None:
    """Put another value of the same name in its place."""
    spot = _any(tree, random, lambda spot: not isinstance(spot.value, dict | list))
    if spot is not None:
        name = spot.key if isinstance(spot.key, str) else ""
        spot.value = copied(words.value(name, random))


def recode(tree: Json, random: Random, words: Vocabulary) -> None:
    """Give a coding the code of a rule, or a concept some codings."""
    spot = _any(tree, random, lambda spot: isinstance(spot.value, dict) and _is_coded(spot.value))
    if spot is None:
        return
    if "coding" in spot.value:
        spot.value = copied(words.concept(random))
    else:
        part = random.choice(("system", "code", "display"))
        spot.value[part] = random.choice(words.codings)[part]


def retype(tree: Json, random: Random, words: Vocabulary) -> None:
    """Put a value of another type somewhere."""
    spot = _any(tree, random)
    if spot is not None:
        spot.value = copied(random.choice((*_OTHER_TYPES, random.choice(NUMBERS))))


def trouble(tree: Json, random: Random, words: Vocabulary) -> None:
    """Put a text that means trouble in the place of another, or for a name."""
    spot = _any(tree, random, lambda spot: isinstance(spot.value, str))
    if spot is None:
        return
    if isinstance(spot.key, str) and random.random() < 0.1:
        spot.holder[random.choice(TROUBLE)] = spot.value
    else:
        spot.value = random.choice(TROUBLE)


def drop(tree: Json, random: Random, words: Vocabulary) -> None:
    """Leave something out."""
    spot = _any(tree, random)
    if spot is not None:
        spot.remove()


def add(tree: Json, random: Random, words: Vocabulary) -> None:
    """Add an element that a resource of this type has somewhere in the seeds."""
    spot = _any(tree, random, lambda spot: isinstance(spot.value, dict))
    if spot is None:
        return
    kind = spot.value.get("resourceType")
    names = words.names.get(kind if isinstance(kind, str) else "") or list(words.values)
    name = random.choice(names if random.random() < 0.8 else list(words.values))
    spot.value[name] = copied(words.value(name, random))


def wrap(tree: Json, random: Random, words: Vocabulary) -> None:
    """Put a value into a list, or take one out of its list."""
    spot = _any(tree, random)
    if spot is not None:
        value = spot.value
        spot.value = value[0] if isinstance(value, list) and value else [value]


def repeat(tree: Json, random: Random, words: Vocabulary) -> None:
    """Repeat an item of a list."""
    spot = _any(tree, random, lambda spot: isinstance(spot.holder, list))
    if spot is not None:
        spot.holder.extend(copied(spot.value) for _ in range(random.choice(_MANY)))


def shuffle(tree: Json, random: Random, words: Vocabulary) -> None:
    """Put the items of a list into another order."""
    spot = _any(tree, random, lambda spot: isinstance(spot.value, list))
    if spot is not None:
        random.shuffle(spot.value)


def move(tree: Json, random: Random, words: Vocabulary) -> None:
    """Copy a part of the request to another place."""
    source, place = _any(tree, random), _any(tree, random)
    if source is not None and place is not None:
        place.value = copied(source.value)


def record(tree: Json, random: Random, words: Vocabulary) -> None:
    """Add a record of another chart to a Bundle, or within a record."""
    made = copied(random.choice(words.resources))
    if random.random() < 0.5:
        made["id"] = f"r{random.randrange(1000)}"
    spot = _any(tree, random, lambda spot: spot.key == "entry" and isinstance(spot.value, list))
    if spot is not None and random.random() < 0.8:
        spot.value.append({"resource": made})
        return
    spot = _any(tree, random, _is_record)
    if spot is not None:
        spot.value["contained"] = [made]
        reference = random.choice(("#", f"#{made.get('id')}", random.choice(REFERENCES)))
        spot.value["medicationReference"] = {"reference": reference}


def nest(tree: Json, random: Random, words: Vocabulary) -> None:
    """Put a record into a Bundle where it stands."""
    spot = _any(tree, random, _is_record)
    if spot is not None:
        spot.value = {"resourceType": "Bundle", "entry": [{"resource": spot.value}]}


def refer(tree: Json, random: Random, words: Vocabulary) -> None:
    """Let a record refer to another one of the request, or to itself."""
    holder, other = _any(tree, random, _is_record), _any(tree, random, _is_record)
    if holder is None or other is None:
        return
    name = random.choice(("hasMember", "result", "subject", "medicationReference", "encounter"))
    to = {"reference": f"{other.value['resourceType']}/{other.value.get('id')}"}
    holder.value[name] = [to, to] if name in ("hasMember", "result") else to


def rehook(tree: Json, random: Random, words: Vocabulary) -> None:
    """Call with another hook, with drafts made of the chart's records."""
    if not isinstance(tree, dict) or not isinstance(tree.get("context"), dict):
        return
    tree["hook"] = random.choice(_HOOKS)
    some = [copied(random.choice(words.resources)) for _ in range(random.choice(_MANY))]
    bundle = {"resourceType": "Bundle", "entry": [{"resource": one} for one in some]}
    tree["context"] |= {
        "draftOrders": bundle,
        "selections": [f"{one['resourceType']}/{one.get('id')}" for one in some[:1]],
        "conditions": bundle,
        "encounterId": "vignette-encounter",
    }


def fail(tree: Json, random: Random, words: Vocabulary) -> None:
    """Let a prefetch query fail, or give nothing, or go on elsewhere."""
    prefetch = tree.get("prefetch") if isinstance(tree, dict) else None
    if not isinstance(prefetch, dict) or not prefetch:
        return
    key = random.choice(TROUBLE if random.random() < 0.3 else list(prefetch))
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "x"}]}
    link = {"relation": "next", "url": random.choice(TROUBLE)}
    prefetch[key] = random.choice(
        (
            None,
            outcome,
            {"resourceType": "Bundle", "entry": [{"resource": outcome}]},
            {"resourceType": "Bundle", "total": 0},
            {"resourceType": "Bundle", "entry": [], "link": [link]},
        )
    )
    if random.random() < 0.3:
        tree["fhirServer"] = random.choice((*TROUBLE, "https://ehr.example.org/fhir"))


def _any(
    tree: Json, random: Random, wanted: Callable[[Spot], bool] = lambda spot: True
) -> Spot | None:
    """A place of a tree, each as likely as any other; None when there is none."""
    found = [spot for spot in spots(tree) if wanted(spot)]
    return random.choice(found) if found else None


def _is_coded(value: dict[str, Any]) -> bool:
    return "coding" in value or ("system" in value and "code" in value)


def _is_record(spot: Spot) -> bool:
    value = spot.value
    return isinstance(value, dict) and value.get("resourceType") not in (None, "Bundle")


OPERATIONS: tuple[Operation, ...] = (
    reword, reword, reword, recode, recode, retype, trouble, drop, add, add, wrap, repeat, shuffle,
    move, record, record, nest, refer, rehook, fail,
)  # fmt: skip
"""All of them; what stands here more than once is done more often."""
