"""``survivors.yaml``: changes of the rules that no vignette notices, each with the reason."""

from typing import Annotated

from pydantic import Field

from orbicularis.knowledge.base import Knowledge, Text


class Survivor(Knowledge):
    """One change that may go unnoticed.

    Attributes:
        change: its name, as ``orbicularis mutate`` prints it.
        why: why no vignette can, or need, notice.
    """

    change: Text
    why: Text


class Survivors(Knowledge):
    """The whole file; changes by kind of folder and id, such as ``causes/tics``."""

    survivors: dict[str, Annotated[tuple[Survivor, ...], Field(min_length=1)]]
