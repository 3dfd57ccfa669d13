"""Where the rules lie."""

from pathlib import Path

RULES = Path(__file__).parents[3] / "rules"
