"""All that is counted by one application.

Every label takes its values from the rules, from the protocol or from a fixed set of words:
nothing that a client sends can make a new series.
"""

from prometheus_client import CollectorRegistry, ProcessCollector, disable_created_metrics

from orbicularis.api.metrics import shared
from orbicularis.api.metrics.answers import AnswerMetrics
from orbicularis.api.metrics.calls import CallMetrics
from orbicularis.api.metrics.decisions import DecisionMetrics
from orbicularis.api.metrics.doors import DoorMetrics
from orbicularis.api.metrics.fetches import FetchMetrics
from orbicularis.api.metrics.reloads import ReloadMetrics
from orbicularis.api.metrics.tasks import TaskMetrics

# When each series began is of no use to anybody here, and doubles what is read out.
disable_created_metrics()  # type: ignore[no-untyped-call]  # the library leaves it untyped


class Metrics:
    """The counters of one application; they start at zero.

    Where worker processes share a folder, there must be but one in each process, because two
    would write over each other's numbers.

    Attributes:
        registry: all of them, with what the operating system knows of this process.
        calls: of the calls themselves.
        answers: of what was answered.
        decisions: of what users did with it.
        doors: of who was not let in.
        fetches: of what FHIR servers were asked.
        reloads: of how the rules were renewed.
        tasks: of what is under way.
    """

    def __init__(self) -> None:
        """Start counting.

        Raises:
            OSError: the folder that worker processes share cannot be made.
        """
        if shared.FOLDER is not None:
            shared.FOLDER.mkdir(parents=True, exist_ok=True)
        self.registry = CollectorRegistry()
        self.calls = CallMetrics(self.registry)
        self.answers = AnswerMetrics(self.registry)
        self.decisions = DecisionMetrics(self.registry)
        self.doors = DoorMetrics(self.registry)
        self.fetches = FetchMetrics(self.registry)
        self.reloads = ReloadMetrics(self.registry)
        self.tasks = TaskMetrics(self.registry)
        ProcessCollector(registry=self.registry)
