"""All checks, in the order in which they run."""

from collections.abc import Callable, Iterable

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.checks import (
    codes,
    cycles,
    evidence,
    expectations,
    hooks,
    names,
    prefetch,
    ranges,
    ranking,
    red_flags,
    schema_line,
    versions,
    wording,
)
from orbicularis.knowledge.rules import Rules

Check = Callable[[Rules], Iterable[Problem]]

CHECKS: tuple[Check, ...] = (
    names.ids_equal_stems,
    names.names_are_known,
    names.named_rules_are_active,
    names.nothing_is_named_twice,
    names.nothing_names_itself,
    names.something_is_served,
    cycles.nothing_rests_on_itself,
    codes.systems_are_sound,
    codes.codes_are_well_formed,
    codes.answers_are_codes,
    codes.displays_agree,
    codes.keys_stand_once,
    codes.orders_can_be_written,
    evidence.evidence_has_one_direction,
    evidence.evidence_tells_states_apart,
    evidence.requirements_can_be_met,
    ranges.units_are_known,
    ranges.units_convert,
    ranges.ranges_hold_something,
    ranges.present_and_absent_part,
    ranges.laboratory_side_agrees,
    ranges.thresholds_are_plausible,
    red_flags.red_flags_are_urgent,
    red_flags.combinations_can_be_met,
    ranking.ranking_is_complete,
    ranking.ranking_is_ordered,
    wording.summaries_fit,
    wording.phrases_fit_sentences,
    prefetch.templates_are_portable,
    prefetch.templates_are_short,
    prefetch.measurements_have_codes,
    prefetch.queried_codes_are_known,
    prefetch.services_can_speak,
    hooks.hooks_are_spelt_right,
)
"""What makes a bundle unfit to be served."""

TEST_CHECKS: tuple[Check, ...] = (
    expectations.expectations_agree,
    expectations.expected_words_are_known,
    expectations.vignettes_expect_something,
    expectations.names_are_unique,
    expectations.entries_say_something,
    expectations.unreadable_sources_exist,
    expectations.hooks_are_listened_to,
    schema_line.schemas_are_named,
    evidence.causes_can_be_opposed,
    evidence.causes_have_look_alikes,
    evidence.rules_have_tests,
    red_flags.critical_flags_are_founded,
    versions.versions_are_new,
    versions.lock_is_current,
)
"""What concerns vignettes and authors only."""
