"""Coverage of the rules by their vignettes, as a table in the terminal."""

from rich.console import Console
from rich.table import Table

from orbicularis.authoring.coverage import Coverage, Covered


def show_coverage(coverage: Coverage, console: Console) -> float:
    """Print the table, and each thing not seen from all its sides; return the percentage."""
    rows = list(coverage.rows())
    table = Table(title="Coverage", title_justify="left", title_style="bold")
    for column in ("What", "Rules", "Sides", "Seen"):
        table.add_column(column, justify="left" if column == "What" else "right")
    for kind in dict.fromkeys(row.kind for row in rows):
        some = [row for row in rows if row.kind == kind]
        wanted, seen = _sides(some)
        table.add_row(kind, str(len(some)), str(wanted), str(seen))
    console.print(table)
    for row in rows:
        if row.missing:
            console.print(
                f"not seen: {row.kind} {row.name}: {', '.join(row.missing)}", markup=False
            )
    wanted, seen = _sides(rows)
    return 100.0 * seen / wanted if wanted else 100.0


def _sides(rows: list[Covered]) -> tuple[int, int]:
    wanted = sum(len(row.wanted) for row in rows)
    return wanted, wanted - sum(len(row.missing) for row in rows)
