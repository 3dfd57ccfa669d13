"""What came of the vignettes, for a person, a program, and a CI server."""

from collections.abc import Iterator
from html import escape

import msgspec

from orbicularis.authoring.coverage import totals
from orbicularis.authoring.suite import Blame, Report, Result

EXPECTED, GOT = "-", "+"
"""The marks of a line that was expected and of one that came, as in a diff."""


def difference_lines(result: Result) -> Iterator[str]:
    """Yield each point that differs, then what was expected of it and what came."""
    for difference in result.differences:
        yield f"@@ {difference.what} @@"
        yield f"{EXPECTED} {difference.expected}"
        yield f"{GOT} {difference.got}"


def as_json(report: Report) -> str:
    """Return an object with every case and, when all were run, the coverage."""
    document = {
        "passed": len(report.results) - len(report.failed) - len(report.meant),
        "failed": len(report.failed),
        "otherwise_as_the_overlay_means": len(report.meant),
        "cases": [_case(result) for result in report.results],
        "coverage": _coverage(report),
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def _case(result: Result) -> dict[str, object]:
    return {
        "file": result.case.file.as_posix(),
        "line": result.line,
        "name": result.case.vignette.name,
        "passed": not result.differences,
        "differences": result.differences,
        "because_of_overlay": result.overlay is not Blame.NONE,
        "cards": result.cards,
    }


def _coverage(report: Report) -> dict[str, object] | None:
    if report.rows is None:
        return None
    *kinds, whole = totals(report.rows)
    return {
        "percent": round(whole.percent, 2),
        "kinds": {
            total.kind: {"rules": total.rules, "sides": total.wanted, "seen": total.seen}
            for total in kinds
        },
        "not_seen": [
            {"kind": row.kind, "name": row.name, "sides": row.missing}
            for row in report.rows
            if row.missing
        ],
    }


def as_junit(report: Report) -> str:
    """Return the cases in the XML that CI servers read, one suite for each file."""
    files: dict[str, list[Result]] = {}
    for result in report.results:
        files.setdefault(result.case.file.as_posix(), []).append(result)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f"<testsuites {_counts(report.results)}>")
    for file, results in files.items():
        lines.append(f'  <testsuite name="{escape(file)}" {_counts(results)}>')
        for result in results:
            lines += _testcase(file, result)
        lines.append("  </testsuite>")
    lines.append("</testsuites>")
    return "\n".join(lines)


def _counts(results: list[Result] | tuple[Result, ...]) -> str:
    failed = sum(result.failed for result in results)
    meant = sum(result.overlay is Blame.MEANT for result in results)
    return f'tests="{len(results)}" failures="{failed}" errors="0" skipped="{meant}"'


def _testcase(file: str, result: Result) -> Iterator[str]:
    head = f'    <testcase classname="{escape(file)}" name="{escape(result.case.vignette.name)}"'
    if not result.differences:
        yield f"{head}/>"
        return
    yield f'{head} file="{escape(file)}" line="{result.line}">'
    what = ", ".join(difference.what for difference in result.differences)
    said = "\n".join(difference_lines(result))
    if not result.failed:
        yield f'      <skipped message="the overlay means it to: {escape(what)}"/>'
        yield "    </testcase>"
        return
    what += " (because of the overlay)" if result.overlay is Blame.OVERLAY else ""
    yield f'      <failure message="{escape(what)}">{escape(said)}</failure>'
    yield "    </testcase>"
