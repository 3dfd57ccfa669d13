"""``orbicularis demo``: what an EHR does, from discovery to cards, against a real server."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console

from orbicularis.cli.ehr import Ehr
from orbicularis.cli.port import free_port
from orbicularis.cli.render import show_cards
from orbicularis.cli.sample import Resource, sample_request

_START_SECONDS = 30.0
_TIMED_CALLS = 20


def demo(
    rules: Annotated[Path, typer.Option(help="Folder of the rules.")] = Path("rules"),
) -> None:
    """Start the service, call it as an EHR would, and print the cards."""
    console = Console(highlight=False)
    with _server(rules) as url, httpx.Client(base_url=url, timeout=10) as client:
        console.print(f"[bold]1. Discovery[/]  GET {url}/cds-services")
        services = client.get("/cds-services").raise_for_status().json()["services"]
        hook = sample_request()["hook"]
        service = next(one for one in services if one["hook"] == hook)
        console.print(f"   {service['id']} on {service['hook']}: {service['title']}")
        request = _request(service, console)
        path = f"/cds-services/{service['id']}"
        console.print(f"[bold]3. Call[/]  POST {url}{path}")
        _show_chart(request, console)
        response = client.post(path, json=request).raise_for_status()
        seconds = _median_seconds(client, path, request)
        show_cards(response.json()["cards"], console)
        console.print(
            f"Answered in {1000 * seconds:.1f} ms over HTTP (median of {_TIMED_CALLS} calls)."
        )


def _request(service: dict[str, Any], console: Console) -> dict[str, Any]:
    """Resolve the service's prefetch templates over the sample chart, as an EHR does."""
    sample = sample_request()
    ehr = Ehr(_resources(sample["prefetch"]))
    context = sample["context"]
    prefetch = ehr.resolve(service["prefetch"], context)
    console.print("[bold]2. Prefetch[/]  templates resolved by a small EHR")
    for key, answer in prefetch.items():
        found = answer.get("total", 1)
        console.print(f"   {key}: {found} resource{'s' if found != 1 else ''}")
    return {
        "hook": service["hook"],
        "hookInstance": sample["hookInstance"],
        "context": context,
        "prefetch": prefetch,
    }


def _resources(prefetch: dict[str, Resource]) -> list[Resource]:
    """Every resource of the sample, whatever key it stands under."""
    found = []
    for answer in prefetch.values():
        if answer["resourceType"] == "Bundle":
            found += [entry["resource"] for entry in answer.get("entry", ())]
        else:
            found.append(answer)
    return found


def _show_chart(request: dict[str, Any], console: Console) -> None:
    """Print the chart in brief: what each resource says, in one line."""
    for resource in _resources(request["prefetch"]):
        console.print(f"   {_in_brief(resource)}", markup=False)


def _in_brief(resource: Resource) -> str:
    kind = resource["resourceType"]
    if kind == "Patient":
        return f"Patient: born {resource['birthDate']}, {resource['gender']}"
    concept: Any = next((resource[key] for key in _CONCEPTS if key in resource), {})
    if isinstance(concept, list):
        concept = concept[0]
    words = concept.get("text") or next((one["display"] for one in concept.get("coding", ())), "")
    words = words or resource.get("status", "")
    quantity = resource.get("valueQuantity")
    value = f" {quantity['value']} {quantity['unit']}" if quantity else ""
    date = next((resource[key] for key in _DATES if key in resource), "")
    return f"{kind}: {words}{value}  {date[:10]}".rstrip()


_CONCEPTS = ("code", "medicationCodeableConcept", "reasonCode")
_DATES = ("effectiveDateTime", "performedDateTime", "onsetDateTime", "authoredOn")


def _median_seconds(client: httpx.Client, path: str, request: dict[str, Any]) -> float:
    times = []
    for _ in range(_TIMED_CALLS):
        started = time.perf_counter()
        client.post(path, json=request).raise_for_status()
        times.append(time.perf_counter() - started)
    return sorted(times)[_TIMED_CALLS // 2]


@contextmanager
def _server(rules: Path) -> Iterator[str]:
    """A server of its own on a free loopback port, stopped when the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "orbicularis", "serve", "--port", str(port)]
    command += ["--rules", str(rules)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_until_ready(url, process)
            yield url
        finally:
            process.terminate()


def _wait_until_ready(url: str, process: subprocess.Popen[str]) -> None:
    """Wait for readiness; say what the server said when it does not come up."""
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            typer.echo(process.stderr.read() if process.stderr else "", err=True)
            raise typer.Exit(1)
        try:
            if httpx.get(f"{url}/readyz", timeout=1).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    typer.echo("the service did not become ready", err=True)
    raise typer.Exit(1)
