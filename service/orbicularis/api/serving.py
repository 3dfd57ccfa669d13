"""What is being served: an engine, and the answers that depend on its rules alone."""

from collections.abc import Collection

from orbicularis.api.discovery import discovery
from orbicularis.api.models.health import Readiness, Rules
from orbicularis.cards.marks import Marks
from orbicularis.engine.engine import Engine
from orbicularis.engine.prefetch import templates


class Serving:
    """An engine with its discovery and readiness documents, encoded once.

    Attributes:
        engine: answers the calls.
        marks: tells from a uuid which of the rules gave the card.
        discovery: body of ``GET /cds-services``.
        readiness: body of ``GET /readyz``.
        templates: prefetch templates by service and key.
    """

    __slots__ = ("discovery", "engine", "marks", "readiness", "templates")

    def __init__(self, engine: Engine, listed: Collection[str] = ()) -> None:
        """Encode what does not change while these rules are served.

        Args:
            engine: answers the calls.
            listed: hooks that discovery lists; none for all.
        """
        self.engine = engine
        bundle = engine.bundle
        self.marks = Marks(bundle)
        self.templates = {
            service.id: templates(service, bundle) for service in bundle.services.values()
        }
        self.discovery = discovery(bundle, listed).model_dump_json(by_alias=True).encode()
        rules = Rules(
            name=bundle.manifest.name, version=bundle.manifest.version, revision=bundle.revision
        )
        self.readiness = Readiness(bundle=rules).model_dump_json().encode()
