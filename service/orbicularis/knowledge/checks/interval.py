"""Ranges as intervals of the number line, to see whether they are empty or meet."""

from dataclasses import dataclass
from math import inf
from typing import Self

from orbicularis.knowledge.finding import Range


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers between two ends; an end is closed when it belongs to them."""

    low: float
    low_closed: bool
    high: float
    high_closed: bool

    @classmethod
    def of(cls, numbers: Range) -> Self:
        """Return the interval of a range; of two ends on one side the narrower counts."""
        low, low_open = max(_end(numbers.at_least, -inf, 0), _end(numbers.above, -inf, 1))
        high, high_closed = min(_end(numbers.at_most, inf, 1), _end(numbers.below, inf, 0))
        return cls(low, not low_open, high, bool(high_closed))

    @property
    def empty(self) -> bool:
        """True when no number lies in it."""
        if self.low == self.high:
            return not (self.low_closed and self.high_closed)
        return self.low > self.high

    def meets(self, other: Self) -> bool:
        """Tell whether some number lies in both."""
        low, low_open = max((self.low, not self.low_closed), (other.low, not other.low_closed))
        high, high_closed = min((self.high, self.high_closed), (other.high, other.high_closed))
        return not Interval(low, not low_open, high, high_closed).empty


def _end(value: float | None, missing: float, closed: int) -> tuple[float, int]:
    return (missing, 0) if value is None else (value, closed)
