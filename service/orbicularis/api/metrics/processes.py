"""What the operating system knows of each worker process."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from prometheus_client import Metric, ProcessCollector
from prometheus_client.registry import Collector

from orbicularis.api.metrics.shared import workers


class Processes(Collector):
    """The ``process_*`` metrics of every live worker, told apart by the label ``pid``."""

    def __init__(self, folder: Path) -> None:
        """Look at the workers that count in this folder."""
        self._folder = folder

    def collect(self) -> Iterable[Metric]:
        """One metric of each name, with a sample for each worker."""
        metrics: dict[str, Metric] = {}
        for pid in workers(self._folder):
            for of_one in _of(pid):
                metric = metrics.setdefault(
                    of_one.name, Metric(of_one.name, of_one.documentation, of_one.type)
                )
                for sample in of_one.samples:
                    metric.add_sample(sample.name, {"pid": str(pid)}, sample.value)
        return metrics.values()


def _of(pid: int) -> Iterator[Metric]:
    yield from ProcessCollector(pid=partial(str, pid), registry=None).collect()
