import re
import subprocess
import sys
from pathlib import Path

CONFIG = Path("tests/contract/schemathesis.toml")
DOCUMENT = Path("openapi/orbicularis.json")
LEAST_CASES = 500


def test_the_service_keeps_to_the_committed_document(base_url: str, tmp_path: Path) -> None:
    """Every phase and every check of schemathesis, over a real socket."""
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG.resolve())]
    command += ["run", str(DOCUMENT.resolve()), "--url", base_url, "--checks", "all", "--no-color"]
    result = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    cases = re.search(r"(\d+) generated, (\d+) passed", result.stdout)
    assert cases is not None, result.stdout
    assert cases[1] == cases[2]
    assert int(cases[1]) >= LEAST_CASES
