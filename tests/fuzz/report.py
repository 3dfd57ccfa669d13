"""What fuzzing came to, as a table."""

from dataclasses import dataclass

from rich.table import Table

from tests.fuzz.tally import Counts


@dataclass(frozen=True)
class Row:
    """The numbers of one target.

    Attributes:
        target: its name.
        seconds: how long it was fuzzed.
        counts: what its processes counted.
        coverage: edges, features and inputs of the corpus.
        crashes: inputs that were written down.
    """

    target: str
    seconds: float
    counts: Counts
    coverage: tuple[int, int, int]
    crashes: int


def table(rows: list[Row]) -> Table:
    """One line for each target."""
    made = Table(title="Fuzzing", title_justify="left")
    for name in ("target", "seconds", "executions", "exec/s", "corpus", "edges", "features"):
        made.add_column(name, justify="left" if name == "target" else "right")
    made.add_column("answers by status")
    made.add_column("slowest", justify="right")
    made.add_column("crashes", justify="right")
    for row in rows:
        edges, features, corpus = row.coverage
        made.add_row(
            row.target,
            f"{row.seconds:.0f}",
            f"{row.counts.runs:,}",
            f"{row.counts.runs / max(row.seconds, 1):,.0f}",
            f"{corpus:,}",
            f"{edges:,}",
            f"{features:,}",
            ", ".join(f"{status}: {n:,}" for status, n in sorted(row.counts.answers.items())),
            f"{row.counts.slowest_s * 1000:.0f} ms ({row.counts.slowest_bytes:,} bytes)",
            str(row.crashes),
        )
    return made
