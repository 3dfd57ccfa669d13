"""Charts that ask for much work, or bring markup."""

from collections.abc import Iterator
from functools import partial

from tests.api.hostile.request import DEEP, MANY, MARK, Hostile, costly, post, resource, text
from tests.api.limits.charts import body, bundle, observations


def charts() -> Iterator[Hostile]:
    codings = [{"system": "http://loinc.org", "code": str(i)} for i in range(MANY)]
    yield Hostile(
        "10,000 codings", lambda: post(resource(code={"coding": codings})), 200, or_costly=True
    )
    component = {"code": {"text": "facial twitching"}, "valueBoolean": True}
    yield Hostile(
        "10,000 components",
        lambda: post(resource(component=[component] * MANY)),
        200,
        or_costly=True,
    )
    calcium = {"code": {"coding": codings[:1]}, "valueQuantity": {"value": 2}}
    many = [calcium] * MANY
    yield Hostile(
        "10,000 components with values",
        lambda: post(resource(component=many)),
        200,
        or_costly=True,
    )
    contained = observations(MANY)
    yield Hostile(
        "10,000 contained", lambda: post(resource(contained=contained)), 200, or_costly=True
    )
    members = [{"reference": f"Observation/o{i}"} for i in range(MANY)]
    yield Hostile("10,000 members", lambda: post(resource(hasMember=members)), 200, or_costly=True)
    texts = [
        {**one, "code": {"text": f"no twitching of the face, left arm weak {i}"}}
        for i, one in enumerate(observations(20_000))
    ]
    yield Hostile(
        "20,000 texts, all different", lambda: post(body(a=bundle(texts))), 200, or_costly=True
    )
    loop = [{**one, "hasMember": [{"reference": f"Observation/{one['id']}"}]} for one in contained]
    yield Hostile("members of themselves", lambda: post(body(a=bundle(loop[:100]))), 200)
    for name, told in _BOMBS.items():
        yield costly(f"text: {name}", partial(post, text(told)))
    for name, told in _MARKUP.items():
        yield Hostile(f"text: {name}", partial(post, text(told)), 200)


_BOMBS = {
    "100,000 letters": "a" * DEEP,
    "100,000 blanks": " " * DEEP,
    "50,000 times 'no '": "no " * 50_000,
    "50,000 times 'face '": "face " * 50_000,
    "50,000 times 'not, '": "not, " * 50_000,
    "100,000 digits and dots": "1." * 50_000,
    "100,000 brackets": "(" * DEEP,
    "100,000 combining marks": "é" * 50_000,
    "50,000 newlines with dashes": "\n- " * 33_000,
    "a unit of 100,000 letters": "mg/" * 33_000,
}
_MARKUP = {
    "HTML": f"<script>alert('{MARK}')</script><img src=x onerror=alert(1)>",
    "a Markdown link": f"[{MARK}](javascript:alert(1)) ![x](http://evil.example/{MARK})",
    "Markdown's code and tables": f"`{MARK}` ```\n# {MARK}\n| a | b |\n|---|---|",
    "right-to-left": f"\u202e{MARK}\u2066",
    "carriage returns": f"{MARK}\r\nX-Injected: 1\r\n\r\n<html>",
}
