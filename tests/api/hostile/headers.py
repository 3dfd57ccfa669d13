"""Header fields and paths that try to be more than that."""

from collections.abc import Iterator
from functools import partial

from tests.api.hostile.request import DEEP, MANY, MARK, Hostile, changed, closed, get, post
from tests.api.limits.wire import head
from tests.api.test_refusals import PATH


def headers() -> Iterator[Hostile]:
    for name, sent in {
        "text/xml": "text/xml",
        "a form": "application/x-www-form-urlencoded",
        "multipart": f"multipart/form-data; boundary={MARK}",
        "a type of 10,000 letters": "a" * MANY,
    }.items():
        typed = head(PATH, f"Content-Type: {sent}", "Content-Length: 2") + b"{}"
        yield Hostile(f"type: {name}", partial(bytes, typed), 415)
    line = changed(hookInstance=f'"x\\r\\nX-Injected: {MARK}"'.encode())
    yield Hostile("a line break in an id", lambda: post(line), 412)
    hook = changed(hook=f'"patient-view\\r\\nX-Injected: {MARK}"'.encode())
    yield Hostile("a line break in a hook's name", lambda: post(hook), 400)
    yield Hostile(
        "an Origin with a bare CR", lambda: get("/cds-services", "Origin: a\rX: b"), 400, True
    )
    long_origin = f"Origin: https://{MARK}{'a' * MANY}"
    yield Hostile("an Origin of 10,000 letters", lambda: get("/cds-services", long_origin), 200)
    request_id = f"X-Request-ID: {MARK}"
    yield Hostile("a request id of the client's", lambda: get("/cds-services", request_id), 200)
    token = f"Authorization: Bearer {'a.' * 5000}"
    yield Hostile("a token of 5,000 parts", lambda: post(b"{}", token), 400)
    fields = [f"X-{i}: {MARK}" for i in range(1000)]
    yield Hostile("1,000 header fields", lambda: get("/healthz", *fields), 200)
    yield Hostile(
        "10,000 header fields", lambda: get("/healthz", *fields * 10), 400, until_closed=True
    )
    long_field = f"X: {'a' * 1_000_000}"
    yield closed("a field of 1 MB", lambda: get("/healthz", long_field))
    accept = "Accept: " + ",".join(["a/b;q=0.1"] * 5000)
    yield Hostile("5,000 types in Accept", lambda: post(b"{}", accept), 406)


def paths() -> Iterator[Hostile]:
    for path, status in {
        "/cds-services/../etc/passwd": 404,
        "/cds-services/%2e%2e/%2e%2e/etc/passwd": 404,
        "/docs-static/../../../../etc/passwd": 404,
        "/docs-static/%2e%2e/%2e%2e/core.py": 404,
        "/docs-static/..%5c..%5ccore.py": 404,
        "/rules/../../etc/passwd": 404,
        "/rules/%2e%2e%2f%2e%2e%2fetc%2fpasswd": 404,
        "/workbench/samples/..": 404,
        "/workbench/samples/%2e%2e/x": 404,
        "/workbench/assets/%2e%2e%2fpages": 404,
        "//evil.example/cds-services": 404,
        "//": 404,
        "/cds-services/%00": 405,
        "/docs-static/%00": 404,
        "/%ff%fe": 404,
        "/%": 404,
        f"/cds-services/{MARK}%0d%0aX-Injected:%201": 405,
        f"/{MARK}?{'a=b&' * 5000}": 404,
        "/" + "a" * 50_000: 404,
        "/" + "%2f" * 15_000: 404,
    }.items():
        yield Hostile(f"path {path[:40]}", partial(get, path), status)
    nul = f"/cds-services/{MARK}%00"
    yield Hostile("a call of a service with NUL", lambda: post(b"{}", path=nul), 404)
    yield Hostile(
        "a target of 100,000 bytes", lambda: get("/" + "a" * DEEP), 400, until_closed=True
    )
    yield Hostile("an absolute target", lambda: get("http://evil.example/cds-services"), 200)
