"""What a server process imports: the application, made from the environment."""

from fastapi import FastAPI

from orbicularis.api.app import create_app
from orbicularis.api.collector import lasting
from orbicularis.api.log import configure
from orbicularis.api.reload.start import start
from orbicularis.api.running import Running
from orbicularis.api.settings import Settings
from orbicularis.api.warm_up import set_aside


def app_factory() -> FastAPI:
    """Make the application from ``ORBICULARIS_*`` variables; one per worker process.

    Raises:
        BundleError: the rules cannot be used.
        ValueError: a setting is unusable.
    """
    settings = Settings()
    configure(settings)
    with lasting():
        started = start(settings)
        app = create_app(started.engine, settings)
    running: Running = app.state.running
    running.live.seen = started.seen
    if started.failure is not None:
        running.live.refuse(started.failure)
        running.metrics.reloads.ended("refused")
    set_aside()
    return app
