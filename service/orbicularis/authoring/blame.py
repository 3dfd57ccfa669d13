"""Which differences an overlay makes: those that the base alone would not show."""

from dataclasses import replace

from orbicularis.authoring.suite import Blame, Case, Report, Result
from orbicularis.authoring.vignettes import run
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.overlay import Overlay
from orbicularis.knowledge.vignette import Expected


def blamed(report: Report, base: Engine, overlay: Overlay) -> Report:
    """Tell of each vignette of the base that fails whether it does so because of the overlay.

    Args:
        report: what came of all vignettes under the overlay.
        base: the engine without it.
        overlay: what it switches off, and which other outcomes it means.
    """
    results = tuple(_blamed(result, base, overlay) for result in report.results)
    return replace(report, results=results)


def _blamed(result: Result, base: Engine, overlay: Overlay) -> Result:
    case = result.case
    if not result.differences or case.file.is_absolute():
        return result  # files of an overlay stand under their absolute path
    if run(case.vignette, case.service, base).differences:
        return result
    return replace(result, overlay=Blame.MEANT if _is_meant(case, overlay) else Blame.OVERLAY)


def _is_meant(case: Case, overlay: Overlay) -> bool:
    if case.vignette.name in overlay.other_outcomes.get(case.file.as_posix(), ()):
        return True
    expected, off = case.vignette.expect, overlay.switch_off
    return not (
        off.causes.keys().isdisjoint(_causes(expected))
        and off.red_flags.keys().isdisjoint(expected.red_flags or ())
    )


def _causes(expected: Expected) -> set[str]:
    """Causes that are expected to be listed."""
    listed = {expected.first} if expected.first is not None else set()
    above = {cause for pair in expected.above for cause in pair}
    return {*listed, *expected.listed, *above, *expected.band}
