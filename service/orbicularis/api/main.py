"""What a server process imports: the application, made from the environment."""

from fastapi import FastAPI

from orbicularis.api.app import create_app
from orbicularis.api.log import configure
from orbicularis.api.settings import Settings
from orbicularis.api.warm_up import warm_up
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load


def app_factory() -> FastAPI:
    """Make the application from ``ORBICULARIS_*`` variables; one per worker process.

    Raises:
        BundleError: the rules cannot be used.
        ValueError: a setting is unusable.
    """
    settings = Settings()
    configure(settings)
    bundle = load(settings.rules, settings.overlay, settings.min_status)
    app = create_app(Engine(bundle, settings.pages_url), settings)
    warm_up(app.state.running.serving)
    return app
