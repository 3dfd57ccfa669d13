"""Coverage of the rules by their vignettes, as a table in the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from orbicularis.authoring.coverage import Covered, totals


def show_coverage(rows: Sequence[Covered], console: Console) -> None:
    """Print the table, and each thing that was not seen from all its sides."""
    table = Table(title="Coverage", title_justify="left", title_style="bold")
    for column in ("What", "Rules", "Sides", "Seen", "Percent"):
        table.add_column(column, justify="left" if column == "What" else "right")
    for total in totals(rows):
        if total.kind == "all":
            table.add_section()
        table.add_row(
            total.kind,
            str(total.rules),
            str(total.wanted),
            str(total.seen),
            f"{total.percent:.1f}",
        )
    console.print(table)
    for row in rows:
        if row.missing:
            console.print(
                f"not seen: {row.kind} {row.name}: {', '.join(row.missing)}",
                markup=False,
                soft_wrap=True,
            )
