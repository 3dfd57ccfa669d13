"""One metric's time series by the values of its labels, looked up without a lock."""

from typing import Generic, TypeVar

from prometheus_client.metrics import MetricWrapperBase

Series = TypeVar("Series", bound=MetricWrapperBase)


class Children(dict[tuple[str, ...], Series], Generic[Series]):
    """Makes a series when it is first asked for; ``children["a", "b"].inc()``.

    The library finds one behind a lock and makes strings of all values each time, which
    costs more than counting does.
    """

    def __init__(self, metric: Series) -> None:
        """Wrap a metric that has labels."""
        super().__init__()
        self._metric = metric

    def __missing__(self, values: tuple[str, ...]) -> Series:
        """Make the series."""
        series = self[values] = self._metric.labels(*values)
        return series
