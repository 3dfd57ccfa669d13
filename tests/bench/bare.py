"""What the service is held against: an application that only reads, parses and answers.

It is the least that a Python service can do with a request, and knows neither routes nor FHIR.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson

_ANSWER = orjson.dumps({"cards": [], "padding": "x" * 2_020})
"""About 2 KB, a card's length."""

_START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(_ANSWER)).encode()),
    ],
}


async def app(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """Read the whole body, parse it, forget it, answer."""
    chunks = []
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        chunks.append(message.get("body", b""))
        more = message.get("more_body", False)
    body = b"".join(chunks)
    if body:
        orjson.loads(body)
    await send(_START)
    await send({"type": "http.response.body", "body": _ANSWER})
