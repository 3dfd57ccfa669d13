"""Schemas of the document, made from the models that also check the requests."""

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from orbicularis.api.models.base import Message
from orbicularis.api.models.card import Cards
from orbicularis.api.models.discovery import Discovery
from orbicularis.api.models.feedback import Feedback
from orbicularis.api.models.health import Health, Readiness
from orbicularis.api.models.outcome import OperationOutcome
from orbicularis.api.models.request import REQUESTS

_REF = "#/components/schemas/{model}"
_SENT = (Discovery, Cards, OperationOutcome, Health, Readiness)


class _Accepted(GenerateJsonSchema):
    """What we accept: null stands for a field that was left out."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Fields have names; titles would only repeat them."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """A field that may be left out has no default that a reader should know."""
        if schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


class _Sent(_Accepted):
    """What we send: never null (CDS Hooks 2.0, Use of JSON)."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Fields without a value are left out."""
        return self.generate_inner(schema["schema"])


def schemas() -> dict[str, Any]:
    """Every schema by the name of its model."""
    accepted = _definitions((*REQUESTS.values(), Feedback), _Accepted)
    sent = _definitions(_SENT, _Sent)
    return dict(sorted({**accepted, **sent}.items()))


def ref(model: type[Message]) -> dict[str, str]:
    """A reference to the schema of a model."""
    return {"$ref": _REF.format(model=model.__name__)}


def one_of(models: Mapping[str, type[Message]], name: str) -> dict[str, Any]:
    """A schema of several models, of which the value of a property tells the right one."""
    mapping = {value: ref(model)["$ref"] for value, model in models.items()}
    return {
        "oneOf": [ref(model) for model in models.values()],
        "discriminator": {"propertyName": name, "mapping": mapping},
    }


def _definitions(
    models: tuple[type[Message], ...], generator: type[GenerateJsonSchema]
) -> dict[str, Any]:
    _, schema = models_json_schema(
        [(model, "validation") for model in models],
        ref_template=_REF,
        schema_generator=generator,
    )
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)  # noqa: S101 - there is at least one model
    return definitions
