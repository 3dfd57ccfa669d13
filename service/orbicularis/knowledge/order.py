"""Orders: what a clinician can order, and what makes ordering it unnecessary."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from orbicularis.knowledge.base import Id, KnowledgeFile, Text


class OrderKind(StrEnum):
    """What sort of order it is."""

    LABORATORY = "laboratory"
    IMAGING = "imaging"
    STUDY = "study"
    REFERRAL = "referral"


class Priority(StrEnum):
    """FHIR's request-priority codes."""

    ROUTINE = "routine"
    URGENT = "urgent"
    ASAP = "asap"
    STAT = "stat"

    @property
    def rank(self) -> int:
        """0 for routine up to 3 for stat."""
        return ("routine", "urgent", "asap", "stat").index(self.value)


class Order(KnowledgeFile):
    """One test, image, study or referral that a card can suggest.

    Attributes:
        kind: laboratory, imaging, study or referral.
        code: key of the terminology table whose first writable code goes into the
            ServiceRequest; without it the request carries text only.
        local_code: key whose first code goes beside it, such as that of a preference list;
            a site's overlay sets it.
        text: what the clinician reads on the button and in the request.
        also_called: other names under which orders for it are written without a known code.
        priority: routine, urgent, asap or stat.
        purpose: what the result would show or exclude, in one short sentence.
        answers: findings that the result would settle; proposed only while one is unknown.
        satisfied_by: keys whose result, or whose active or pending order, makes this
            unnecessary (a panel counts for its parts).
        lasts: how long a result stays good enough.
        awaited_for: how long an active order or a pending result stands in for it.
    """

    kind: OrderKind
    code: Id | None = None
    local_code: Id | None = None
    text: Text
    also_called: tuple[Text, ...] = ()
    priority: Priority = Priority.ROUTINE
    purpose: Text
    answers: tuple[Id, ...] = ()
    satisfied_by: tuple[Id, ...] = ()
    lasts: Annotated[timedelta, Field(gt=timedelta(0))]
    awaited_for: Annotated[timedelta, Field(gt=timedelta(0))] = timedelta(days=90)
