"""A request that is under way while rules are swapped finishes on those it began with."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import httpx
from starlette.requests import Request
from starlette.responses import Response

from tests.api.fhir_access.fhir_server import fhir_server, json_response
from tests.api.reload.folder import NEW, SAID, Folder
from tests.api.reload.watching import Service, until
from tests.hiccups.call import SERVICE, request

SYMPTOMS = "Observation?patient=p1&category=survey,exam&_sort=-date&_count=100"


def test_it_finishes_on_the_rules_it_began_with(service: Service, folder: Folder) -> None:
    body = request("Hiccups")
    fetched = body["prefetch"].pop("symptoms")
    before, release = service.revision, Event()

    async def answer_late(asked: Request) -> Response:
        while not release.is_set():
            await asyncio.sleep(0.01)
        return json_response(fetched)

    def call() -> httpx.Response:
        return httpx.post(f"{service.client.base_url}{SERVICE}", json=body)

    with fhir_server() as server, ThreadPoolExecutor(1) as pool:
        server.answers[SYMPTOMS] = answer_late
        body["fhirServer"] = server.base
        calling = pool.submit(call)
        try:
            until(lambda: bool(server.requests), "nothing was fetched")
            folder.change()
            service.until_served(folder.revision)
        finally:
            release.set()
        (card,) = calling.result().raise_for_status().json()["cards"]
    told = card["extension"]["org.orbicularis.differential"]["revision"]
    assert (told, SAID in card["detail"]) == (before, True)
    assert NEW in service.advice()
