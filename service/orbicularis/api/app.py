"""The application: routes, middleware and documentation around one engine."""

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException

from orbicularis.api.cors import Cors
from orbicularis.api.failsafe import Failsafe
from orbicularis.api.openapi.document import TITLE, document
from orbicularis.api.refusal import Refusal
from orbicularis.api.routes import refused, routes
from orbicularis.api.running import Running, lifespan
from orbicularis.api.serving import Serving
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine

Application = FastAPI
"""What is made here; named for those who run it without knowing the framework."""


def create_app(engine: Engine, settings: Settings) -> FastAPI:
    """Make the application.

    The documentation page comes with its scripts and loads nothing from elsewhere.

    Raises:
        ValueError: a setting is unusable; in words for the operator.
    """
    app = FastAPIOffline(
        docs_url="/docs",
        redoc_url=None,
        static_url="/docs-static",
        title=TITLE,
        openapi_url="/openapi.json",
        redirect_slashes=False,
        lifespan=lifespan,
        exception_handlers={Refusal: refused, HTTPException: refused},
    )
    app.openapi = document  # type: ignore[method-assign]
    app.state.running = Running.of(Serving(engine, settings.hooks), settings)
    app.router.routes.extend(routes(settings))
    app.add_middleware(Failsafe)
    app.add_middleware(
        Cors, origins=settings.cors_origins, private_network=settings.allows_loopback
    )
    return app
