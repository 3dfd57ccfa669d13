"""Where the time of a call goes, as a sampling profiler sees it (pyinstrument)."""

import gc
from collections import defaultdict
from datetime import UTC, datetime

from pyinstrument import Profiler
from pyinstrument.frame import Frame

from orbicularis.api import envelope, intake
from orbicularis.engine.engine import Engine
from tests.bench.encoding import encode

_CALLS = 2_000
_INTERVAL_S = 0.0001
_STAGES = {
    "api/envelope.py": "decode",
    "api/intake.py": "decode",
    "fhir/source.py": "scan",
    "fhir/intake.py": "scan",
    "fhir/reader.py": "facts",
    "reasoning/assess.py": "ranking",
    "reasoning/findings.py": "findings",
    "reasoning/fact_index.py": "findings",
    "cards/compose.py": "cards",
    "bench/encoding.py": "encode",
}
"""The innermost of these files that a sample lies in tells its stage."""

NAMES = ("decode", "scan", "facts", "findings", "ranking", "cards", "encode")


def shares(engine: Engine, body: bytes, calls: int = _CALLS) -> dict[str, float]:
    """Share of each stage, in process and without HTTP; the rest is glue between them."""
    service = engine.bundle.services["facial-twitching"]

    def once() -> None:
        asked = intake.take(envelope.split(body), service)
        encode(engine.answer(service.id, asked.call, datetime.now(UTC)).cards)

    for _ in range(20):
        once()
    gc.collect()
    profiler = Profiler(interval=_INTERVAL_S)
    with profiler:
        for _ in range(calls):
            once()
    session = profiler.last_session
    root = session.root_frame() if session else None
    seconds: dict[str, float] = defaultdict(float)
    if root is not None:
        _add(root, "glue", seconds)
    total = sum(seconds.values()) or 1.0
    return {stage: seconds[stage] / total for stage in NAMES}


def _add(frame: Frame, stage: str, seconds: dict[str, float]) -> None:
    path = frame.file_path or ""
    stage = next((name for file, name in _STAGES.items() if path.endswith(file)), stage)
    seconds[stage] += frame.total_self_time
    for child in frame.children:
        if not child.is_synthetic:  # such a one stands for the self time of its parent
            _add(child, stage, seconds)
