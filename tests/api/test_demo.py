import subprocess
import sys

from tests.support.patience import PATIENCE_S


def test_the_demonstration_shows_the_whole_way_from_discovery_to_cards() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "orbicularis", "demo"],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    for part in ("1. Discovery", "2. Prefetch", "3. Call", "Hypoparathyroidism (well supported)"):
        assert part in result.stdout
    assert "Answered in" in result.stdout
