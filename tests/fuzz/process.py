"""One fuzzing process: libFuzzer, through atheris, on one target.

    python -m tests.fuzz.process TARGET NUMBER SECONDS

Started by the runner. What an oracle finds is written down and fuzzing goes on; what kills the
process, or takes more memory or time than libFuzzer is told to allow, libFuzzer writes down.
"""

import sys
from pathlib import Path
from random import Random

import atheris

BUILD = Path("build/fuzz")
MEMORY_MIB = 1024
TIMEOUT_S = 30

# Only what is imported from here on reports which of its lines were run.
with atheris.instrument_imports(include=["orbicularis"], enable_loader_override=False):
    from tests.fuzz.broken import Broken
    from tests.fuzz.finds import Finds
    from tests.fuzz.mutator import Mutator, TokenMutator
    from tests.fuzz.seeds import LONGEST
    from tests.fuzz.tally import Tally
    from tests.fuzz.targets import Target, open_target
    from tests.fuzz.words import words


def main(name: str, number: str, seconds: str) -> None:
    """Fuzz until the time is up."""
    folder = BUILD / name
    with open_target(name) as target:
        judge = _Judge(target, Finds(name, BUILD), Tally(folder / f"{number}.json"))
        mutator = Mutator(words(name))
        used = TokenMutator(mutator) if name == "token" else mutator
        atheris.Setup(
            [
                sys.argv[0],
                f"-max_total_time={seconds}",
                f"-max_len={LONGEST}",
                f"-timeout={TIMEOUT_S}",
                f"-rss_limit_mb={MEMORY_MIB}",
                f"-artifact_prefix={BUILD / name}-",
                f"-seed={Random().randrange(1, 2**31)}",  # noqa: S311 - for variety
                "-reload=5",
                "-len_control=0",
                "-print_final_stats=1",
                str(folder / "corpus"),
                str(folder / "seeds"),
            ],
            judge,
            custom_mutator=used.mutate,
            custom_crossover=used.cross,
        )
        atheris.Fuzz()


class _Judge:
    """Sends an input and writes down what came of it."""

    def __init__(self, target: Target, finds: Finds, tally: Tally) -> None:
        self._target = target
        self._finds = finds
        self._tally = tally

    def __call__(self, data: bytes) -> None:
        """Judge one input; what is wrong with it does not stop the others."""
        try:
            told = self._target.check(data)
        except Broken as broken:
            self._tally.broke(broken.kind)
            self._finds.keep(broken, data)
        else:
            self._tally.answered(told.status, told.seconds, data)


if __name__ == "__main__":
    main(*sys.argv[1:])
