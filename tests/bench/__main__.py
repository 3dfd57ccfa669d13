"""``python -m tests.bench``: measure, print the tables, and record them where that is asked."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load as load_rules
from tests.bench import charts, goals, irrelevant, load, many_rules, report, rounds, stages, start
from tests.bench.memory import memory
from tests.bench.server import LOAD_CORE, ROOT, SERVER_CORE, Server, running

README = Path(__file__).with_name("README.md")
_MARK = "<!-- results -->\n"


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured."""

    sizes: tuple[int, ...]
    rounds: int
    seconds: float
    requests: int


_FULL = Effort(charts.SIZES, 5, 3, 100_000)
_QUICK = Effort(charts.SIZES[:3], 2, 1, 10_000)


def main() -> None:
    """Run the benchmark."""
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="less of everything: a few minutes")
    options.add_argument("--record", action="store_true", help="write the tables into the README")
    options.add_argument(
        "--peer", type=Path, metavar="PYTHON", help="measure HealthChain too, with this interpreter"
    )
    asked = options.parse_args()
    _require()
    parts = []
    with TemporaryDirectory() as folder:
        effort = _QUICK if asked.quick else _FULL
        for part in _parts(effort, Path(folder), asked.peer):
            sys.stdout.write(f"{part}\n\n")
            sys.stdout.flush()
            parts.append(part)
    if asked.record:
        head = README.read_text().partition(_MARK)[0]
        README.write_text(head + _MARK + "\n" + "\n\n".join(parts) + "\n")


def _require() -> None:
    if sys.platform != "linux":
        sys.exit("The benchmark reads processor time and memory from /proc: Linux only.")
    if not load.available():
        sys.exit(load.HINT)
    if SERVER_CORE == LOAD_CORE:
        sys.exit("Two processor cores are needed: one for the server, one for the load.")


def _parts(effort: Effort, folder: Path, peer: Path | None) -> Iterator[str]:
    bodies = {
        (size, twitching): _file(folder, size, twitching=twitching)
        for size in effort.sizes
        for twitching in (False, True)
    }
    yield report.machine()
    engine = Engine(load_rules(ROOT / "rules"))
    service, bare = Server.service(), Server.bare()
    with running(service, bare):
        seen = {key: _compared(service, bare, *key, body, effort) for key, body in bodies.items()}
        yield report.table(
            report.THROUGHPUT_HEADS,
            [
                report.throughput(size, twitching, one, bodies[size, twitching].stat().st_size)
                for (size, twitching), one in seen.items()
            ],
        )
        tails = [
            report.tail(size, _half(service, bodies[size, True], seen[size, True], effort))
            for size in effort.sizes
            if size <= 1_000
        ]
    if peer is not None:
        yield _peer(peer, bodies, effort)
    others = list(_others(effort, bodies, engine))
    yield report.table(("what", "measured", "goal"), [*tails, *others])
    yield _stages(engine, bodies, effort)


def _file(folder: Path, size: int, *, twitching: bool) -> Path:
    file = folder / f"{size}-{twitching}.json"
    file.write_bytes(charts.request(size, twitching=twitching))
    return file


def _compared(
    service: Server, bare: Server, size: int, twitching: bool, body: Path, effort: Effort
) -> rounds.Compared:
    is_huge = size > 1_000
    return rounds.compare(
        service,
        bare,
        body,
        rounds=effort.rounds,
        seconds=effort.seconds * (3 if is_huge else 1),
        connections=2 if is_huge else 8,
    )


def _peer(python: Path, bodies: dict[tuple[int, bool], Path], effort: Effort) -> str:
    """A peer beside the bare application; the charts without a twitch, for it has no rules."""
    bare, peer = Server.bare(), Server.peer(python)
    with running(bare, peer):
        seen = {
            size: rounds.compare(peer, bare, body, rounds=1, seconds=10, connections=1)
            for (size, twitching), body in bodies.items()
            if not twitching and size <= 1_000
        }
    return report.table(
        ("Observations", "HealthChain: calls/s", "CPU ms", "throughput by that of bare"),
        [report.peer(size, one) for size, one in seen.items()],
    )


def _half(service: Server, body: Path, seen: rounds.Compared, effort: Effort) -> load.Load:
    saturated = seen.service[-1].load.per_s
    seconds = effort.seconds * 4
    return rounds.latency(service, body, per_s=saturated / 2, seconds=seconds, users=32)


def _others(
    effort: Effort, bodies: dict[tuple[int, bool], Path], engine: Engine
) -> Iterator[list[str]]:
    small = bodies[10, True]
    ratio = irrelevant.cost(engine, effort.rounds)
    what = "one more irrelevant resource, by its orjson.loads"
    yield report.other(what, ratio, goals.IRRELEVANT)
    ratio = irrelevant.cost(engine, effort.rounds, unseen=True)
    yield report.other(f"{what}, its code never seen before", ratio, goals.IRRELEVANT)
    for kind, body in (("no facial twitching", bodies[10, False]), ("differential", small)):
        what = f"CPU per call with {many_rules.TIMES} times the causes and findings ({kind})"
        yield report.other(what, _many_rules(body, effort), goals.MANY_RULES)
    cold = start.starts(small.read_bytes(), effort.rounds)
    what = "cold start to first discovery, by a bare FastAPI application"
    told = f"{cold.service_s:.2f} s by {cold.bare_s:.2f} s"
    yield report.other(what, cold.service_s / cold.bare_s, goals.COLD_START, told)
    told = f"{cold.first_ms:.2f} ms by {cold.steady_ms:.2f} ms"
    ratio = cold.first_ms / cold.steady_ms
    yield report.other("first call, by the steady median", ratio, goals.FIRST_CALL, told)
    used = memory(bodies[1_000, True], small, effort.requests)
    told = f"{used.started:.0f} MB when started"
    what = "resident memory in MB after charts of 1,000"
    yield report.other(what, used.large, goals.MEMORY_MB, told)
    what = f"its growth in MB from {used.requests // 10:,} to {used.requests:,} calls"
    told = f"{used.early:.1f} to {used.late:.1f} MB"
    yield report.other(what, used.late - used.early, goals.GROWTH_MB, told)


def _many_rules(body: Path, effort: Effort) -> float:
    few, many = Server.service(), Server.many_rules()
    with running(few, many):
        seen = rounds.compare(
            many, few, body, rounds=effort.rounds, seconds=effort.seconds, connections=8
        )
    return 1 / seen.cpu_ratio


def _stages(engine: Engine, bodies: dict[tuple[int, bool], Path], effort: Effort) -> str:
    rows = []
    for (size, twitching), body in bodies.items():
        if size <= 1_000:
            found = stages.shares(engine, body.read_bytes(), max(20, 4_000 * effort.rounds // size))
            kind = "differential" if twitching else "no facial twitching"
            rows.append([f"{size:,}", kind, *(f"{found[name]:.0%}" for name in stages.NAMES)])
    return report.table(("Observations", "chart", *stages.NAMES), rows)


if __name__ == "__main__":
    main()
