"""Every id that a rule can hold is either followed or known to name nothing."""

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from pydantic.fields import FieldInfo

from orbicularis.knowledge.base import Id, Knowledge
from orbicularis.knowledge.file_kind import KINDS, FileKind, Named
from orbicularis.knowledge.mention import mentions, paths

NAMES_NOTHING = {
    "id",
    "evidence.*.group",
    "prefetch.~",
    "concepts.~",
    "references.~",
    "words.~",
    "sites.~",
    "vignettes.*.patient.unreadable.*",  # held to the service's keys by a check of its own
}
ID_PATTERN = get_args(Id)[1].pattern


def ids_in(
    annotation: Any, metadata: list[Any], path: str, above: tuple[Any, ...]
) -> Iterator[str]:
    """Yield the path of every id below an annotation."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if any(getattr(item, "pattern", None) == ID_PATTERN for item in metadata):
        yield path
    elif origin is Annotated:
        yield from ids_in(parts[0], list(parts[1:]), path, above)
    elif origin is tuple:
        for part in parts:
            yield from ids_in(part, [], f"{path}.*", above) if part is not Ellipsis else ()
    elif origin is dict:
        yield from ids_in(parts[0], [], f"{path}.~", above)
        yield from ids_in(parts[1], [], f"{path}.*", above)
    elif parts:
        for part in parts:
            yield from ids_in(part, [], path, above)
    elif _is_model(annotation) and annotation not in above:
        yield from ids_of(annotation, f"{path}.", (*above, annotation))


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Knowledge)


def ids_of(model: type[Knowledge], prefix: str, above: tuple[Any, ...]) -> Iterator[str]:
    name: str
    field: FieldInfo
    for name, field in model.model_fields.items():
        yield from ids_in(field.annotation, field.metadata, f"{prefix}{field.alias or name}", above)


def followed(kind: FileKind, path: str) -> bool:
    return any(
        path == known or (known.endswith(".**") and path.startswith(known.removesuffix(".**")))
        for known in paths(kind)
    )


def test_every_id_is_followed() -> None:
    seen = 0
    for kind in KINDS:
        for path in ids_of(kind.model, "", ()):
            seen += 1
            assert followed(kind, path) or path in NAMES_NOTHING, f"{kind.name}: {path}"
    assert seen > 60


def test_mentions_are_found_in_misshapen_data() -> None:
    kind = next(kind for kind in KINDS if kind.named is Named.CAUSE)
    data = {"requires": ["a", 5], "evidence": [{"finding": "b"}, "x", {"finding": []}], "workup": 1}

    assert [(m.name, m.steps) for m in mentions(kind, data)] == [
        ("a", ("requires", 0)),
        ("b", ("evidence", 0, "finding")),
    ]


def test_no_data_mentions_nothing() -> None:
    for kind in KINDS:
        nothing: tuple[object, ...] = (None, [], "a", 5)
        for data in nothing:
            assert list(mentions(kind, data)) == []
