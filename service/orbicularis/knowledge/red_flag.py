"""Red flags: combinations that call for urgent action whatever the ranking says."""

from typing import Annotated

from pydantic import Field

from orbicularis.knowledge.base import Id, KnowledgeFile, Text, Urgency
from orbicularis.knowledge.expression import Expression


class RedFlag(KnowledgeFile):
    """A combination of findings with the action it calls for.

    Attributes:
        indicator: warning or critical.
        when: the combination; a part that is unknown never counts as absent.
        summary: one line for the top of a card.
        action: what to do, for a clinician.
        orders: ids of orders that the action needs.
        points_to: ids of causes that stand first while this fires.
    """

    indicator: Urgency
    when: Expression
    summary: Annotated[Text, Field(max_length=139)]
    action: Text
    orders: tuple[Id, ...] = ()
    points_to: tuple[Id, ...] = ()
