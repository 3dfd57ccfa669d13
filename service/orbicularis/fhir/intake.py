"""Taking in resources: whose they are, which matter, and each of them once."""

from collections.abc import Callable, Hashable

from orbicularis.facts.chart import Skipped
from orbicularis.fhir.decoding import Decode, Unreadable
from orbicularis.fhir.item import LONGEST_ID, Item, Tally, text_of
from orbicularis.fhir.record import Origin, Record
from orbicularis.fhir.references import Whose, local, resolve
from orbicularis.fhir.screen import MEDICATION_USES, Screen, medication_reference
from orbicularis.fhir.source import Source, open_source
from orbicularis.fhir.structs.bundle import BundleEntry
from orbicularis.fhir.structs.element import Reference, is_sent
from orbicularis.fhir.structs.glance import Glance, Holder
from orbicularis.fhir.structs.medication import Medication
from orbicularis.fhir.text.prose import LONGEST

_references: Decode[list[Reference] | None] = Decode(list[Reference] | None)
_holder: Decode[Holder] = Decode(Holder)
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
        self._own_subjects = {b""}
        self._useless_codes: dict[str, set[bytes]] = {kind: set() for kind in screen.plain}
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

    def take(self, source: Source, origin: Origin, place: str) -> Tally:
        """Look once at every resource of one source; most end here.

        A resource with a code that was of no use before, and nothing else that tells, is
        dismissed by comparing bytes.
        """
        tally = Tally()
        self._take(source, origin, place, tally)
        return tally

    def finish(self) -> list[Record]:
        """Settle what other resources had to be known for; give every record to read."""
        for item in self._unresolved:
            self._guarded(item, self._take_resolved)
        for item, record, reference in self._waiting:
            try:
                medication = self.medication(record, reference)
            except Unreadable as error:
                self.skip(item.name, str(error))
                continue
            if medication is None:
                self.skip(item.name, "the Medication that it refers to was not sent")
            elif self._screen.is_relevant_medication(medication):
                self._keep(item.identity, record)
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

    def _take(self, source: Source, origin: Origin, place: str, tally: Tally) -> None:
        own, useless, plain = self._own_subjects, self._useless_codes, self._screen.plain
        self.resources += len(source.entries)
        for number, entry in enumerate(source.entries):
            glance = entry.resource if entry is not None else None
            if entry is None or glance is None:
                tally.unreadable += 1
                self.skip(f"an entry in {place}", "there is no readable resource in it")
                continue
            kind = glance.resource_type or ""
            if (
                kind in useless
                and bytes(glance.code) in useless[kind]
                and bytes(glance.subject) in own
                and plain[kind](glance)
            ):
                tally.own += 1
                tally.kinds.add(kind)
                continue
            self._look(entry, glance, source, number, origin, tally)

    def _look(
        self,
        entry: BundleEntry,
        glance: Glance,
        source: Source,
        number: int,
        origin: Origin,
        tally: Tally,
    ) -> None:
        kind = glance.resource_type or ""
        if kind not in self._kinds[origin]:
            tally.own += 1
            tally.kinds.add(kind)
            return
        identifier, full_url = text_of(glance.id), text_of(entry.full_url)
        item = Item(kind, glance, source, number, origin, tally, identifier, full_url)
        self._guarded(item, self._take_if_own if kind in self._screen.kinds else self._take_other)

    def _guarded(self, item: Item, step: Callable[[Item], None]) -> None:
        """Take a step with a resource; one that is misshapen is named and skipped."""
        try:
            step(item)
        except Unreadable as error:
            item.tally.unreadable += 1
            self.skip(item.name, str(error))

    def _take_other(self, item: Item) -> None:
        if item.kind == "Patient":
            self._take_patient(item)
        elif item.kind == "Medication":
            self._take_medication(item)
        elif item.kind == "OperationOutcome":
            item.tally.outcomes.append(item.raw)
        else:
            self._take_bundle(item)

    def _take_patient(self, item: Item) -> None:
        if self._whose.is_patient(item.id):
            self._whose.know(item.full_url)
            self._count(item)
            self._keep(item.identity, item.record())
        else:
            self._set_aside(item)

    def _take_medication(self, item: Item) -> None:
        self._count(item)
        record = item.record()
        for name in item.names:
            known = self.medications.get(name)
            if known is None or record.replaces(known):
                self.medications[name] = record

    def _take_bundle(self, item: Item) -> None:
        """A Bundle within a Bundle, as some gateways send them; deeper ones are not read."""
        inner = open_source(item.raw)
        if item.source.is_inner:
            raise Unreadable("a Bundle within a Bundle within a Bundle")
        inner.is_inner = True
        self._take(inner, item.origin, item.name, item.tally)

    def _take_if_own(self, item: Item) -> None:
        owner = item.owner()
        if self._whose.is_own(owner):
            self._own_subjects.add(bytes(item.glance.subject))
            self._take_own(item)
        elif owner is not None and owner.startswith("urn:"):
            self._unresolved.append(item)
        elif owner is not None and owner.startswith("#") and _has_contained_patient(item, owner):
            self._take_own(item)
        else:
            self._set_aside(item)

    def _take_resolved(self, item: Item) -> None:
        """All patients of all sources are known by now."""
        if self._whose.is_own(item.owner()):
            self._take_own(item)
        else:
            self._set_aside(item)

    def _take_own(self, item: Item) -> None:
        self._count(item)
        glance = item.glance
        if self._screen.is_overlong(glance):
            self.skip(item.name, f"only the first {LONGEST:,} characters of a text were searched")
        if self._screen.is_relevant(item.kind, glance):
            self._keep(item.identity, item.record())
        elif item.kind in MEDICATION_USES:
            reference = medication_reference(glance)
            if reference:
                self._waiting.append((item, item.record(), reference))
        elif item.kind in self._useless_codes:
            self._useless_codes[item.kind].add(bytes(glance.code))
        if item.kind in _HOLDERS:
            self._take_held(item)

    def _take_held(self, item: Item) -> None:
        """What a record contains is read like records of their own; members get its date."""
        members = [
            reference.reference
            for part in (item.glance.has_member, item.glance.result)
            for reference in ((_references(part) or ()) if is_sent(part) else ())
            if reference.reference
        ]
        contained = item.contained()
        if not members and not contained:
            return
        parent = item.record()
        for member in members:
            self._know_panel(local(member), parent)
        if (_holder(parent.raw).status or "") in _WITHDRAWN:
            return
        for raw, glance in contained:
            kind = glance.resource_type or ""
            if kind in _HELD and self._screen.is_relevant(kind, glance):
                identifier = text_of(glance.id)
                name = f"{item.name}#{identifier or ''}"[: 3 * LONGEST_ID]
                record = Record(kind, name, raw, item.origin, {}, parent)
                self._keep((item.identity, identifier or bytes(raw)), record)

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


def _has_contained_patient(item: Item, owner: str) -> bool:
    return any(
        inner.resource_type == "Patient" and owner == f"#{text_of(inner.id)}"
        for _, inner in item.contained()
    )
