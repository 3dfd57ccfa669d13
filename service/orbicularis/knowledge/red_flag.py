"""Red flags: combinations that call for urgent action whatever the ranking says."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from orbicularis.knowledge.base import Id, KnowledgeFile, Text, Urgency
from orbicularis.knowledge.expression import Expression
from orbicularis.knowledge.order import Priority


class RedFlag(KnowledgeFile):
    """A combination of findings with the action it calls for.

    Attributes:
        indicator: warning or critical.
        when: the combination; a part that is unknown never counts as absent.
        summary: one line for the top of a card.
        action: what to do, for a clinician.
        orders: ids of orders that the action needs.
        priority: of these orders, where it is more urgent than their own.
        results_last: how old a result may be to make such an order unnecessary, where the
            order's own time is too long; what is known from older ones is asked again.
        precedence: the lowest stands first among flags of one indicator.
        points_to: ids of causes that stand first while this fires.
    """

    indicator: Urgency
    when: Expression
    summary: Annotated[Text, Field(max_length=139)]
    action: Text
    orders: tuple[Id, ...] = ()
    priority: Priority | None = None
    results_last: timedelta | None = None
    precedence: Annotated[int, Field(ge=1, le=99)] = 50
    points_to: tuple[Id, ...] = ()
