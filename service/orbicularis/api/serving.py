"""What is being served: an engine, and the answers that depend on its rules alone."""

from collections.abc import Collection

from orbicularis.api.discovery import discovery
from orbicularis.api.models.health import OverlayRules, Rules
from orbicularis.api.settings import Settings
from orbicularis.cards.marks import Marks
from orbicularis.engine.engine import Engine
from orbicularis.engine.prefetch import templates
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.load import load


class Serving:
    """An engine with what is said of its rules, made once.

    Attributes:
        engine: answers the calls.
        marks: tells from a uuid which of the rules gave the card.
        discovery: body of ``GET /cds-services``.
        rules: what ``GET /readyz`` says of the rules.
        templates: prefetch templates by service and key.
    """

    __slots__ = ("__weakref__", "discovery", "engine", "marks", "rules", "templates")

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
        self.rules = _rules(bundle)


def serving_of(settings: Settings) -> Serving:
    """Load the rules of the settings and compile them, ready to take the place of others.

    Raises:
        BundleError: the rules have errors.
    """
    bundle = load(settings.rules, settings.overlay, settings.min_status)
    return Serving(Engine(bundle, settings.pages_url), settings.hooks)


def _rules(bundle: Bundle) -> Rules:
    overlay = bundle.overlay
    return Rules(
        name=bundle.manifest.name,
        version=bundle.manifest.version,
        revision=bundle.revision,
        min_status=bundle.min_status,
        overlay=OverlayRules(name=overlay.name, version=overlay.version) if overlay else None,
    )
