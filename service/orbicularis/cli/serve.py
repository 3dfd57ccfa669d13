"""``orbicularis serve``: the service, until it is stopped."""

import logging
import os
from pathlib import Path
from socket import socket
from typing import Annotated, NoReturn

import typer
import uvicorn

from orbicularis.api.app import Application, create_app
from orbicularis.api.collector import lasting
from orbicularis.api.log import configure
from orbicularis.api.metrics.shared import shared_folder
from orbicularis.api.reload.fingerprint import fingerprint
from orbicularis.api.reload.last_good import kept_for_workers
from orbicularis.api.settings import Settings
from orbicularis.api.warm_up import warm_up
from orbicularis.cli.bundle import load_or_exit
from orbicularis.cli.listen import NotListening, listen, url
from orbicularis.cli.server_options import options
from orbicularis.cli.settings import settings_or_exit
from orbicularis.cli.workers import Workers
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.status import MinStatus

_LOG = logging.getLogger("orbicularis.serve")


def serve(
    host: Annotated[str, typer.Option(help="Interface to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.")] = 8080,
    rules: Annotated[
        Path | None, typer.Option(help="Folder of the rules (else ORBICULARIS_RULES, or rules).")
    ] = None,
    overlay: Annotated[
        Path | None,
        typer.Option(
            metavar="SITE",
            help="Folder of what a site does differently (else ORBICULARIS_OVERLAY).",
        ),
    ] = None,
    min_status: Annotated[
        MinStatus | None,
        typer.Option(help="From which status on rules are served (else ORBICULARIS_MIN_STATUS)."),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Number of processes.")] = 1,
    reload_rules: Annotated[
        bool | None,
        typer.Option("--reload-rules", help="Serve changed rules as soon as they have no errors."),
    ] = None,
) -> None:
    """Serve on HTTP until stopped.

    SIGHUP makes it look for changed rules at once; those with errors are never served.
    """
    settings = settings_or_exit(
        rules=rules, overlay=overlay, min_status=min_status, reload_rules=reload_rules
    )
    configure(settings)
    with lasting():
        app = _app(settings)
    try:
        listening = listen(host, port)
    except NotListening as error:
        _stop(str(error))
    _announce(app, settings, url(listening), workers)
    if workers == 1:
        _run(app, listening)
    else:
        revision = app.state.running.serving.engine.bundle.revision
        del app
        _run_workers(settings, listening, workers, revision)


def _app(settings: Settings) -> Application:
    """Make the application, or say why these rules cannot be served."""
    seen = fingerprint(settings.folders)
    bundle = load_or_exit(settings.rules, overlay=settings.overlay, min_status=settings.min_status)
    try:
        app = create_app(Engine(bundle, settings.pages_url), settings)
    except ValueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    app.state.running.live.seen = seen
    return app


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)


def _announce(app: Application, settings: Settings, base: str, workers: int) -> None:
    bundle = app.state.running.serving.engine.bundle
    site = bundle.overlay
    fields = {
        "services": ",".join(bundle.services),
        "at": f"{base}/cds-services",
        "workbench": f"{base}/" if settings.shows_workbench else "off",
        "docs": f"{base}/docs" if settings.shows_docs else "off",
        "pages": f"{base}/rules/" if settings.rule_pages else "off",
        "rules": f"{bundle.manifest.name} {bundle.manifest.version}",
        "overlay": f"{site.name} {site.version}" if site is not None else "none",
        "min_status": bundle.min_status.value,
        "revision": bundle.revision[:12],
        "reload": "on change" if settings.reload_rules else "on SIGHUP",
        "profile": settings.profile.value,
        "calls": _calls(settings),
        "discovery": "with a JWT" if settings.auth_discovery else "open",
        "metrics": "open" if settings.shows_metrics else "off",
        "traces": "off" if app.state.running.tracing is None else "sent",
        "origins": _named(settings.origins, "no browser's", "any"),
        "hosts": _named(settings.hosts, "none", "any"),
        "workers": workers,
    }
    _LOG.info("serving", extra={"fields": fields})
    if settings.jwt_issuers and not settings.authenticates:
        _LOG.warning("issuers are listed, but calls are open: set ORBICULARIS_AUTH to jwt")
    if settings.has_no_name:
        _LOG.warning(
            "calls by any other name than loopback get 421: set ORBICULARIS_BASE_URL or "
            "ORBICULARIS_ALLOWED_HOSTS"
        )


def _calls(settings: Settings) -> str:
    if not settings.authenticates:
        return "open to everyone who reaches this port"
    known = len(settings.jwt_issuers)
    return f"with a JWT of {known} issuer(s)" if known else "refused: no issuer is trusted"


def _named(names: tuple[str, ...], none: str, everything: str) -> str:
    return everything if names == ("*",) else ",".join(names) or none


def _run(app: Application, listening: socket) -> None:
    warm_up(app.state.running.serving.engine)
    server = uvicorn.Server(uvicorn.Config(app, **options(app.state.running.settings)))
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        return


def _run_workers(settings: Settings, listening: socket, workers: int, revision: str) -> None:
    """Start processes, each of which makes its own application from the environment."""
    os.environ |= {
        "ORBICULARIS_RULES": str(settings.rules),
        "ORBICULARIS_OVERLAY": str(settings.overlay or ""),
        "ORBICULARIS_MIN_STATUS": settings.min_status.value,
        "ORBICULARIS_RELOAD_RULES": str(settings.reload_rules),
    }
    factory = "orbicularis.api.main:app_factory"
    config = uvicorn.Config(factory, factory=True, workers=workers, **options(settings))
    with shared_folder(), kept_for_workers(settings.folders, revision):
        Workers(config, sockets=[listening]).run()
