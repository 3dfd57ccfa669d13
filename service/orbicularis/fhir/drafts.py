"""The unsigned orders of a hook's context: which are being placed, and whether all can be read.

CDS Hooks Library, order-select and order-sign: Context.
"""

from collections.abc import Iterable, Iterator

from orbicularis.facts.chart import AnswerKind, Drafts, Skipped
from orbicularis.fhir.decoding import Unreadable
from orbicularis.fhir.item import Item, Tally
from orbicularis.fhir.record import Origin
from orbicularis.fhir.references import local
from orbicularis.fhir.screen import Screen
from orbicularis.fhir.source import Source

PLACE = "context.draftOrders"
DRAFT_KINDS = frozenset({"MedicationRequest", "ServiceRequest"})
"""Resource types of orders that are read."""

_UNREAD = frozenset(
    {"", "DiagnosticOrder", "MedicationOrder", "ProcedureRequest", "ReferralRequest"}
)
"""Resource types under which earlier versions of FHIR have orders; and none at all.

Any other type that may stand beside them is neither a medicine nor a test.
"""


class DraftOrders:
    """What ``context.draftOrders`` holds.

    Attributes:
        source: the Bundle.
        placed: numbers of the entries that are being placed: the selected ones, and where no
            selection names an entry, all of them.
    """

    def __init__(self, source: Source, selections: Iterable[str]) -> None:
        """Find what the selections name: ``Type/id``, an absolute URL, or an id alone."""
        self.source = source
        self._items = [_item(source, number) for number in range(len(source.entries))]
        wanted = {form for selection in selections for form in (selection, local(selection))}
        selected = frozenset(
            number
            for number, item in enumerate(self._items)
            if item is not None and not wanted.isdisjoint(_names(item))
        )
        self.placed = selected or frozenset(range(len(self._items)))

    @property
    def unread(self) -> Iterator[str]:
        """Names of orders of a resource type that is not read."""
        for item in self._items:
            if item is not None and item.kind in _UNREAD:
                yield item.name if item.kind else f"an entry in {PLACE}"

    def seen(self, screen: Screen, skipped: Iterable[Skipped]) -> Drafts:
        """Tell whether every order that is being placed says what it is, and was read.

        Args:
            screen: tells whether an order says what it is.
            skipped: what could not be read.
        """
        if self.source.kind is AnswerKind.FAILED or self.source.more:
            return Drafts.NOT_ALL_READ
        failed = {one.reference for one in skipped}
        every = all(
            item is not None
            and (number not in self.placed or (item.name not in failed and _tells(item, screen)))
            for number, item in enumerate(self._items)
        )
        return Drafts.ALL_READ if every else Drafts.NOT_ALL_READ


def _item(source: Source, number: int) -> Item | None:
    entry = source.entries[number]
    if entry is None or entry.resource is None:
        return None
    glance = entry.resource
    kind = glance.resource_type or ""
    return Item(kind, glance, source, number, Origin.DRAFTS, Tally(), entry.full_url)


def _names(item: Item) -> Iterator[str]:
    yield from item.names
    if item.id:
        yield item.id
        yield f"urn:uuid:{item.id}"


def _tells(item: Item, screen: Screen) -> bool:
    """Tell whether an order says what it is; a client may draft one before that is chosen."""
    if item.kind not in DRAFT_KINDS:
        return item.kind not in _UNREAD
    try:
        return screen.says_what(item.kind, item.glance)
    except Unreadable:
        return False
