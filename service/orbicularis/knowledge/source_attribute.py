"""Source attributes that a bundle declares of itself: which data about a person it uses.

The list is the one that US certification asks of evidence-based decision support
interventions (45 CFR 170.315(b)(11)(iv)(A)); the first four of its thirteen attributes
(citation, developer, funding, dates) stand in ``bundle.yaml`` and ``references.yaml`` already.
"""

from enum import StrEnum

from orbicularis.knowledge.base import Id, Knowledge, Text


class PersonalData(StrEnum):
    """Data about a person whose use has to be told."""

    RACE = "race"
    ETHNICITY = "ethnicity"
    LANGUAGE = "language"
    SEXUAL_ORIENTATION = "sexual-orientation"
    GENDER_IDENTITY = "gender-identity"
    SEX = "sex"
    DATE_OF_BIRTH = "date-of-birth"
    SOCIAL_DETERMINANTS = "social-determinants"
    HEALTH_STATUS = "health-status"


class Declared(Knowledge):
    """What the makers of a bundle say of one kind of data.

    Attributes:
        used: True when a rule uses it.
        how: how it is used, or what is done instead.
        findings: findings that read it and cannot be told from the others by their kind; age
            and sex need none, they are found in the rules.
    """

    used: bool
    how: Text
    findings: tuple[Id, ...] = ()
