"""The soak in short: everything once, judged by the same code as the long run."""

import asyncio

from tests.api.hostile.table import TABLE
from tests.soak.run import Plan, run

PLAN = Plan(
    seconds=5.0,
    hostile=TABLE[::9],
    patients=15,
    kill_s=60.0,
    edit_s=0.5,
    mood_s=1.0,
    burst_s=2.0,
    stall_s=4.0,
    quiet_s=1.0,
    # In so short a time a worker is still growing: the long run judges that.
    most_growth_mib=200.0,
)


def test_nothing_is_lost_wrong_or_left_behind() -> None:
    ran = asyncio.run(run(PLAN))
    assert [verdict for verdict in ran.verdicts if not verdict.holds] == []
    kinds = {kind.partition(":")[0] for kind, _ in ran.ledger.answers}
    assert kinds == {"good", "fhir", "bad", "pieces", "stalled", "burst", "hostile"}
    assert ran.ledger.kills
    assert ran.ledger.abandoned
