"""Bodies that are no JSON, or JSON of the worst kind, or too much of it."""

import gzip
import json
from collections.abc import Iterator
from functools import partial

from tests.api.hostile.request import DEEP, Hostile, changed, chunked, post, text, value, within
from tests.api.limits.charts import body, bundle, observations
from tests.api.limits.wire import head
from tests.api.test_refusals import GOOD, PATH


def json_bodies() -> Iterator[Hostile]:
    yield Hostile("arrays 100,000 deep", lambda: post(b"[" * DEEP), 400)
    yield Hostile("objects 100,000 deep", lambda: post(b'{"a":' * DEEP), 400)
    deep = b"[" * DEEP + b"]" * DEEP
    yield Hostile("arrays 100,000 deep in a resource", lambda: post(within(deep)), 400)
    deeper = b'{"extension":[' * DEEP + b"]}" * DEEP
    yield Hostile("extensions 100,000 deep in a resource", lambda: post(within(deeper)), 400)
    yield Hostile("arrays 100,000 deep in feedback", lambda: _feedback(deep), 400)
    yield Hostile("the number 1e400", lambda: post(value(b"1e400")), 200)
    yield Hostile("the number -1e400 as a hook", lambda: post(changed(hook=b"-1e400")), 400)
    digits = b"9" * DEEP
    yield Hostile("an integer of 100,000 digits", lambda: post(value(digits)), 200)
    yield Hostile("100,000 digits for an id", lambda: post(changed(hookInstance=digits)), 400)
    yield Hostile("100,000 digits in feedback", lambda: _feedback(digits), 400)
    yield Hostile("an exponent of 100,000 digits", lambda: post(value(b"1e" + digits)), 200)
    for raw in (b"NaN", b"Infinity", b"-Infinity"):
        yield Hostile(f"{raw.decode()} as a value", partial(post, value(raw)), 400)
    lone = b'"\\ud800"'
    yield Hostile("a lone surrogate in a resource", lambda: post(within(lone)), 400)
    yield Hostile("a lone surrogate for an id", lambda: post(changed(hookInstance=lone)), 400)
    yield Hostile("NUL in a text", lambda: post(text("a\0b")), 200)
    yield Hostile("NUL unescaped", lambda: post(within(b'"a\0b"')), 400)
    yield Hostile("NUL for an id", lambda: post(changed(hookInstance=b'"\\u0000"')), 412)
    twice = b'{"resourceType":"Patient","resourceType":"Observation"}'
    yield Hostile("a key twice", lambda: post(changed(hook=b'"x","hook":"patient-view"')), 412)
    yield Hostile("a key twice in a resource", lambda: post(within(twice)), 200)
    yield Hostile("a byte order mark", lambda: post(b"\xef\xbb\xbf" + body()), 412)
    for coding in ("utf-16", "utf-32", "utf-7", "latin-1"):
        said = json.dumps({**GOOD, "hookInstance": "ä"}, ensure_ascii=False)
        yield Hostile(coding, partial(post, said.encode(coding)), _status_of(coding))
    yield Hostile("bytes that are no UTF-8 in a text", lambda: post(value(b'"\xff\xfe"')), 200)
    yield Hostile(
        "bytes that are no UTF-8 for an id", lambda: post(changed(hookInstance=b'"\xff"')), 400
    )
    yield Hostile("nothing", lambda: post(b""), 400)
    yield Hostile("a bare text", lambda: post(b'"x"'), 400)
    yield Hostile("two objects", lambda: post(b"{}{}"), 400)


def _status_of(coding: str) -> int:
    return 412 if coding == "utf-7" else 400


def _feedback(raw: bytes) -> bytes:
    return post(b'{"feedback":[' + raw + b"]}", path=f"{PATH}/feedback")


def sizes() -> Iterator[Hostile]:
    bomb = gzip.compress(b" " * 50_000_000)
    yield Hostile("a gzip bomb", lambda: post(bomb, "Content-Encoding: gzip"), 415)
    yield Hostile("a gzip bomb that is not declared", lambda: post(bomb), 400)
    longer = 17 * 1024 * 1024
    declared = f"Content-Length: {longer}"
    yield Hostile("17 MiB declared, not sent", lambda: head(PATH, declared), 413)
    yield Hostile("17 MiB in chunks", lambda: chunked(65_536, longer // 65_536), 413)
    yield Hostile("17 MiB of feedback", lambda: head(f"{PATH}/feedback", declared), 413)
    yield Hostile("20,000 chunks of one byte", lambda: chunked(1, 20_000), 400)
    yield Hostile("8 million numbers", lambda: post(b'{"a":[' + b"1," * 8_000_000 + b"1]}"), 413)
    keys = b",".join(b'"%d":1' % i for i in range(700_000))
    yield Hostile("700,000 keys", lambda: post(b"{" + keys + b"}"), 413)
    yield Hostile("700,000 prefetch keys", lambda: post(changed(prefetch=b"{" + keys + b"}")), 413)
    entries = b'{"resourceType":"Bundle","entry":[' + b"{}," * 700_000 + b"{}]}"
    yield Hostile("700,000 empty entries", lambda: post(_prefetched(entries)), 413)
    yield Hostile("20,001 entries", lambda: post(body(a=bundle(observations(20_001)))), 413)
    yield Hostile(
        "300,000 wrong entries of feedback", lambda: _feedback(b"1," * 300_000 + b"1"), 400
    )
    selections = b'{"userId":"a","patientId":"1","draftOrders":{},"selections":[' + b"1," * 99_999
    hook = b'"order-select"'
    numbers = selections + b"1]}"
    yield Hostile("numbers for texts", lambda: post(changed(hook=hook, context=numbers)), 400)


def _prefetched(raw: bytes) -> bytes:
    return changed(prefetch=b'{"symptoms":' + raw + b"}")
