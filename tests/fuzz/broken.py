"""What an oracle says when something is wrong."""


class Broken(Exception):
    """An answer, or a failure to answer, that must not be.

    Attributes:
        kind: what is wrong, in words that are the same for every input that shows it.
        told: more about this one input.
    """

    def __init__(self, kind: str, told: str = "") -> None:
        self.kind = kind
        self.told = told
        super().__init__(f"{kind}\n{told}" if told else kind)


def hold(claim: bool, kind: str, told: object = "") -> None:
    """Raise Broken unless the claim holds."""
    if not claim:
        raise Broken(kind, str(told))
