"""What came of the mutants, for a person and for a program."""

from collections.abc import Iterator

import msgspec

from orbicularis.authoring.effects import Told
from orbicularis.authoring.mutation import Verdict
from orbicularis.authoring.mutation_summary import Summary


def survivor_lines(verdict: Verdict) -> Iterator[str]:
    """Yield what was changed, whom it could have touched, and what would notice."""
    mutant = verdict.mutant
    yield f"{mutant.kind.value}: {mutant.name}"
    if verdict.unsaid is not None:
        case = verdict.unsaid.case
        yield f'unsaid: {case.file.as_posix()}, "{case.vignette.name}", comes out otherwise:'
        before, after = _difference(verdict.unsaid.before, verdict.unsaid.after)
        yield f"  {before}; changed: {after}"
    elif verdict.touched:
        yield f"seen by {verdict.touched} vignettes, all of which come out the same"
    else:
        yield "no vignette has such a patient"
    yield f"would notice: {mutant.hint}"


def _difference(before: Told, after: Told) -> tuple[str, str]:
    """Say the first thing that differs, on both sides."""
    for name in Told.__dataclass_fields__:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            return f"{name.replace('_', ' ')} {_said(was)}", _said(now)
    return "", ""


def _said(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value) or "none"


def as_json(summary: Summary) -> str:
    """Return an object with the score, the counts, and every survivor."""
    *kinds, whole = summary.counts()
    document = {
        "score": round(whole.percent, 2),
        "changes": whole.changes,
        "noticed": whole.noticed,
        "explained": whole.explained,
        "survived": whole.survived,
        "kinds": {
            count.what: {
                "changes": count.changes,
                "noticed": count.noticed,
                "explained": count.explained,
                "survived": count.survived,
            }
            for count in kinds
        },
        "survivors": [_survivor(verdict) for verdict in summary.survivors],
        "explained_survivors": [
            {**_place(verdict), "why": why} for verdict, why in summary.accepted
        ],
        "outdated_explanations": [_place(verdict) for verdict in summary.outdated],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def _place(verdict: Verdict) -> dict[str, object]:
    mutant = verdict.mutant
    return {
        "rule": mutant.of,
        "file": mutant.file,
        "line": mutant.line,
        "column": mutant.column,
        "kind": mutant.kind.value,
        "change": mutant.name,
    }


def _survivor(verdict: Verdict) -> dict[str, object]:
    unsaid = verdict.unsaid
    return {
        **_place(verdict),
        "touched": verdict.touched,
        "would_notice": verdict.mutant.hint,
        "unsaid": None
        if unsaid is None
        else {"file": unsaid.case.file.as_posix(), "name": unsaid.case.vignette.name},
    }
