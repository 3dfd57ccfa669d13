"""A service that watches its rules, and waiting for what it makes of them."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from orbicularis.api.app import create_app
from orbicularis.api.serving import serving_of
from orbicularis.api.settings import Settings
from tests.api.live import running
from tests.hiccups.call import SERVICE, request
from tests.support.patience import PATIENCE_S


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for something that must come; how long it takes is not measured."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.02)


@dataclass(frozen=True)
class Service:
    """A running service, as a client sees it."""

    client: httpx.Client

    def ready(self) -> dict[str, Any]:
        told: dict[str, Any] = self.client.get("/readyz").raise_for_status().json()
        return told

    @property
    def revision(self) -> str:
        return str(self.ready()["bundle"]["revision"])

    @property
    def reload(self) -> dict[str, Any]:
        told: dict[str, Any] = self.ready()["reload"]
        return told

    def advice(self) -> str:
        """What the only card of the sample call says."""
        answer = self.client.post(SERVICE, json=request("Hiccups")).raise_for_status().json()
        (card,) = answer["cards"]
        return str(card["detail"])

    def until_served(self, revision: str) -> None:
        until(lambda: self.revision == revision, "the new rules are not served")

    def until_refused(self) -> None:
        until(lambda: bool(self.reload["stale"]), "the broken rules were not seen")


@contextmanager
def watching(rules: Path, overlay: Path | None = None) -> Iterator[Service]:
    """Serve a folder, and what is laid over it; FHIR servers have all the time they want."""
    settings = Settings(rules=rules, overlay=overlay, reload_rules=True, fhir_timeout_s=30)
    app = create_app(serving_of(settings).engine, settings)
    with running(app) as url, httpx.Client(base_url=url) as client:
        yield Service(client)
