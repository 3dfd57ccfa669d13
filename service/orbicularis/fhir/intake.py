"""Taking in resources: whose they are, which matter, and each of them once."""

from collections.abc import Callable, Hashable
from functools import partial

import msgspec

from orbicularis.fhir.collection import Collection
from orbicularis.fhir.decoding import Decode, Unreadable
from orbicularis.fhir.drafts import DRAFT_KINDS, PLACE, DraftOrders
from orbicularis.fhir.item import LONGEST_ID, Item, Tally, text_of
from orbicularis.fhir.medicines import substances
from orbicularis.fhir.plain import MEDICATION_USES, plain_code
from orbicularis.fhir.record import Origin, Record
from orbicularis.fhir.references import Whose
from orbicularis.fhir.screen import Screen, medication_reference
from orbicularis.fhir.source import Source, open_source
from orbicularis.fhir.structs.element import ABSENT, Reference, is_sent
from orbicularis.fhir.structs.glance import Holder
from orbicularis.fhir.text.prose import LONGEST
from orbicularis.fhir.uses import Use, Uses

_references: Decode[list[Reference] | None] = Decode(list[Reference] | None)
_holder: Decode[Holder] = Decode(Holder)

_OTHER_KINDS = frozenset({"Patient", "Medication", "OperationOutcome", "Bundle"})
_HOLDERS = frozenset({"Observation", "DiagnosticReport", "Encounter"})
_HELD = frozenset({"Observation", "Condition", "Procedure"})
_WITHDRAWN = frozenset({"entered-in-error", "cancelled"})

# Looked up once: the first look at a resource costs little more than this would.
_NONE, _FACT = Use.NONE, Use.FACT

_CUT_SHORT = f"only the first {LONGEST:,} characters of a text were searched"


class Intake:
    """Looks at every resource of a call, and collects what is worth decoding.

    Attributes:
        resources: how many resources were looked at.
        may_speak: True once anything was taken in that may make the service speak.
    """

    def __init__(self, screen: Screen, uses: Uses, whose: Whose, collection: Collection) -> None:
        """Start with nothing."""
        self._screen = screen
        self._uses = uses
        self._whose = whose
        self._collection = collection
        self._waiting: list[tuple[Item, Record, str]] = []
        self._unresolved: list[Item] = []
        self._plain_facts: list[Item] = []
        self._own_subjects = {b""}
        self._kinds = {
            Origin.PREFETCH: screen.kinds | _OTHER_KINDS,
            Origin.DRAFTS: DRAFT_KINDS | {"Medication"},
            Origin.PROBLEMS: frozenset({"Condition"}),
        }
        self._placed: frozenset[int] = frozenset()
        self.resources = 0
        self.may_speak = False

    def take(self, source: Source, origin: Origin, place: str) -> Tally:
        """Look once at every resource of one source; most end here.

        One with a code that was looked at before, and nothing else that tells, costs no more
        than comparing bytes.
        """
        tally = Tally()
        self._take(source, origin, place, tally)
        return tally

    def take_drafts(self, drafts: DraftOrders) -> Tally:
        """Take in the unsigned orders of a session; some of them are just being placed."""
        self._placed = drafts.placed
        return self.take(drafts.source, Origin.DRAFTS, PLACE)

    def settle(self) -> None:
        """Settle what other resources had to be known for."""
        for item in self._unresolved:
            self._guarded(item, self._take_resolved)
        for item, record, reference in self._waiting:
            find = partial(self._collection.medication, record)
            try:
                known = list(substances(reference, find))
            except Unreadable as error:
                self._collection.skip(item.name, str(error))
                continue
            if not known:
                reason = "what it refers to as the medicine was not sent"
                self._collection.skip(item.name, reason)
            elif use := self._uses.of_medicine(known):
                self._keep(item.identity, record, use)

    def keep_plain_facts(self) -> None:
        """Keep what has been put off: most charts cannot make the service speak."""
        for item in self._plain_facts:
            self._keep(item.identity, item.record(may_speak=False), Use.FACT)

    def _take(self, source: Source, origin: Origin, place: str, tally: Tally) -> None:
        own, remembered, kinds = self._own_subjects, self._uses.remembered, self._kinds[origin]
        self.resources += len(source.entries)
        for number, entry in enumerate(source.entries):
            glance = entry.resource if entry is not None else None
            if entry is None or glance is None:
                tally.unreadable += 1
                self._collection.skip(f"an entry in {place}", "there is no readable resource in it")
                continue
            kind = glance.resource_type or ""
            if kind not in kinds:
                tally.count(kind)
                continue
            use = remembered(kind, glance)
            if use is _NONE and bytes(glance.subject) in own:
                tally.count(kind)
                continue
            placed = origin is Origin.DRAFTS and number in self._placed
            item = Item(kind, glance, source, number, origin, tally, entry.full_url, placed, use)
            if use is _FACT and bytes(glance.subject) in own:
                tally.count(kind)
                self._plain_facts.append(item)
                continue
            step = self._take_if_own if kind in self._screen.kinds else self._take_other
            self._guarded(item, step)

    def _guarded(self, item: Item, step: Callable[[Item], None]) -> None:
        """Take a step with a resource; one that is misshapen is named and skipped."""
        try:
            step(item)
        except Unreadable as error:
            item.tally.unreadable += 1
            self._collection.skip(item.name, str(error))

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
            item.tally.count(item.kind)
            self._collection.keep(item.identity, item.record())
        else:
            self._set_aside(item)

    def _take_medication(self, item: Item) -> None:
        item.tally.count(item.kind)
        self._collection.know_medication(item.names, item.record())

    def _take_bundle(self, item: Item) -> None:
        """A Bundle within a Bundle, as some gateways send them; deeper ones are not read."""
        inner = open_source(item.raw)
        if item.source.is_inner:
            raise Unreadable("a Bundle within a Bundle within a Bundle")
        inner.is_inner = True
        self._take(inner, item.origin, item.name, item.tally)

    def _take_if_own(self, item: Item) -> None:
        subject = bytes(item.glance.subject)
        owner = None if subject in self._own_subjects and subject else item.owner()
        if self._whose.is_own(owner):
            self._own_subjects.add(subject)
            self._take_own(item)
        elif owner is not None and owner.startswith("urn:"):
            self._unresolved.append(item)
        elif owner is not None and owner.startswith("#") and item.contains_patient(owner):
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
        item.tally.count(item.kind)
        glance = item.glance
        use = item.use
        if use is None:
            if item.source.size > LONGEST and self._screen.is_overlong(glance):
                self._collection.skip(item.name, _CUT_SHORT)
            use = self._uses.of(item.kind, glance)
        if use is Use.FACT and plain_code(item.kind, glance) is not None:
            # Put off: see keep_plain_facts.
            self._plain_facts.append(item)
        elif use is not Use.NONE:
            self._keep(item.identity, item.record(may_speak=use is Use.INDEX), use)
        elif item.kind in MEDICATION_USES:
            reference = medication_reference(glance)
            if reference:
                self._waiting.append((item, item.record(), reference))
        if item.kind in _HOLDERS:
            self._take_held(item)

    def _keep(self, identity: Hashable, record: Record, use: Use) -> None:
        self.may_speak |= use is Use.INDEX
        self._collection.keep(identity, record)

    def _take_held(self, item: Item) -> None:
        """What a record contains is read like records of their own; members get its date."""
        glance = item.glance
        if glance.has_member is glance.result is glance.contained is ABSENT:
            return
        members = [
            reference.reference
            for part in (glance.has_member, glance.result)
            for reference in ((_references(part) or ()) if is_sent(part) else ())
            if reference.reference
        ]
        contained = item.contained()
        if not members and not contained:
            return
        parent = item.record()
        for member in members:
            self._collection.know_panel(member, parent)
        if (_holder(parent.raw).status or "") in _WITHDRAWN:
            return
        for raw, inner in contained:
            kind = inner.resource_type or ""
            use = self._uses.of(kind, inner) if kind in _HELD else Use.NONE
            if use is not Use.NONE:
                identifier = text_of(inner.id)
                name = f"{item.name}#{identifier or ''}"[: 3 * LONGEST_ID]
                record = Record(
                    kind, name, _given(raw), item.origin, {}, parent, may_speak=use is Use.INDEX
                )
                self._keep((item.identity, identifier or bytes(raw)), record, use)

    def _set_aside(self, item: Item) -> None:
        item.tally.others += 1
        self._collection.others.add(item.identity)


def _given(raw: msgspec.Raw) -> Callable[[], msgspec.Raw]:
    return lambda: raw
