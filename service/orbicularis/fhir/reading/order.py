"""Orders and reports: what was asked for, and what has come of it."""

from collections.abc import Iterator

from orbicularis.facts.fact import Fact, Progress, Source
from orbicularis.fhir.concepts import label_of
from orbicularis.fhir.context import Context
from orbicularis.fhir.decoding import Decode
from orbicularis.fhir.record import Origin, Record
from orbicularis.fhir.structs.care import DiagnosticReport, ServiceRequest
from orbicularis.fhir.structs.element import is_sent
from orbicularis.fhir.times import Times, first, on, over

_decode_request: Decode[ServiceRequest] = Decode(ServiceRequest)
_decode_report: Decode[DiagnosticReport] = Decode(DiagnosticReport)

_ORDERED = frozenset({"active", "on-hold"})
_REVOKED = frozenset({"revoked", "entered-in-error", "completed", "ended"})
_RESULTED = {
    None: Progress.FINAL,
    "final": Progress.FINAL,
    "amended": Progress.FINAL,
    "corrected": Progress.FINAL,
    "appended": Progress.FINAL,
    "preliminary": Progress.PRELIMINARY,
    "modified": Progress.PRELIMINARY,
    "registered": Progress.PENDING,
    "partial": Progress.PENDING,
    "unknown": Progress.PENDING,
}


def requests(record: Record, context: Context) -> Iterator[Fact]:
    """Read a ServiceRequest: an order that stands, or a draft.

    Raises:
        Unreadable: when a part that is read is misshapen.
    """
    request = _decode_request(record.raw)
    draft = record.origin is Origin.DRAFTS or request.status == "draft"
    if request.do_not_perform or request.status in _REVOKED:
        return
    if not draft and request.status not in _ORDERED:
        return
    meaning = request.code.meaning if request.code else None
    known = Fact(
        source=Source.DRAFT if draft else Source.REQUEST,
        reference=record.reference,
        label=label_of(meaning),
        concepts=context.relevance.of(meaning),
        orders=context.relevance.orders(meaning),
        progress=Progress.PENDING if draft else Progress.ACTIVE,
        in_encounter=context.is_current(request.encounter),
        placed=record.placed,
    )
    times = first(
        request.authored_on,
        request.occurrence_date_time,
        over(request.occurrence_period, context.now),
        on(request.occurrence_timing, context.now),
    )
    yield Times(times.at).put(known, context.now)


def reports(record: Record, context: Context) -> Iterator[Fact]:
    """Read a DiagnosticReport: done when something can be read in it, pending until then.

    Raises:
        Unreadable: when a part that is read is misshapen.
    """
    report = _decode_report(record.raw)
    progress = _RESULTED.get(report.status)
    concepts = context.relevance.of(report.code)
    orders = context.relevance.orders(report.code)
    if progress is None or not (concepts or orders):
        return
    known = Fact(
        source=Source.REPORT,
        reference=record.reference,
        label=label_of(report.code),
        concepts=concepts,
        orders=orders,
        progress=progress if _has_content(report) else Progress.PENDING,
        in_encounter=context.is_current(report.encounter),
    )
    times = first(
        report.effective_date_time, over(report.effective_period, context.now), report.issued
    )
    yield times.put(known, context.now)


def _has_content(report: DiagnosticReport) -> bool:
    return (
        bool(report.result)
        or bool((report.conclusion or "").strip())
        or is_sent(report.conclusion_code)
        or is_sent(report.presented_form)
    )
