"""Taking in resources: whose they are, which matter, and each of them once."""

from collections.abc import Callable, Hashable, Iterable

import msgspec

from orbicularis.facts.chart import Skipped
from orbicularis.fhir.decoding import Decode, Unreadable
from orbicularis.fhir.item import LONGEST_ID, Item, Tally, named
from orbicularis.fhir.record import Origin, Record
from orbicularis.fhir.references import Whose, local, resolve
from orbicularis.fhir.screen import MEDICATION_USES, Screen, medication_reference
from orbicularis.fhir.structs.bundle import Bundle, BundleEntry
from orbicularis.fhir.structs.element import ABSENT, Reference, is_sent
from orbicularis.fhir.structs.glance import Glance, Head, Parent
from orbicularis.fhir.structs.medication import Medication
from orbicularis.fhir.text.prose import LONGEST

_glance: Decode[Glance] = Decode(Glance)
_head: Decode[Head] = Decode(Head)
_bundle: Decode[Bundle] = Decode(Bundle)
_reference: Decode[Reference | None] = Decode(Reference | None)
_references: Decode[list[Reference] | None] = Decode(list[Reference] | None)
_parent: Decode[Parent] = Decode(Parent)
_medication: Decode[Medication] = Decode(Medication)

_OTHER_KINDS = frozenset({"Patient", "Medication", "OperationOutcome", "Bundle"})
_HOLDERS = frozenset({"Observation", "DiagnosticReport", "Encounter"})
_HELD = frozenset({"Observation", "Condition", "Procedure"})
_WITHDRAWN = frozenset({"entered-in-error", "cancelled"})


class Intake:
    """Everything of one call that is worth decoding, and what was left aside.

    Attributes:
        medications: Medications by ``Type/id`` and by full URL.
        panels: per record, the record that names it as a member or result.
        skipped: what could not be read.
        others: identities of records of other patients.
        resources: how many resources were looked at.
    """

    def __init__(self, screen: Screen, whose: Whose) -> None:
        """Start with nothing."""
        self._screen = screen
        self._whose = whose
        self._records: dict[Hashable, Record] = {}
        self._waiting: list[tuple[Item, Record, str]] = []
        self._unresolved: list[Item] = []
        self.medications: dict[str, Record] = {}
        self.panels: dict[str, Record] = {}
        self.skipped: dict[Skipped, None] = {}
        self.others: set[Hashable] = set()
        self.resources = 0
        self._kinds = {
            Origin.PREFETCH: screen.kinds | _OTHER_KINDS,
            Origin.DRAFTS: frozenset({"ServiceRequest", "MedicationRequest", "Medication"}),
            Origin.PROBLEMS: frozenset({"Condition"}),
        }

    def take(self, entries: Iterable[BundleEntry], origin: Origin, place: str) -> Tally:
        """Look once at every resource of one source; most end here."""
        tally = Tally()
        self._take(entries, origin, place, tally)
        return tally

    def finish(self) -> list[Record]:
        """Settle what other resources had to be known for; give every record to read."""
        for item in self._unresolved:
            self._guarded(item, self._take_resolved)
        for item, record, reference in self._waiting:
            try:
                medication = self.medication(record, reference)
                if medication and self._screen.is_relevant_medication(medication):
                    self._keep(item.identity, record)
            except Unreadable as error:
                self.skip(item.name, str(error))
        return list(self._records.values())

    def medication(self, record: Record, reference: str | None) -> Medication | None:
        """Find the Medication that a record of use refers to.

        Raises:
            Unreadable: when it was sent but cannot be read.
        """
        raw = resolve(reference, record.contained)
        if raw is None and (known := resolve(reference, self.medications)) is not None:
            raw = known.raw
        return None if raw is None else _medication(raw)

    def skip(self, reference: str, reason: str) -> None:
        """Name a record that was left aside."""
        self.skipped[Skipped(reference, reason)] = None

    def _take(
        self, entries: Iterable[BundleEntry], origin: Origin, place: str, tally: Tally
    ) -> None:
        for entry in entries:
            self.resources += 1
            try:
                glance = _glance(entry.resource)
            except Unreadable as error:
                self._skip_unseen(entry.resource, tally, place, str(error))
            else:
                item = Item(glance, entry.resource, entry.full_url, origin, tally)
                self._guarded(item, self._sort)

    def _guarded(self, item: Item, step: Callable[[Item], None]) -> None:
        """Take a step with a resource; one that is misshapen is named and skipped."""
        try:
            step(item)
        except Unreadable as error:
            item.tally.unreadable += 1
            self.skip(item.name, str(error))

    def _skip_unseen(self, raw: msgspec.Raw, tally: Tally, place: str, reason: str) -> None:
        """Name a resource of which not even the first look succeeded, if it could matter."""
        if not is_sent(raw):
            tally.unreadable += 1
            self.skip(f"an entry in {place}", "there is no resource in it")
            return
        try:
            head = _head(raw)
            owner = _reference(head.subject) if is_sent(head.subject) else None
        except Unreadable:
            head, owner = Head(), None
        if head.resource_type is not None and head.resource_type not in self._screen.kinds:
            return
        if owner is not None and not self._whose.is_own(owner.reference):
            return
        tally.unreadable += 1
        kind = head.resource_type or "an entry"
        self.skip(named(head.resource_type, head.id) or f"{kind} in {place}", reason)

    def _sort(self, item: Item) -> None:
        kind = item.kind
        if kind not in self._kinds[item.origin]:
            self._count(item)
            return
        if kind in self._screen.kinds:
            self._take_if_own(item)
        elif kind == "Patient":
            self._take_patient(item)
        elif kind == "Medication":
            self._take_medication(item)
        elif kind == "OperationOutcome":
            item.tally.outcomes.append(item.raw)
        else:
            self._take_bundle(item)

    def _take_patient(self, item: Item) -> None:
        if self._whose.is_patient(item.glance.id):
            self._whose.know(item.full_url)
            self._count(item)
            self._keep(item.identity, item.record())
        else:
            self._set_aside(item)

    def _take_medication(self, item: Item) -> None:
        self._count(item)
        record = item.record()
        for name in (named(item.kind, item.glance.id), item.full_url):
            known = self.medications.get(name) if name is not None else None
            if name is not None and (known is None or record.replaces(known)):
                self.medications[name] = record

    def _take_bundle(self, item: Item) -> None:
        """A Bundle within a Bundle, as some gateways send them; deeper ones are not read."""
        inner = [entry for entry in _bundle(item.raw).entry or () if entry is not None]
        self._take(
            (entry for entry in inner if _head(entry.resource).resource_type != "Bundle"),
            item.origin,
            item.name,
            item.tally,
        )

    def _take_if_own(self, item: Item) -> None:
        owner = item.owner
        if self._whose.is_own(owner):
            self._take_own(item)
        elif owner is not None and owner.startswith("urn:"):
            self._unresolved.append(item)
        elif owner is not None and owner.startswith("#") and _has_contained_patient(item, owner):
            self._take_own(item)
        else:
            self._set_aside(item)

    def _take_resolved(self, item: Item) -> None:
        """All patients of all sources are known by now."""
        if self._whose.is_own(item.owner):
            self._take_own(item)
        else:
            self._set_aside(item)

    def _take_own(self, item: Item) -> None:
        self._count(item)
        glance = item.glance
        if memoryview(item.raw).nbytes > LONGEST and self._screen.is_overlong(glance):
            self.skip(item.name, f"only the first {LONGEST:,} characters of a text were searched")
        if self._screen.is_relevant(glance):
            self._keep(item.identity, item.record())
        elif item.kind in MEDICATION_USES and (reference := medication_reference(glance)):
            self._waiting.append((item, item.record(), reference))
        if item.kind in _HOLDERS and _holds_others(glance):
            self._take_held(item)

    def _take_held(self, item: Item) -> None:
        """What a record contains is read like records of their own; members get its date."""
        parent = item.record()
        for part in (item.glance.has_member, item.glance.result):
            for reference in (_references(part) or ()) if is_sent(part) else ():
                if reference.reference:
                    self._know_panel(local(reference.reference), parent)
        if _withdrawn(item.raw):
            return
        for raw, glance in item.contained():
            if glance.resource_type in _HELD and self._screen.is_relevant(glance):
                name = f"{item.name}#{glance.id or ''}"[: 3 * LONGEST_ID]
                record = Record(glance.resource_type, name, raw, item.origin, {}, parent)
                self._keep((item.identity, glance.id or bytes(raw)), record)

    def _know_panel(self, member: str, parent: Record) -> None:
        known = self.panels.get(member)
        if known is None or parent.reference < known.reference:
            self.panels[member] = parent

    def _keep(self, identity: Hashable, record: Record) -> None:
        known = self._records.get(identity)
        if known is None or record.replaces(known):
            self._records[identity] = record

    def _set_aside(self, item: Item) -> None:
        item.tally.others += 1
        self.others.add(item.identity)

    def _count(self, item: Item) -> None:
        item.tally.own += 1
        item.tally.kinds.add(item.kind)


def _holds_others(glance: Glance) -> bool:
    return any(
        part is not ABSENT for part in (glance.contained, glance.has_member, glance.result)
    )


def _has_contained_patient(item: Item, owner: str) -> bool:
    return any(
        inner.resource_type == "Patient" and owner == f"#{inner.id}"
        for _, inner in item.contained()
    )


def _withdrawn(raw: msgspec.Raw) -> bool:
    return (_parent(raw).status or "") in _WITHDRAWN
