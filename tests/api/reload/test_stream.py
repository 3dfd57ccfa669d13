"""Requests that go on while rules are edited: none is lost, none fails, each has one revision."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

import httpx

from tests.api.reload.folder import NEW, SAID, Folder
from tests.api.reload.watching import Service
from tests.hiccups.call import SERVICE, request

CLIENTS = 4
THIRD = "Look once more."
SAYINGS = (SAID, NEW, THIRD)


@dataclass
class Seen:
    """What one client saw, in order: the revision that a card names, and what it says."""

    statuses: list[int] = field(default_factory=list)
    revisions: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)


def ask_on(url: httpx.URL, stop: Event) -> Seen:
    """Call again and again until told to stop."""
    seen, body = Seen(), request("Hiccups")
    with httpx.Client(base_url=url) as client:
        while not stop.is_set():
            answer = client.post(SERVICE, json=body)
            seen.statuses.append(answer.status_code)
            (card,) = answer.json()["cards"]
            seen.revisions.append(card["extension"]["org.orbicularis.differential"]["revision"])
            seen.advice.append(next(said for said in (SAID, NEW, THIRD) if said in card["detail"]))
    return seen


def changes(values: list[str]) -> list[str]:
    """The values without repetition: each time that another one came."""
    return [value for at, value in enumerate(values) if at == 0 or values[at - 1] != value]


def test_a_stream_of_requests_during_good_and_bad_edits(service: Service, folder: Folder) -> None:
    stop = Event()
    wanted = [(service.revision, SAID)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        asking = [pool.submit(ask_on, service.client.base_url, stop) for _ in range(CLIENTS)]
        try:
            folder.change()
            wanted.append((folder.revision, NEW))
            service.until_served(folder.revision)
            folder.break_it()
            service.until_refused()
            assert service.revision == wanted[-1][0]
            folder.mend_it()
            folder.change(NEW, THIRD)
            wanted.append((folder.revision, THIRD))
            service.until_served(folder.revision)
        finally:
            stop.set()
        for seen in (one.result() for one in asking):
            assert set(seen.statuses) == {200}
            pairs = list(zip(seen.revisions, seen.advice, strict=True))
            assert set(pairs) <= set(wanted)
            # Never back to older rules.
            assert changes(seen.revisions) == [
                revision for revision, _ in wanted if revision in seen.revisions
            ]
