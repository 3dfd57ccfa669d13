"""Keys and values that a rule cannot have, one change each."""

from tests.knowledge.builder import (
    CAUSE,
    FLAG,
    LONG,
    LOW,
    ORDER,
    SERVICE,
    SIGNS,
    SYSTEMS,
    TEST,
    TETANY,
    TETANY_BY,
    WELL,
    Case,
)

YEARS = "{age_years: 40}"
HEAD = (WELL, "- ^name: an empty chart")

CASES = (
    Case("K201", CAUSE, "prior: uncommon", "prior: uncommon\n^prioor: rare"),
    Case("K201", LOW, "laboratory_range: low", "^labratory_range: low"),
    Case("K201", FLAG, "{unless_present: adult}", "{unless_present: adult, ^x: 1}"),
    Case("K201", LONG, "of: [cramp, tetany]", "of: [cramp, tetany]\n          ^out: [cramp]"),
    Case("K202", CAUSE, "prior: uncommon\n", "", (CAUSE, "^id: hypocalcaemia")),
    Case("K202", CAUSE, "    reason: tetany is its sign\n", "", (CAUSE, "^finding: tetany")),
    Case("K202", SERVICE, "    label: Order {order}\n", "", (SERVICE, '^description: "{order}')),
    Case("K202", LOW, "          unit: mg/dL\n", "", (LOW, "- ^measurement: calcium\n")),
    Case("K202", ORDER, "references: [made-up-2026]\n", "", (ORDER, "^id: calcium")),
    Case("K203", CAUSE, "title: Hypocalcaemia", "title: ^5"),
    Case("K203", SIGNS, '"55300003"', "^55300003"),
    Case("K203", CAUSE, "version: 1", 'version: ^"1"'),
    Case("K203", CAUSE, "version: 1", "version: ^1.5"),
    Case("K203", CAUSE, "requires: [cramp]", "requires: ^cramp"),
    Case("K203", CAUSE, "workup:\n  first: [calcium]", "workup: ^[calcium]"),
    Case("K203", TEST, "value: 7.1 mg/dL", "value: ^7.1"),
    Case("K204", CAUSE, "prior: uncommon", "prior: ^uncomon"),
    Case("K204", SYSTEMS, "check_digit: luhn", "check_digit: ^lun"),
    Case("K204", SERVICE, "{common: 0.2, uncommon", "{^comon: 0.2, uncommon"),
    Case("K205", CAUSE, "version: 1", "version: ^0"),
    Case("K205", FLAG, "references: [made-up-2026]", "references: ^[]"),
    Case("K205", CAUSE, "advice: Measure calcium.", 'advice: ^" "'),
    Case("K205", TEST, "- [hypocalcaemia, plain-cramp]", "- ^[hypocalcaemia]"),
    Case("K205", SERVICE, "{well_supported: 1,", "{well_supported: ^-1,"),
    Case("K206", CAUSE, "requires: [cramp]", "requires: [^Cramp Leg]"),
    Case("K206", SERVICE, "  symptoms:\n", "  ^Symptoms:\n"),
    Case("K207", ORDER, "lasts: PT24H", "lasts: ^24"),
    Case("K207", ORDER, "lasts: PT24H", "lasts: ^a day or so"),
    Case("K208", CAUSE, "reviewed: 2026-02-03", "reviewed: ^spring"),
    Case(
        "K209",
        CAUSE,
        "    for: strong\n    reason: tet",
        "    reason: tet",
        (CAUSE, "^finding: tetany"),
    ),
    Case("K209", LOW, "{below: 8.5}", "^{}"),
    Case("K209", TETANY, TETANY_BY, "- draft: ^{}"),
    Case("K209", WELL, YEARS, "{}\n    drafts: [{order: {text: a}}]", HEAD),
    Case("K209", WELL, YEARS, "{}\n    new_problems: [{text: a}]", HEAD),
    Case(
        "K209",
        WELL,
        YEARS,
        "{}\n    hook: order-sign\n    drafts: [{order: {text: a}, selected: true}]",
        HEAD,
    ),
    Case(
        "K209",
        WELL,
        YEARS,
        "{}\n    hook: order-sign\n    drafts: [^{selected: false}]",
    ),
    Case("K210", LONG, "- not: adult", "- ^none: adult"),
    Case("K210", FLAG, "{unless_present: adult}]", "^3]"),
)

PROMPTS = (
    Case("K211", CAUSE, "advice: Measure calcium.", "advice: ^<fill in what to do>"),
    Case("K211", CAUSE, "prior: uncommon", "prior: ^<choose common, uncommon or rare>"),
    Case("K211", CAUSE, "version: 1", "version: ^<fill in a number>"),
    Case("K211", CAUSE, "finding: tetany", "finding: ^<fill in the id\n      of a finding>"),
    Case("K211", TEST, "value: true, site", "value: ^<choose true or false>, site"),
)
"""Prompts are words, which a JSON Schema allows where any words may stand."""
