"""The patient: age and sex."""

from datetime import datetime

from orbicularis.facts.chart import Person
from orbicularis.fhir.decoding import Decode
from orbicularis.fhir.moments import Moment, moment
from orbicularis.fhir.record import Record
from orbicularis.fhir.structs.person import Patient

_decode: Decode[Patient] = Decode(Patient)

_SEXES = frozenset({"male", "female"})
_OLDEST = 130


def person(record: Record, now: datetime) -> tuple[Person, Moment | None]:
    """Read age in completed years, administrative gender and birth.

    Raises:
        Unreadable: when a part that is read is misshapen.
    """
    patient = _decode(record.raw)
    birth = moment(patient.birth_date)
    sex = patient.gender if patient.gender in _SEXES else None
    return Person(_age(birth, now) if birth else None, sex), birth


def _age(birth: Moment, now: datetime) -> int | None:
    """Completed years; a birth date without month or day counts from its middle."""
    born = birth.at if birth.span.days <= 1 else birth.middle.at
    age = now.year - born.year - ((now.month, now.day) < (born.month, born.day))
    return age if 0 <= age <= _OLDEST else None
