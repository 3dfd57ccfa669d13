"""``orbicularis explain``: what the service sees in a saved request, and why it answers so."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from orbicularis.api.envelope import split
from orbicularis.api.intake import take
from orbicularis.api.refusal import Refusal
from orbicularis.cli.bundle import MinStatusOption, OverlayOption, load_or_exit
from orbicularis.cli.render import show_cards
from orbicularis.cli.show_assessment import show_assessment
from orbicularis.engine.engine import Answer, DataMissing, Engine
from orbicularis.engine.trace import trace
from orbicularis.knowledge.status import MinStatus


def explain(
    request: Annotated[
        Path,
        typer.Argument(
            help="A saved CDS Hooks request (JSON).", exists=True, dir_okay=False, allow_dash=True
        ),
    ],
    rules: Annotated[Path, typer.Option(help="Folder of the rules.")] = Path("rules"),
    overlay: OverlayOption = None,
    min_status: MinStatusOption = MinStatus.ACTIVE,
    service: Annotated[str, typer.Option(help="Id of the service.")] = "facial-twitching",
    now: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"],
            metavar="TIME",
            help="Time of the call (ISO 8601; UTC where no offset is given), else the present.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Explain a saved CDS Hooks request, without a server."""
    engine = Engine(load_or_exit(rules, overlay=overlay, min_status=min_status))
    body = sys.stdin.buffer.read() if str(request) == "-" else request.read_bytes()
    answer = _answer(engine, service, body, _aware(now))
    cards = msgspec.to_builtins(answer.cards)
    if json:
        document = {"cards": cards, "assessment": trace(answer.assessment)}
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(document), indent=2))
        sys.stdout.buffer.write(b"\n")
        return
    console = Console()
    show_assessment(answer.assessment, console)
    show_cards(list(cards), console)


def _aware(now: datetime | None) -> datetime:
    """In UTC, which a time without an offset is taken for."""
    if now is None:
        return datetime.now(UTC)
    return now.astimezone(UTC) if now.tzinfo else now.replace(tzinfo=UTC)


def _answer(engine: Engine, service_id: str, body: bytes, now: datetime) -> Answer:
    """Answer the request as the service would, or say why it cannot be answered."""
    known = engine.bundle.services.get(service_id)
    if known is None:
        typer.echo(
            f"no service {service_id}; there is: {', '.join(engine.bundle.services)}", err=True
        )
        raise typer.Exit(2)
    try:
        return engine.answer(service_id, take(split(body), known).call, now, in_full=True)
    except Refusal as error:
        for issue in error.issues:
            typer.echo(f"{error.status.value}: {issue.diagnostics}", err=True)
        raise typer.Exit(1) from None
    except DataMissing as error:
        typer.echo(f"412: no source of the presenting finding answered: {error}", err=True)
        raise typer.Exit(1) from None
