"""The sample patients that ship with the service, as calls at the time of the vignettes."""

from collections.abc import Iterator
from importlib.resources import files

import msgspec

from orbicularis.api.envelope import split
from orbicularis.api.intake import hooks, take
from orbicularis.api.sample import sample
from orbicularis.authoring.effects import Visit
from orbicularis.authoring.vignettes import NOW
from orbicularis.cli.sample import shifted
from orbicularis.knowledge.bundle import Bundle

_ENDING = ".request"


def sample_visits(bundle: Bundle) -> Iterator[Visit]:
    """Yield each sample request for each service that answers its hook."""
    for name in _names():
        request = shifted(sample(name), NOW)
        for service in bundle.services.values():
            if request.get("hook") in hooks(service):
                call = take(split(msgspec.json.encode(request)), service).call
                yield Visit(name.removesuffix(_ENDING), "sample patient", service.id, call)


def _names() -> list[str]:
    folder = files("orbicularis.api").joinpath("samples")
    names = sorted(entry.name.removesuffix(".json") for entry in folder.iterdir())
    return [name for name in names if name.endswith(_ENDING)]
