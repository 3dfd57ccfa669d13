"""``GET /metrics``: what was counted, in the text format that Prometheus reads."""

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import Response

from orbicularis.api.in_turn import metrics_in_turn
from orbicularis.api.metrics import shared
from orbicularis.api.metrics.metrics import Metrics
from orbicularis.api.metrics.processes import Processes
from orbicularis.api.running import Running


async def metrics(request: Request) -> Response:
    """Show all numbers; they are written down in a thread, which holds no call up."""
    running: Running = request.app.state.running
    text = await metrics_in_turn(exposition, running.metrics)
    # The type that Prometheus has read since its first version; newer ones add nothing here.
    return Response(text, headers={"content-type": CONTENT_TYPE_PLAIN_0_0_4})


def exposition(counted: Metrics) -> bytes:
    """The numbers of this process, or of all worker processes where these share a folder."""
    folder = shared.FOLDER
    if folder is None:
        return generate_latest(counted.registry)
    shared.forget_dead(folder)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]  # untyped there
    registry.register(Processes(folder))
    return generate_latest(registry)
