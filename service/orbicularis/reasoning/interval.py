"""What a measured number tells: the number itself, or a bound ("less than 4.0")."""

from math import inf

import msgspec

from orbicularis.knowledge.finding import Range


class Interval(msgspec.Struct, frozen=True):
    """All numbers that the value may be; open ends are strict.

    Attributes:
        low: lower end.
        high: upper end.
        low_open: True when the value is greater than ``low``, not equal to it.
        high_open: True when the value is less than ``high``, not equal to it.
    """

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def below(self, limit: float) -> bool:
        """Tell whether every number lies below the limit."""
        return self.high < limit or (self.high == limit and self.high_open)

    def at_most(self, limit: float) -> bool:
        """Tell whether no number exceeds the limit."""
        return self.high <= limit

    def above(self, limit: float) -> bool:
        """Tell whether every number lies above the limit."""
        return self.low > limit or (self.low == limit and self.low_open)

    def at_least(self, limit: float) -> bool:
        """Tell whether no number falls short of the limit."""
        return self.low >= limit

    def within(self, limits: Range) -> bool:
        """Tell whether every number lies in the range."""
        return (
            (limits.below is None or self.below(limits.below))
            and (limits.at_most is None or self.at_most(limits.at_most))
            and (limits.above is None or self.above(limits.above))
            and (limits.at_least is None or self.at_least(limits.at_least))
        )


def interval(value: float, comparator: str | None) -> Interval:
    """Make the interval of a FHIR Quantity's value and comparator."""
    match comparator:
        case "<":
            return Interval(-inf, value, low_open=True, high_open=True)
        case "<=":
            return Interval(-inf, value, low_open=True)
        case ">":
            return Interval(value, inf, low_open=True, high_open=True)
        case ">=":
            return Interval(value, inf, high_open=True)
        case _:
            return Interval(value, value)
