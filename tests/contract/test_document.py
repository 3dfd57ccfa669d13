import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import pytest
from typer import Exit

from orbicularis.api.openapi.document import document
from orbicularis.api.routes import routes
from orbicularis.api.settings import Settings
from orbicularis.cli.openapi import PATH, openapi, rendered

Json = dict[str, Any]
STATUSES = {"200", "400", "401", "404", "406", "408", "412", "413", "415"}
STATUSES |= {"421", "500", "503"}


def _operations() -> Iterator[tuple[str, Json]]:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def _media() -> Iterator[tuple[str, Json]]:
    """Every body that the document describes, by where it stands."""
    for name, operation in _operations():
        if "requestBody" in operation:
            for kind, media in operation["requestBody"]["content"].items():
                yield f"{name} {kind}", media
        for status, response in operation["responses"].items():
            for kind, media in response.get("content", {}).items():
                yield f"{name} {status} {kind}", media


MEDIA = dict(_media())


def test_the_file_is_what_the_code_says() -> None:
    assert PATH.read_text("utf-8") == rendered(), "run: make openapi"


def test_the_running_service_serves_the_file(base_url: str) -> None:
    assert httpx.get(f"{base_url}/openapi.json").json() == json.loads(PATH.read_text("utf-8"))


def test_every_route_is_described_and_every_description_has_a_route() -> None:
    served = {
        (method, route.path.replace("//", "/").rstrip("/"))
        for route in routes(Settings())
        for method in route.methods or ()
        if method != "HEAD"
    }
    told = {tuple(name.split(" ", 1)) for name, _ in _operations()}
    assert told == served


def test_the_call_describes_every_status() -> None:
    assert set(document()["paths"]["/cds-services/{id}"]["post"]["responses"]) == STATUSES


@pytest.mark.parametrize("where", MEDIA)
def test_every_body_has_examples_that_keep_to_its_schema(where: str) -> None:
    media = MEDIA[where]
    schema = media["schema"] | {"components": document()["components"]}
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    assert media["examples"]
    for name, example in media["examples"].items():
        assert [str(error) for error in validator.iter_errors(example["value"])] == [], name


def test_everything_has_words_for_its_reader() -> None:
    for name, operation in _operations():
        assert operation["summary"], name
        assert all(response["description"] for response in operation["responses"].values())
    for name, schema in document()["components"]["schemas"].items():
        assert schema["description"], name
        for field, described in schema.get("properties", {}).items():
            known = {"description", "$ref", "const"} & set(described)
            assert known, f"{name}.{field}"


def test_answers_are_never_null() -> None:
    schemas = document()["components"]["schemas"]
    for name in ("Cards", "Card", "Discovery", "OperationOutcome"):
        assert '"null"' not in json.dumps(schemas[name])


def test_the_worked_calls_are_answered_as_described(base_url: str) -> None:
    operation = document()["paths"]["/cds-services/{id}"]["post"]
    url = f"{base_url}/cds-services/{operation['parameters'][0]['example']}"
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    validator = jsonschema_rs.Draft202012Validator(
        schema | {"components": document()["components"]}, validate_formats=True
    )
    for example in operation["requestBody"]["content"]["application/json"]["examples"].values():
        response = httpx.post(url, json=example["value"])
        assert response.status_code == 200
        validator.validate(response.json())


def test_the_file_can_be_checked_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new" / "document.json"
    with pytest.raises(Exit) as missing:
        openapi(path, check=True)
    assert missing.value.exit_code == 1
    openapi(path)
    openapi(path, check=True)
    path.write_text(path.read_text("utf-8").replace("3.1.0", "3.0.0"), "utf-8")
    with pytest.raises(Exit):
        openapi(path, check=True)
    assert '-  "openapi": "3.0.0",' in capsys.readouterr().err
