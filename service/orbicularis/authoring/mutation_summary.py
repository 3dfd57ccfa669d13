"""What came of all mutants: counted, and held against the explained survivors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orbicularis.authoring.explained import Explained, Key
from orbicularis.authoring.mutant import Kind, Mutant
from orbicularis.authoring.mutation import Verdict


@dataclass(frozen=True, slots=True)
class Count:
    """Mutants of one kind: how many, how many noticed, and how many explained survivors."""

    what: str
    changes: int
    noticed: int
    explained: int

    @property
    def survived(self) -> int:
        """Survivors that nobody has explained."""
        return self.changes - self.noticed - self.explained

    @property
    def percent(self) -> float:
        """The score: noticed ones in percent of all; 100 when there are none."""
        return 100.0 * self.noticed / self.changes if self.changes else 100.0


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of all mutants that were tried.

    Attributes:
        verdicts: one for each, in the order of the files.
        explained: what the folder says of survivors.
    """

    verdicts: tuple[Verdict, ...]
    explained: Explained

    @property
    def survivors(self) -> list[Verdict]:
        """Survivors that nobody has explained."""
        why = self.explained.why
        return [one for one in self.verdicts if one.survived and key_of(one.mutant) not in why]

    @property
    def accepted(self) -> list[tuple[Verdict, str]]:
        """Survivors with the reason that the file gives."""
        why = self.explained.why
        return [
            (one, why[key_of(one.mutant)])
            for one in self.verdicts
            if one.survived and key_of(one.mutant) in why
        ]

    @property
    def outdated(self) -> list[Verdict]:
        """Changes that the file explains, and that a vignette notices after all."""
        why = self.explained.why
        return [one for one in self.verdicts if not one.survived and key_of(one.mutant) in why]

    def counts(self) -> Sequence[Count]:
        """Count each kind, and all of them last."""
        accepted = {key_of(one.mutant) for one, _ in self.accepted}
        kinds: Mapping[Kind, list[Verdict]] = {
            kind: [one for one in self.verdicts if one.mutant.kind is kind] for kind in Kind
        }
        each = [_count(kind.value, some, accepted) for kind, some in kinds.items() if some]
        return [*each, _count("all", self.verdicts, accepted)]

    @property
    def score(self) -> float:
        """Noticed mutants in percent of all; explained survivors are not noticed ones."""
        return self.counts()[-1].percent


def key_of(mutant: Mutant) -> Key:
    """What names a mutant in the file of survivors."""
    return mutant.of, mutant.name


def _count(what: str, verdicts: Sequence[Verdict], accepted: set[Key]) -> Count:
    noticed = sum(not one.survived for one in verdicts)
    explained = sum(one.survived and key_of(one.mutant) in accepted for one in verdicts)
    return Count(what, len(verdicts), noticed, explained)
