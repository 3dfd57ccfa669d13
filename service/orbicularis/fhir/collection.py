"""What was collected from all sources of one call: each record once, and what was left aside."""

from collections.abc import Hashable, Iterable

from orbicularis.facts.chart import Skipped
from orbicularis.fhir.decoding import Decode
from orbicularis.fhir.record import Record
from orbicularis.fhir.references import local, resolve
from orbicularis.fhir.source_answer import INDEX_KINDS
from orbicularis.fhir.structs.medication import Medication

_medication: Decode[Medication] = Decode(Medication)


class Collection:
    """Records to read, what they refer to, and what is only named.

    Attributes:
        others: identities of records of other patients.
    """

    def __init__(self) -> None:
        """Start with nothing."""
        self._records: dict[Hashable, Record] = {}
        self._medications: dict[str, Record] = {}
        self._panels: dict[str, Record] = {}
        self._skipped: set[Skipped] = set()
        self.others: set[Hashable] = set()

    @property
    def records(self) -> list[Record]:
        """The records to read: of each the newest version."""
        return list(self._records.values())

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What could not be read, sorted."""
        return tuple(sorted(self._skipped, key=lambda one: (one.reference, one.reason)))

    def keep(self, identity: Hashable, record: Record) -> None:
        """Keep a record to read, unless a newer version of it is known."""
        known = self._records.get(identity)
        if known is None or record.replaces(known):
            self._records[identity] = record

    def skip(self, reference: str, reason: str, *, may_speak: bool = True) -> None:
        """Name a record that was left aside.

        Args:
            reference: which record.
            reason: why, without patient data.
            may_speak: False when it is known that no index finding stands in it.
        """
        index = may_speak and _may_hold_index(reference)
        self._skipped.add(Skipped(reference, reason, index))

    def know_medication(self, names: Iterable[str], record: Record) -> None:
        """Learn of a Medication, by everything that others may call it."""
        for name in names:
            known = self._medications.get(name)
            if known is None or record.replaces(known):
                self._medications[name] = record

    def medication(self, record: Record, reference: str | None) -> Medication | None:
        """Find the Medication that a record of use refers to.

        Raises:
            Unreadable: when it was sent but cannot be read.
        """
        raw = resolve(reference, record.contained)
        if raw is None and (known := resolve(reference, self._medications)) is not None:
            raw = known.raw
        return None if raw is None else _medication(raw)

    def know_panel(self, member: str, panel: Record) -> None:
        """Learn that a record names another as its member or result."""
        known = self._panels.get(local(member))
        if known is None or panel.reference < known.reference:
            self._panels[local(member)] = panel

    def panel(self, record: Record) -> Record | None:
        """The record that contains this one, or names it as a member or result."""
        return record.parent or self._panels.get(record.reference)


def _may_hold_index(reference: str) -> bool:
    """True for the kinds that may, and for what is of no kind that can be told; not for orders."""
    if reference.endswith("context.draftOrders"):
        return False
    kind = reference.partition("/")[0].partition(" ")[0]
    return kind in INDEX_KINDS or not kind[:1].isupper()
