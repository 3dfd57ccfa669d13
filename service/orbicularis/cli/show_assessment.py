"""The assessment as tables in the terminal: what was seen, what counted, and why."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from orbicularis.facts.assessment import (
    Assessment,
    CauseResult,
    FindingResult,
    Support,
)
from orbicularis.facts.fact import State

_STATE_STYLE = {State.PRESENT: "green", State.ABSENT: "blue", State.UNKNOWN: "dim"}


def show_assessment(assessment: Assessment, console: Console) -> None:
    """Print sources, findings, red flags, causes and orders, in that order."""
    console.print(_sources(assessment))
    if not assessment.index:
        console.print("No index finding is present and recent: the service stays silent.")
    console.print(_findings(assessment))
    if assessment.red_flags:
        console.print(_red_flags(assessment))
    for result in assessment.causes:
        if result.hidden is None:
            console.print(_evidence(result))
    if assessment.causes:
        console.print(_not_listed(assessment))
        console.print(_orders(assessment))


def _sources(assessment: Assessment) -> Table:
    chart = assessment.chart
    table = _table(f"Data: {chart.resources} resources", "Source", "Answer", "Detail")
    for answer in chart.answers.values():
        table.add_row(escape(answer.key), answer.kind.value, escape(answer.detail or ""))
    for skipped in chart.skipped:
        table.add_row(escape(skipped.reference), "skipped", escape(skipped.reason))
    if chart.of_others:
        table.add_row("", "other patients", f"{chart.of_others} resources ignored")
    return table


def _findings(assessment: Assessment) -> Table:
    table = _table("Findings", "Finding", "State", "From")
    known = [result for result in assessment.findings.values() if _is_telling(result)]
    for result in sorted(known, key=lambda result: (result.state.value, result.finding.id)):
        state = result.state
        facts = [_fact(support) for support in (*result.supports, *result.undecided)]
        table.add_row(
            result.finding.id,
            f"[{_STATE_STYLE[state]}]{state.value}[/]",
            "\n".join(dict.fromkeys(facts)),
        )
    unknown = len(assessment.findings) - len(known)
    table.caption = f"{unknown} further findings are unknown: nothing in the data speaks of them"
    return table


def _is_telling(result: FindingResult) -> bool:
    return result.state is not State.UNKNOWN or bool(result.undecided)


def _fact(support: Support) -> str:
    value = support.value
    parts = [support.fact.reference]
    if value is not None:
        converted = "" if value.corrected is None else f", corrected {value.corrected}"
        parts.append(f"{value.as_sent} = {value.number:.3g} {value.unit}{converted}")
    if support.fact.at is not None:
        parts.append(f"{support.fact.at:%Y-%m-%d %H:%M}")
    parts += [note.value.replace("_", " ") for note in support.notes]
    return escape(" · ".join(parts))


def _red_flags(assessment: Assessment) -> Table:
    table = _table("Red flags", "Red flag", "Fired", "Found", "Missing for it to fire")
    for result in assessment.red_flags:
        fired = f"[red]{result.red_flag.indicator.value}[/]" if result.fired else "no"
        missing = "" if result.fired else _ids(result.missing)
        table.add_row(result.red_flag.id, fired, _ids(result.found), missing)
    return table


def _ids(results: tuple[FindingResult, ...]) -> str:
    return ", ".join(result.finding.id for result in results)


def _evidence(result: CauseResult) -> Table:
    band = result.band.value if result.band else ""
    table = _table(
        f"{result.cause.title}: {band}, score {result.score:.2f} (prior {result.prior:.2f})",
        "Finding", "State", "Counts when", "Strength", "Counted", "Why",
    )  # fmt: skip
    for line in sorted(result.evidence, key=lambda line: -abs(line.counted)):
        rule = line.evidence
        direction = "for" if rule.supports else "against"
        table.add_row(
            rule.finding,
            f"[{_STATE_STYLE[line.finding.state]}]{line.finding.state.value}[/]",
            rule.when.value,
            f"{direction}, {rule.strength.value}",
            f"{line.counted:+.2f}" if line.counted else "",
            line.why.value.replace("-", " "),
        )
    return table


def _not_listed(assessment: Assessment) -> Table:
    table = _table("Causes not listed", "Cause", "Score", "Why")
    for result in assessment.causes:
        if result.hidden is not None:
            because = f": {_ids(result.because)}" if result.because else ""
            why = result.hidden.value.replace("-", " ") + because
            table.add_row(result.cause.id, f"{result.score:.2f}", why)
    return table


def _orders(assessment: Assessment) -> Table:
    table = _table("Orders", "Order", "State", "Asked by", "Because of")
    for result in assessment.orders:
        because = escape(result.because.reference) if result.because else ""
        table.add_row(
            result.order.id,
            result.state.value.replace("-", " "),
            ", ".join(result.asked_by),
            because,
        )
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", show_lines=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
