"""One hostile request, and how it is made."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.api.limits.charts import body, bundle, observations
from tests.api.limits.wire import head
from tests.api.test_refusals import GOOD, PATH

DEEP = 100_000
MANY = 10_000
SUBJECT = {"reference": f"Patient/{GOOD['context']['patientId']}"}
MARK = "leaked-zx81"
"""Stands in hostile texts; no answer repeats it as markup, or at all in an error."""


@dataclass(frozen=True)
class Hostile:
    """One request.

    Attributes:
        name: what is wrong with it.
        sent: its bytes, made when they are needed.
        status: what answers it; 0 for a connection that is closed without a word.
        until_closed: whether the server closes the connection after it.
        or_costly: whether 413 would do as well: a slow machine takes too long to judge it.
        others: what else would do.
    """

    name: str
    sent: Callable[[], bytes]
    status: int
    until_closed: bool = False
    or_costly: bool = False
    others: frozenset[int] = frozenset()

    @property
    def statuses(self) -> frozenset[int]:
        """What may answer it."""
        return self.others | ({self.status, 413} if self.or_costly else {self.status})


def post(content: bytes, *fields: str, path: str = PATH) -> bytes:
    """A POST request with this body."""
    typed = "Content-Type: application/json"
    return head(path, typed, *fields, f"Content-Length: {len(content)}") + content


def get(path: str, *fields: str) -> bytes:
    """A GET request."""
    return head(path, *fields, method="GET")


def resource(**changes: Any) -> bytes:
    """A call with one Observation that has these parts."""
    twitch: dict[str, Any] = {**observations(1)[0], "code": {"text": "facial twitching"}}
    return body(symptoms=bundle([{**twitch, "valueBoolean": True, **changes}]))


def within(raw: bytes) -> bytes:
    """A call with one Observation in which a value stands as these bytes."""
    return resource(note="@").replace(b'"@"', raw)


def value(raw: bytes) -> bytes:
    """A call with a calcium that stands as these bytes."""
    quantity = {"value": "@", "unit": "mg/dL"}
    calcium = {"coding": [{"system": "http://loinc.org", "code": "17861-6"}]}
    return resource(code=calcium, valueQuantity=quantity).replace(b'"@"', raw)


def text(text: str) -> bytes:
    """A call with one Observation that says this."""
    return resource(code={"text": f"facial twitching {text}"}, valueString=text)


def chunked(size: int, number: int) -> bytes:
    """A POST request in chunks of blanks."""
    chunk = b"%x\r\n" % size + b" " * size + b"\r\n"
    return head(PATH, "Transfer-Encoding: chunked") + chunk * number + b"0\r\n\r\n"


def changed(**parts: bytes) -> bytes:
    """A good call in which some parts stand as these bytes."""
    made: bytes = json.dumps({**GOOD, **dict.fromkeys(parts, "@")}).encode()
    for raw in parts.values():
        made = made.replace(b'"@"', raw, 1)
    return made


def closed(name: str, sent: Callable[[], bytes]) -> Hostile:
    """A request that is no HTTP, after which the connection is closed."""
    return Hostile(name, sent, 400, until_closed=True)


def costly(name: str, sent: Callable[[], bytes]) -> Hostile:
    """A call that is answered, or given up where the machine is slow."""
    return Hostile(name, sent, 200, or_costly=True)
