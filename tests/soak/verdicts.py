"""What has to hold at the end; each line of the closing table is one of these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from prometheus_client.parser import text_string_to_metric_families

from tests.soak.ledger import Ledger
from tests.soak.process import Look

MOST_GROWTH_MIB = 8.0
MOST_GROWTH = 0.10
"""Of the memory in the second quarter of the run: bodies of 16 MiB leave the allocator with
more than it has to give back, and not all of them came so early."""
NEEDED_MESSAGES = ("rules reloaded", "rules not reloaded", "worker died")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line.

    Attributes:
        name: what had to hold.
        holds: whether it did.
        told: the numbers.
    """

    name: str
    holds: bool
    told: str


def nothing_lost(ledger: Ledger) -> Verdict:
    """Answers are lost with a killed worker alone."""
    told = f"{ledger.missing} of {ledger.total:,}; {ledger.excused} with killed workers"
    return Verdict("answers lost in flight", not ledger.missing, _with(told, ledger.lost))


def nothing_wrong(ledger: Ledger) -> Verdict:
    """Every answer to a good call is, by the byte, what one good edition of the rules gives."""
    told = f"{len(ledger.wrong)}"
    return Verdict("answers of wrong content", not ledger.wrong, _with(told, ledger.wrong))


def no_failure(ledger: Ledger) -> Verdict:
    """No status from 500 on, but for shed load, and for 503 from a service that stops."""
    every = sum(number for status, number in ledger.statuses().items() if status >= 500)
    failed = every - ledger.shed - ledger.farewells
    told = f"{failed}; {ledger.farewells} times 503 while it stopped"
    return Verdict("5xx other than shed load", failed == 0, told)


def shed_properly(ledger: Ledger) -> Verdict:
    """There was more load than is taken, and who was turned away was told when to come again."""
    told = f"{ledger.shed:,} times 503, {ledger.unadvised} without Retry-After"
    return Verdict("load shed", ledger.shed > 0 and not ledger.unadvised, told)


def as_expected(ledger: Ledger) -> Verdict:
    """Each request got a status that it should get, and nothing else was odd."""
    odd = [*ledger.unexpected, *ledger.slips]
    return Verdict("unexpected answers and slips", not odd, _with(f"{len(odd)}", odd))


def flat(name: str, memory: Sequence[float], most_mib: float = MOST_GROWTH_MIB) -> Verdict:
    """Memory in the last quarter of the time is about that in the second.

    Medians, because a body of 16 MiB comes and goes; the first quarter is for warming up.
    """
    quarter = len(memory) // 4
    if not quarter:
        return Verdict(f"memory of {name}", False, "not looked at often enough")
    early, late = median(memory[quarter : 2 * quarter]), median(memory[-quarter:])
    most = max(most_mib, early * MOST_GROWTH)
    told = f"{early:.1f}, then {late:.1f} MiB; at most {max(memory):.0f}"
    return Verdict(f"memory of {name}", late - early <= most, told)


def no_more(name: str, before: int, after: Mapping[int, int], leeway: int = 0) -> Verdict:
    """Each process has no more of it than the first had before there was any call."""
    told = f"{before} before; after: {', '.join(map(str, after.values())) or 'nobody'}"
    holds = bool(after) and all(number <= before + leeway for number in after.values())
    return Verdict(name, holds, told)


def none_undead(after: Mapping[int, Look], left: Sequence[int], code: int) -> Verdict:
    """No zombie while it ran; after its end no process, and a good exit code."""
    zombies = sum(one.state == "Z" for one in after.values())
    told = f"{zombies} zombies; after the end {len(left)} left, exit code {code}"
    return Verdict("processes", not zombies and not left and code == 0, told)


def counts_agree(ledger: Ledger, metrics: str) -> Verdict:
    """The service has counted what clients have: all workers together, the dead included.

    It may have counted more: a call that we left, or whose answer died with a worker.
    """
    counted = counts(metrics)
    missing = {key: n - counted.get(key, 0) for key, n in ledger.counted.items()}
    short = {key: n for key, n in missing.items() if n > 0}
    surplus = sum(counted.values()) - ledger.counted.total()
    may = ledger.abandoned + ledger.excused + ledger.shed
    told = f"{ledger.counted.total():,} here; {surplus} more there, {may} of them may be"
    holds = not short and 0 <= surplus <= may and ledger.counted.total() > 0
    return Verdict("metrics of all workers", holds, told + (f"; missing {short}" if short else ""))


def counts(metrics: str) -> dict[tuple[str, int], int]:
    """Calls and feedback by status, as the service has counted them."""
    named = {
        "orbicularis_requests_total": "call",
        "orbicularis_feedback_requests_total": "feedback",
    }
    found: dict[tuple[str, int], int] = {}
    for family in text_string_to_metric_families(metrics):
        for sample in family.samples:
            if sample.name in named:
                key = named[sample.name], int(sample.labels["status"])
                found[key] = found.get(key, 0) + int(sample.value)
    return found


def tasks(metrics: str) -> dict[int, int]:
    """Asyncio tasks of each worker."""
    return {
        int(sample.labels["pid"]): int(sample.value)
        for family in text_string_to_metric_families(metrics)
        for sample in family.samples
        if sample.name == "orbicularis_tasks"
    }


def log_is_clean(odd: Sequence[str], lines: int) -> Verdict:
    """No traceback, nothing of a patient, nothing but JSON."""
    told = f"{lines:,} lines, {len(odd)} that should not be"
    return Verdict("log", not odd and lines > 0, _with(told, odd))


def faults_told(
    messages: Mapping[str, int], deaths: Sequence[int], ledger: Ledger, orphans: int
) -> Verdict:
    """Every death and reload stands in the log, and whoever had to start with old rules.

    Nobody dies but by our hand.
    """
    kept = messages.get("started with the last good rules", 0)
    killed = [kill.pid for kill in ledger.kills]
    told = f"{len(deaths)} deaths, {len(killed)} of them kills; {kept} started with older rules"
    holds = (
        sorted(deaths) == sorted(killed)
        and kept >= orphans
        and all(messages.get(message, 0) for message in NEEDED_MESSAGES)
    )
    return Verdict("faults in the log, no other deaths", holds, told)


def reloads(editions: int, refusals: int, revisions: Mapping[str, int], wanted: str) -> Verdict:
    """Good editions were served by all, broken ones by none, and the last good one stays."""
    told = f"{editions} good editions, {refusals} broken; in the end {len(revisions)} revision(s)"
    return Verdict("rules", editions > 0 and refusals > 0 and set(revisions) == {wanted}, told)


def _with(told: str, found: Sequence[str]) -> str:
    return told + (f": {'; '.join(found[:3])}" if found else "")
