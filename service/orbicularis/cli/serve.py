"""``orbicularis serve``: the service, until it is stopped."""

import logging
import os
from pathlib import Path
from socket import socket
from typing import Annotated, Any, NoReturn

import typer
import uvicorn

from orbicularis.api.app import Application, create_app
from orbicularis.api.log import configure
from orbicularis.api.metrics.shared import shared_folder
from orbicularis.api.settings import Settings
from orbicularis.cli.bundle import load_or_exit
from orbicularis.cli.listen import NotListening, listen, url
from orbicularis.cli.settings import settings_or_exit
from orbicularis.engine.engine import Engine

_LOG = logging.getLogger("orbicularis.serve")


def serve(
    host: Annotated[str, typer.Option(help="Interface to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.")] = 8080,
    rules: Annotated[
        Path | None, typer.Option(help="Folder of the rules (else ORBICULARIS_RULES, or rules).")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Number of processes.")] = 1,
) -> None:
    """Serve on HTTP until stopped."""
    settings = settings_or_exit(rules)
    configure(settings)
    app = _app(settings)
    try:
        listening = listen(host, port)
    except NotListening as error:
        _stop(str(error))
    _announce(app, settings, url(listening), workers)
    if workers == 1:
        _run(app, listening)
    else:
        _run_workers(settings, listening, workers)


def _app(settings: Settings) -> Application:
    """Make the application, or say why these rules cannot be served."""
    engine = Engine(load_or_exit(settings.rules))
    try:
        return create_app(engine, settings)
    except ValueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)


def _announce(app: Application, settings: Settings, base: str, workers: int) -> None:
    bundle = app.state.running.serving.engine.bundle
    fields = {
        "services": ",".join(bundle.services),
        "at": f"{base}/cds-services",
        "docs": f"{base}/docs",
        "rules": f"{bundle.manifest.name} {bundle.manifest.version}",
        "revision": bundle.revision[:12],
        "profile": settings.profile.value,
        "calls": _calls(settings),
        "metrics": "open" if settings.shows_metrics else "off",
        "workers": workers,
    }
    _LOG.info("serving", extra={"fields": fields})


def _calls(settings: Settings) -> str:
    if not settings.authenticates:
        return "open to everyone who reaches this port"
    known = len(settings.jwt_issuers)
    return f"with a JWT of {known} issuer(s)" if known else "refused: no issuer is trusted"


def _run(app: Application, listening: socket) -> None:
    server = uvicorn.Server(uvicorn.Config(app, **_OPTIONS))
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        return


def _run_workers(settings: Settings, listening: socket, workers: int) -> None:
    """Start processes, each of which makes its own application from the environment."""
    os.environ["ORBICULARIS_RULES"] = str(settings.rules)
    host, port = listening.getsockname()[:2]
    # The server wants to take the port itself; that it is free was seen.
    listening.close()
    factory = "orbicularis.api.main:app_factory"
    with shared_folder():
        uvicorn.run(factory, factory=True, workers=workers, host=host, port=port, **_OPTIONS)


_OPTIONS: dict[str, Any] = {
    # It logs through the logging that we configured, and we log the calls ourselves.
    "log_config": None,
    "access_log": False,
    "server_header": False,
    "ws": "none",
    "timeout_graceful_shutdown": 10,
}
