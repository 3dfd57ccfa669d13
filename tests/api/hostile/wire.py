"""What is no proper HTTP; uvicorn answers most of it itself."""

from collections.abc import Iterator
from functools import partial

from tests.api.hostile.request import Hostile, closed, get, post
from tests.api.limits.wire import head
from tests.api.test_refusals import PATH


def wire() -> Iterator[Hostile]:
    chunked = "Transfer-Encoding: chunked"
    both = head(PATH, "Content-Length: 4", chunked) + b"0\r\n\r\n"
    yield closed("Content-Length and chunks", lambda: both)
    twice = head(PATH, "Content-Length: 2", "Content-Length: 3") + b"{}"
    yield closed("two lengths", lambda: twice)
    for length in ("-1", "+2", "0x2", "2, 2", "99999999999999999999"):
        sent = head(PATH, f"Content-Length: {length}") + b"{}"
        yield closed(f"Content-Length: {length}", partial(bytes, sent))
    for coding in ("xchunked", "chunked, identity", "gzip, chunked"):
        sent = head(PATH, f"Transfer-Encoding: {coding}") + b"2\r\n{}\r\n0\r\n\r\n"
        yield Hostile(f"Transfer-Encoding: {coding}", partial(bytes, sent), 400)
    sized = head(PATH, chunked) + b"-2\r\n{}\r\n0\r\n\r\n"
    yield closed("a chunk of -2 bytes", lambda: sized)
    endless = head(PATH, chunked) + b"2;" + b"a" * 200_000
    yield closed("an endless chunk extension", lambda: endless)
    blank = b"GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n"
    yield closed("a blank before a colon", lambda: blank)
    folded = b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n"
    yield closed("a folded field", lambda: folded)
    yield closed("no HTTP", lambda: b"\x16\x03\x01\x02\x00\x01\x00\x01")
    yield closed("HTTP/9.9", lambda: b"GET / HTTP/9.9\r\nHost: x\r\n\r\n")
    yield Hostile(
        "HTTP/2 at once", lambda: b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, until_closed=True
    )
    yield closed("an unknown method", lambda: head("/", method="GRAB"))
    yield Hostile("TRACE", lambda: head("/cds-services", method="TRACE"), 405)
    yield Hostile(
        "CONNECT", lambda: head("evil.example:443", method="CONNECT"), 400, until_closed=True
    )
    upgrade = get("/cds-services", "Connection: Upgrade", "Upgrade: websocket")
    yield Hostile("an upgrade", lambda: upgrade, 200)
    pipelined = get("/healthz") * 500
    yield Hostile("500 requests at once", lambda: pipelined, 200)
    hidden = post(b"{}" + get("/metrics"))
    yield Hostile("a request in a body", lambda: hidden, 400)
