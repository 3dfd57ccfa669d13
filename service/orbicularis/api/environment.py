"""Variables of the environment that look like settings of ours and are none."""

from collections.abc import Iterator, Mapping

from orbicularis.api.settings import Settings
from orbicularis.knowledge.suggest import did_you_mean

PREFIX = "ORBICULARIS_"


def variable(field: str) -> str:
    """The variable that holds a setting."""
    return f"{PREFIX}{field.upper()}"


def misspelt(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield variables that are no setting but look like one, with the one they look like.

    A variable that looks like none is left alone: an orchestrator puts some of its own here
    (Kubernetes adds ``ORBICULARIS_PORT`` for a service that is called orbicularis).
    """
    known = {variable(field) for field in Settings.model_fields}
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            close = did_you_mean(name.removeprefix(PREFIX), Settings.model_fields)
            if close is not None:
                yield name, variable(close)
