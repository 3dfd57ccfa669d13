"""Card texts, prefetch templates and vignettes that cannot work, one change each."""

from tests.knowledge.builder import CRAMP, FLAG, SERVICE, TEST, WELL, Case

LONG = "x" * 140
PATIENT = "{{context.patientId}}"

WORDING = (
    Case("K601", SERVICE, '"{finding}: nothing explains it yet"', '^"{fnding}: nothing"'),
    Case("K601", SERVICE, '"{finding}: nothing explains it yet"', '^"{finding: nothing"'),
    Case("K601", SERVICE, '"{finding}: nothing explains it yet"', '^"{finding:d}"'),
    Case("K602", SERVICE, "summary: Not all could be read", f"summary: ^{LONG}"),
    Case("K602", SERVICE, '"{finding}: nothing explains it yet"', f'^"{{finding}}{LONG[:130]}"'),
    Case("K602", SERVICE, '"{summary} (+{more})"', f'^"{{summary}}{LONG[:120]} (+{{more}})"'),
    Case("K602", FLAG, '"Tetany: measure calcium now"', f'^"{LONG}"'),
    Case("K603", CRAMP, "phrase: cramp of the leg", "phrase: ^cramp of the leg."),
)

PREFETCH = (
    Case(
        "K701", SERVICE, f"Condition?patient={PATIENT}", f"^Condition?patient={PATIENT}&a={{{{x}}}}"
    ),
    Case("K701", SERVICE, f"Condition?patient={PATIENT}", "^Condition?_count=9"),
    Case(
        "K702",
        SERVICE,
        "category=exam,survey",
        "category=exam&category=survey",
        (SERVICE, f"^Observation?patient={PATIENT}&category"),
    ),
    Case(
        "K702",
        SERVICE,
        f"query: Observation?patient={PATIENT}&_sort=-date\n",
        f"query: ^Observation?patient={PATIENT}&code=1-8\n",
    ),
    Case(
        "K703",
        SERVICE,
        f"Condition?patient={PATIENT}",
        f"^Condition?patient={PATIENT}&a={LONG * 7}",
    ),
    Case("K704", SERVICE, f"Condition?patient={PATIENT}", f"^Conditions?patient={PATIENT}"),
    Case(
        "K705",
        SERVICE,
        "codes_of: [calcium, albumin]",
        "codes_of: [^calcium]\n    code_system: SCT",
    ),
)

QUERIES = (
    Case(
        "K410",
        SERVICE,
        f"Condition?patient={PATIENT}",
        f"^Condition?patient={PATIENT}&code=LOINC|17861-7",
    ),
)

HOOKS = (
    Case(
        "K707", SERVICE, "hooks: [patient-view, order-sign]", "hooks: [^pateint-view, order-sign]"
    ),
)

VIGNETTES = (
    Case("K801", TEST, "not_listed: [plain-cramp]", "not_listed: [^hypocalcaemia]"),
    Case(
        "K801",
        TEST,
        "orders: []\n      no_orders: [calcium]",
        "orders: [calcium]\n      no_orders: [^calcium]",
    ),
    Case("K801", WELL, "{nothing: true}", "{nothing: ^true, first: plain-cramp}"),
    Case("K802", TEST, "well-supported}", "^well-suported}"),
    Case("K802", TEST, "{low-calcium: present}", "{low-calcium: ^there}"),
    Case("K803", WELL, "{nothing: true}", "^{}"),
    Case("K804", WELL, "{nothing: true}", "^{not_listed: [plain-cramp]}"),
    Case(
        "K805",
        WELL,
        "  - name: an empty chart\n",
        "  - name: b\n    patient: {}\n    expect: {nothing: true}\n  - name: ^b\n",
    ),
    Case("K806", TEST, "- {code: muscle-cramp, value", "- ^{value"),
    Case(
        "K806",
        WELL,
        "    patient: {age_years: 40}\n",
        "    patient: {}\n    hook: order-sign\n    drafts: [{order: ^{ago: P1D}}]\n",
    ),
    Case(
        "K807",
        WELL,
        "    patient: {age_years: 40}\n",
        "    patient: {}\n    hook: ^order-select\n",
    ),
)
