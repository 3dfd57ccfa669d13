"""The application: routes, middleware and documentation around one engine."""

from typing import Any

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException

from orbicularis.api.admission import Admission
from orbicularis.api.cors import Cors
from orbicularis.api.failsafe import Failsafe
from orbicularis.api.headers import SecurityHeaders
from orbicularis.api.hosts import Hosts
from orbicularis.api.openapi.title import TITLE
from orbicularis.api.refusal import Refusal
from orbicularis.api.routes import refused, routes
from orbicularis.api.running import Running, lifespan
from orbicularis.api.serving import Serving
from orbicularis.api.settings import Settings
from orbicularis.api.slashes import Slashes
from orbicularis.api.straight import Straight
from orbicularis.api.tracing.requests import RequestSpans
from orbicularis.engine.engine import Engine
from orbicularis.web import rule_pages
from orbicularis.web.workbench import pages as workbench

Application = FastAPI
"""What is made here; named for those who run it without knowing the framework."""


_NO_TELEMETRY = dict.fromkeys(
    ("tracing", "metrics", "logs", "operation_spans", "auto_configure"), False
)
"""The framework's own would tell a collector whole paths, queries and words of exceptions."""


def create_app(engine: Engine, settings: Settings) -> FastAPI:
    """Make the application.

    The documentation page comes with its scripts and loads nothing from elsewhere.

    Raises:
        ValueError: a setting is unusable; in words for the operator.
    """
    app = _framework(docs=settings.shows_docs)
    app.state.running = Running.of(Serving(engine, settings.hooks), settings)
    app.router.routes.extend(routes(settings))
    app.router.routes.extend(rule_pages.routes(settings))
    app.router.routes.extend(workbench.routes(settings))
    # The last one added is the first to be asked.
    app.add_middleware(Straight)
    calls = app.state.running.metrics.calls
    app.add_middleware(Admission, limits=settings, shed=calls.turned_away, queued=calls.queued)
    if settings.hosts != ("*",):
        app.add_middleware(Hosts, names=settings.hosts)
    app.add_middleware(Failsafe)
    app.add_middleware(Cors, origins=settings.origins, private_network=settings.allows_loopback)
    https = (settings.base_url or "").startswith("https:")
    app.add_middleware(SecurityHeaders, https=https)
    app.add_middleware(Slashes)
    tracing = app.state.running.tracing
    if tracing is not None:
        app.add_middleware(RequestSpans, tracing=tracing, routes=app.router.routes)
    return app


def _framework(*, docs: bool) -> FastAPI:
    """The framework's part, with or without a page of documentation."""
    common: dict[str, Any] = {
        "title": TITLE,
        "redoc_url": None,
        "redirect_slashes": False,
        "lifespan": lifespan,
        "exception_handlers": {Refusal: refused, HTTPException: refused},
        "telemetry": _NO_TELEMETRY,
    }
    if not docs:
        return FastAPI(docs_url=None, openapi_url=None, **common)
    app = FastAPIOffline(
        docs_url="/docs", static_url="/docs-static", openapi_url="/openapi.json", **common
    )
    app.openapi = _document  # type: ignore[method-assign]
    return app


def _document() -> dict[str, Any]:
    # Imported when it is first read: it takes longer to make than many rules to load.
    from orbicularis.api.openapi.document import document

    return document()
