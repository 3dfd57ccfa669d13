"""Draft orders: how a finding is seen in what is being ordered."""

from typing import Self

from pydantic import model_validator

from orbicularis.knowledge.base import Id, Knowledge


class DraftPattern(Knowledge):
    """An order that is being placed: drafted and selected (order-select), or to be signed.

    ``codes`` are medicines (ingredients and classes), by their code or by their name.
    ``orders`` are ids of orders: a draft counts that makes one of them unnecessary, by its
    code or by the order's own text. A draft is never an exposure.
    """

    codes: tuple[Id, ...] = ()
    orders: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not self.codes and not self.orders:
            raise ValueError("a draft needs codes, orders, or both")
        return self
