"""A sound overlay over the small bundle, for tests that change or break it in one place."""

from dataclasses import dataclass
from pathlib import Path

from orbicularis.knowledge.load import Reading, read
from orbicularis.knowledge.status import MinStatus
from tests.knowledge.builder import SMALL

HEAD = """\
# yaml-language-server: $schema=schema/overlay.schema.json
name: example-hospital
title: Example Hospital
version: "2026.1"
base: cramps
"""

SYSTEMS = """\
# yaml-language-server: $schema=../schema/systems.schema.json
systems:
  EXAMPLE:
    title: preference list of Example Hospital
    uri: http://example.org/preference-list
    match: exact
    pattern: '[A-Z]{3}[0-9]+'
    licence: its own
"""

CODES = """\
# yaml-language-server: $schema=../schema/terminology.schema.json
concepts:
  tetany:
    preferred_term: Tetany
    codes:
      - {system: EXAMPLE, code: TET1, display: Tetany here, verified_in: the preference list}
  calcium-here:
    preferred_term: Calcium, as it is ordered here
    codes:
      - {system: EXAMPLE, code: LAB7, display: Calcium (CA), verified_in: the preference list}
"""

NEW_CAUSE = """\
# yaml-language-server: $schema=../schema/cause.schema.json
id: overuse
title: Overuse
status: active
version: 1
reviewed: 2026-02-03
references: [of-the-site]
category: benign-trigger
urgency: info
prior: common
evidence:
  - finding: cramp
    for: weak
    reason: overused muscles cramp
    references: [of-the-site]
  - finding: tetany
    against: moderate
    reason: overuse gives no tetany
    references: [clinical-consensus]
advice: Rest.
settled_by: rest
look_alikes: [plain-cramp]
"""

NEW_TEST = """\
# yaml-language-server: $schema=../schema/vignettes.schema.json
service: cramps
vignettes:
  - name: at our clinic
    patient:
      observations:
        - {text: cramp of the calf}
    expect: {listed: [overuse]}
"""

REFERENCES = """\
# yaml-language-server: $schema=schema/references.schema.json
references:
  of-the-site:
    title: An example
    citation: Nobody. An example for tests.
    seen: made up for tests
"""


@dataclass(frozen=True)
class Site:
    """An overlay in a folder of its own."""

    folder: Path

    @classmethod
    def bare(cls, parent: Path, more: str = "") -> "Site":
        """One that has no more than a head, and what is added to it."""
        site = cls(parent / "site")
        site.write("overlay.yaml", HEAD + more)
        return site

    def write(self, file: str, text: str) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def with_codes(self) -> "Site":
        self.write("terminology/systems.yaml", SYSTEMS)
        self.write("terminology/local.yaml", CODES)
        return self

    def with_cause(self) -> "Site":
        self.write("causes/overuse.yaml", NEW_CAUSE)
        self.write("causes/overuse.test.yaml", NEW_TEST)
        self.write("references.yaml", REFERENCES)
        return self

    def read(self, base: Path = SMALL, min_status: MinStatus = MinStatus.ACTIVE) -> Reading:
        return read(base, self.folder, min_status)

    def told(self) -> list[tuple[str, str, int]]:
        """Code, file and line of every problem; each must stand in the overlay."""
        problems = self.read().problems
        assert {problem.folder for problem in problems} <= {str(self.folder)}
        assert all(problem.why and problem.fix for problem in problems)
        return [(problem.code, problem.file, problem.line) for problem in problems]
