import msgspec
import pytest

from orbicularis.api.models import card as model
from orbicularis.api.models.base import Message
from orbicularis.cards import card as struct

PAIRS = [
    (struct.Coding, model.Coding),
    (struct.CardSource, model.CardSource),
    (struct.Action, model.Action),
    (struct.Suggestion, model.Suggestion),
    (struct.Link, model.Link),
    (struct.Card, model.Card),
]


@pytest.mark.parametrize(("encoded", "described"), PAIRS, ids=lambda one: one.__name__)
def test_what_is_described_is_what_is_encoded(
    encoded: type[msgspec.Struct], described: type[Message]
) -> None:
    """The schema of a response has the fields of what we encode, and requires the same."""
    sent = {field.encode_name: field.required for field in msgspec.structs.fields(encoded)}
    told = {
        field.alias or name: field.is_required() for name, field in described.model_fields.items()
    }
    assert told == sent


def test_every_struct_of_a_card_is_described() -> None:
    structs = {
        value
        for value in vars(struct).values()
        if isinstance(value, type) and issubclass(value, msgspec.Struct)
    }
    public = {one for one in structs if not one.__name__.startswith("_")} - {msgspec.Struct}
    assert public == {encoded for encoded, _ in PAIRS}
