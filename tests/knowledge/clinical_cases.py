"""Rules that are well written and yet make no sense, one change each."""

from tests.knowledge.builder import (
    ADULT,
    CALCIUM,
    CAUSE,
    CORRECTED,
    CRAMP,
    FLAG,
    LABORATORY,
    LANGUAGE,
    LONG,
    LOW,
    ORDER,
    PLAIN,
    SERVICE,
    SIGNS,
    SYSTEMS,
    Case,
)

CODES = (
    Case("K401", LABORATORY, "code: 2000-8", "code: ^LP2000-8"),
    Case("K401", LANGUAGE, '"SCT|55300003"', '^"SCT|0"'),
    Case("K402", LABORATORY, "code: 2000-8", "code: ^2000-9"),
    Case("K402", SIGNS, '"10629009"', '^"10629008"'),
    Case("K402", LANGUAGE, '"SCT|55300003"', '^"SCT|55300004"'),
    Case(
        "K403",
        SIGNS,
        "by a coarse code\n    codes:\n      - {system: ICD10CM, code: R25.2, display: Cramp and",
        "by a coarse code\n    codes:\n      - {system: ICD10CM, code: R25.2, display: ^A",
    ),
    Case(
        "K404",
        LABORATORY,
        "- system: LOINC\n        code: 2000-8\n        display: Calcium [Moles/volume]",
        "- system: LOINC\n        code: 17861-6\n        display: Calcium [Mass/volume]",
        (LABORATORY, "verified_in: tests\n      - ^system"),
    ),
    Case(
        "K405",
        LABORATORY,
        "  albumin-mass:",
        "  tetany: {preferred_term: a, codes: [{system: LOINC, code: 1751-7, verified_in: tests,"
        " display: 'Albumin [Mass/volume] in Serum or Plasma'}]}\n  albumin-mass:",
        (SIGNS, "^tetany:"),
    ),
    Case("K406", ORDER, "code: calcium-total", "code: ^cramp-coarse"),
    Case("K407", SYSTEMS, "[https://loinc.org]", "[^http://snomed.info/sct]"),
    Case("K408", SYSTEMS, "'[0-9]{1,7}-[0-9]'", "^'[0-9'"),
    Case("K409", LANGUAGE, '"SCT|55300003"', '^"55300003"'),
)

MEANING = (
    Case("K501", PLAIN, "finding: tetany\n    against", "finding: ^cramp\n    against"),
    Case(
        "K502",
        CAUSE,
        "finding: low-calcium\n    for",
        "finding: tetany\n    for",
        (CAUSE, "[made-up-2026]\n  - finding: ^tetany"),
    ),
    Case("K503", LOW, "absent: {at_least: 8.8}", "absent: ^{at_least: 8.4}"),
    Case("K503", LOW, "absent: {at_least: 2.1}", "absent: ^{above: 1.9, below: 3}"),
    Case("K504", ADULT, "{at_least: 18}", "^{at_least: 18, below: 18}"),
    Case("K504", CALCIUM, "{at_least: 0.5, at_most: 5}", "^{at_least: 5, at_most: 0.5}"),
    Case("K505", LOW, "unit: mg/dL", "unit: ^mg per dL"),
    Case("K505", CALCIUM, "unit: mmol/L", "unit: ^mmol/l"),
    Case("K505", CALCIUM, "display_units: [mg/dL]", "display_units: [^mg/gallon]"),
    Case("K506", CORRECTED, "albumin_unit: g/L", "albumin_unit: ^mm[Hg]"),
    Case("K506", CALCIUM, "display_units: [mg/dL]", 'display_units: [^"mm[Hg]"]'),
    Case(
        "K506",
        CALCIUM,
        "display_units: [mg/dL]\nmolar_mass: 40.078",
        "display_units: []",
        (LOW, "unit: ^mg/dL"),
    ),
    Case(
        "K506",
        CALCIUM,
        "display_units: [mg/dL]\nmolar_mass: 40.078\nvalence: 2",
        "display_units: [^meq/L]\nmolar_mass: 40.078",
    ),
    Case("K507", LOW, "present: {below: 2.1}", "present: {below: ^0.21}"),
    Case("K507", LOW, "absent: {at_least: 8.8}", "absent: {at_least: ^88}"),
    Case("K508", LOW, "laboratory_range: low", "laboratory_range: ^high"),
    Case("K509", CAUSE, "excluded_by: [adult]", "excluded_by: [^cramp]"),
    Case("K510", FLAG, "at_least: 2", "at_least: ^4"),
    Case("K510", LONG, "at_least: 1", "at_least: ^3"),
    Case("K510", SERVICE, "{any: [cramp, tetany]}", "{at_least: ^3, of: [cramp, tetany]}"),
    Case("K510", SERVICE, "{any: [tetany, low-", "{at_least: ^3, of: [tetany, low-"),
    Case("K511", SERVICE, "priors: {common: 0.2, uncommon: 0.05,", "^priors: {common: 0.2,"),
    Case("K511", SERVICE, "likelihood_ratios: {strong: 10,", "^likelihood_ratios: {"),
    Case("K512", SERVICE, "rare: 0.01}", "rare: ^0.1}"),
    Case("K512", SERVICE, "moderate: 5,", "moderate: ^11,"),
    Case(
        "K512", SERVICE, "{well_supported: 1, possible: 0.2,", "{well_supported: 1, possible: ^1,"
    ),
    Case("K513", FLAG, "indicator: critical", "indicator: ^info"),
    Case(
        "K514",
        CAUSE,
        "  - finding: tetany\n",
        "  - finding: tetany\n    when: absent\n    for: weak\n    reason: a\n"
        "    references: [made-up-2026]\n  - finding: ^tetany\n",
    ),
)

ADVICE = (
    Case("K006", CRAMP, "# yaml-language-server: $schema=../schema/finding", "^# finding"),
    Case("K520", PLAIN, "against: moderate", "for: moderate", (PLAIN, "^evidence:")),
    Case("K521", PLAIN, "look_alikes: [hypocalcaemia]", "look_alikes: []", (PLAIN, "^look_alikes")),
    Case("K523", FLAG, "references: [made-up-2026]", "references: ^[clinical-consensus]"),
)
