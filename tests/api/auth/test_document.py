"""Authentication in the OpenAPI document."""

import json

import jsonschema_rs

from orbicularis.api.openapi.document import document
from orbicularis.api.openapi.security import SCHEMES, SECURITY, unauthenticated
from tests.api.auth.door import Door


def test_every_requirement_names_a_scheme() -> None:
    named = {name for requirement in SECURITY for name in requirement}
    assert named == set(SCHEMES)
    (scheme,) = SCHEMES.values()
    assert (scheme["type"], scheme["scheme"], scheme["bearerFormat"]) == ("http", "bearer", "JWT")


def test_the_examples_are_what_is_answered(file_door: Door) -> None:
    response = unauthenticated()
    (media,) = response["content"].values()
    challenges = response["headers"]["WWW-Authenticate"]["examples"]
    for name, sent in (("no-token", None), ("bad-token", "a.b.c")):
        answer = file_door.answers(sent)
        assert answer.json() == media["examples"][name]["value"]
        assert answer.headers["www-authenticate"] == challenges[name]["value"]


def test_the_examples_keep_to_their_schema() -> None:
    (media,) = unauthenticated()["content"].values()
    schema = media["schema"] | {"components": document()["components"]}
    validator = jsonschema_rs.Draft202012Validator(json.loads(json.dumps(schema)))
    for example in media["examples"].values():
        assert [str(error) for error in validator.iter_errors(example["value"])] == []
