import dataclasses

import pytest

from orbicularis.terminology.system import CodeSystem

SCT = CodeSystem(
    "SCT", "http://snomed.info/sct", check_digit="verhoeff", pattern="[1-9][0-9]{5,17}"
)
LOINC = CodeSystem("LOINC", "http://loinc.org", check_digit="luhn", pattern="[0-9]{1,7}-[0-9]")


@pytest.mark.parametrize(
    ("system", "code", "shape", "well_formed"),
    [
        (SCT, "82470000", True, True),
        (SCT, "82470001", True, False),
        (SCT, "082470000", False, False),
        (SCT, "82470000\n", False, False),
        (LOINC, "2000-8", True, True),
        (LOINC, "2000-9", True, False),
        (LOINC, "20008", False, False),
        (CodeSystem("LOCAL", "urn:x"), "any thing", True, True),
    ],
)
def test_shape_and_check_digit(
    system: CodeSystem, code: str, shape: bool, well_formed: bool
) -> None:
    assert system.has_shape(code) is shape
    assert system.is_well_formed(code) is well_formed


def test_a_code_system_does_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        SCT.uri = "http://example.org"  # type: ignore[misc]
