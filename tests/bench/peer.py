"""A peer: HealthChain serving CDS Hooks, with an answer made beforehand and no rules at all.

Run by an interpreter of its own, in which ``healthchain`` is installed; it needs nothing of
ours. Its prefetch is turned into FHIR resources by the peer's own function, as its adapter for
CDS Hooks does before any reasoning could begin.
"""

from healthchain.fhir import convert_prefetch_to_fhir_objects
from healthchain.gateway import CDSHooksService, HealthChainAPI
from healthchain.models.requests.cdsrequest import CDSRequest
from healthchain.models.responses.cdsresponse import CDSResponse

_NOTHING = CDSResponse(cards=[])

service = CDSHooksService()


@service.hook("patient-view", id="facial-twitching", title="Peer", description="Answers nothing")  # type: ignore[untyped-decorator]  # not installed here
def answer(request: CDSRequest) -> CDSResponse:
    """Read the chart, and say nothing about it."""
    convert_prefetch_to_fhir_objects(request.prefetch or {})
    return _NOTHING


app = HealthChainAPI()
app.register_service(service, path="/cds")
