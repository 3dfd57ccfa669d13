"""What the benchmark is held to: ratios to the bare application in the same run."""

from typing import NamedTuple


class Goal(NamedTuple):
    """Least throughput, by that of the bare application."""

    quiet: float
    twitching: float


THROUGHPUT = {
    10: Goal(0.60, 0.35),
    100: Goal(1.2, 0.9),
    1_000: Goal(1.6, 1.5),
    10_000: Goal(1.6, 1.5),
}
"""By the number of Observations: of charts without and with a facial twitch."""

IRRELEVANT = 0.6
"""Most that a further irrelevant resource may cost, by its ``orjson.loads``."""

MANY_RULES = 1.5
"""Most that a call may cost with ten times the rules, by what it costs with them."""

COLD_START = 2.0
"""Longest cold start, by that of a bare FastAPI application."""

FIRST_CALL = 2.0
"""Longest first call, by the steady median."""

MEMORY_MB = 90.0
"""Most resident memory after charts of 1,000 resources."""

GROWTH_MB = 3.0
"""Most that memory may grow over the last nine tenths of the requests: flat, but for noise."""

TAIL = 5.0
"""Highest p99 by p50 at half the saturation throughput."""
