"""What clients have sent, and what became of it; of any length of run it keeps the same."""

from collections import Counter
from collections.abc import Callable, Container
from dataclasses import dataclass, field

from tests.soak.wire import Reply

MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Kill:
    """A worker that was killed.

    Attributes:
        at: when, on the monotonic clock.
        pid: which.
        ports: our ends of all connections that it had taken; read while it stood still.
        broken: whether the rules in the folder were broken then.
    """

    at: float
    pid: int
    ports: frozenset[int]
    broken: bool = False


@dataclass(slots=True)
class Ledger:
    """Counts of everything, and the first few of whatever is wrong.

    Attributes:
        answers: by kind of request and status.
        counted: of calls and feedback, as the service's own metrics should count them.
        shed: answers with 503 because there was too much at once.
        stopping: whether the service was told to stop.
        farewells: answers with 503 for another reason, once it was.
        abandoned: requests that we left before the answer.
        excused: answers lost with the worker that was killed.
        missing: answers lost without such a reason.
        lost: the first of them.
        whose: tells who has a connection from that port.
        wrong: answers with another content than the rules give.
        suspect: the same of calls for which the FHIR server had to be asked, by request id: its
            answers may have come too late, which the service then tells.
        unexpected: answers with a status that this request should not get.
        unadvised: answers of shed load that did not say when to come again.
        kills: workers that were killed.
        slips: whatever else was not as it has to be.
    """

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    counted: Counter[tuple[str, int]] = field(default_factory=Counter)
    shed: int = 0
    stopping: bool = False
    farewells: int = 0
    abandoned: int = 0
    excused: int = 0
    missing: int = 0
    whose: Callable[[int], str] = lambda port: ""
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    suspect: dict[str, str] = field(default_factory=dict)
    unexpected: list[str] = field(default_factory=list)
    unadvised: int = 0
    kills: list[Kill] = field(default_factory=list)
    slips: list[str] = field(default_factory=list)

    def answered(self, kind: str, sent: bytes, reply: Reply, allowed: frozenset[int]) -> None:
        """An answer came."""
        self.answers[kind, reply.status] += 1
        if reply.is_shed:
            self.shed += 1
            self.unadvised += "retry-after" not in reply.fields
        elif reply.status == 503 and self.stopping:
            self.farewells += 1
        elif reply.status not in allowed:
            tell(self.unexpected, f"{kind}: {reply.status}")
        what = _counted_as(sent)
        if what and reply.status not in (405, 503) and "x-request-id" in reply.fields:
            self.counted[what, reply.status] += 1

    def none_came(self, kind: str, port: int, opened: float, why: str = "") -> None:
        """An answer was lost, on a connection from that port, opened at that time."""
        if any(port in kill.ports and opened <= kill.at for kill in self.kills):
            self.excused += 1
        else:
            self.missing += 1
            tell(self.lost, f"{kind}: {why} {self.whose(port)}".rstrip())

    def clear(self, unfetched: Container[str]) -> None:
        """Judge the suspects, by the ids of calls for which not all could be fetched."""
        for request_id, what in self.suspect.items():
            if request_id not in unfetched:
                tell(self.wrong, what)
        self.suspect.clear()

    @property
    def total(self) -> int:
        """Answers in all."""
        return sum(self.answers.values())

    def statuses(self) -> Counter[int]:
        """Answers by status."""
        found: Counter[int] = Counter()
        for (_, status), number in self.answers.items():
            found[status] += number
        return found


def tell(told: list[str], what: str) -> None:
    """Add it, unless there are many already."""
    if len(told) < MOST_TOLD:
        told.append(what)


def _counted_as(sent: bytes) -> str | None:
    """Under which metric the service counts this request."""
    path = sent.partition(b" HTTP/")[0]
    if not path.startswith(b"POST /cds-services/"):
        return None
    return "feedback" if path.endswith(b"/feedback") else "call"
