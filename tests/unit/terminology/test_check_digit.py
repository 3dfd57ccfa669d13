import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbicularis.terminology.check_digit import luhn, verhoeff

bodies = st.text("0123456789", min_size=1, max_size=17)


def completed(body: str, hyphen: str = "") -> str:
    """The code of ``body`` that the right algorithm accepts; there is exactly one."""
    check = luhn if hyphen else verhoeff
    (code,) = (body + hyphen + digit for digit in "0123456789" if check(body + hyphen + digit))
    return code


@pytest.mark.parametrize("code", ["82470000", "32402008", "27678003", "13753008", "10629009"])
def test_snomed_ct_identifiers_pass(code: str) -> None:
    assert verhoeff(code)


@pytest.mark.parametrize("code", ["2000-8", "17861-6", "1995-0", "98979-8", "3016-3", "30163"])
def test_loinc_codes_pass(code: str) -> None:
    assert luhn(code)


@pytest.mark.parametrize("code", ["82470001", "28470000", "", "8247000O", "82470-000", "٨٢٤٧٠٠٠٠"])
def test_what_is_no_snomed_ct_identifier_fails(code: str) -> None:
    assert not verhoeff(code)


@pytest.mark.parametrize(
    "code", ["2000-7", "0200-8", "", "-", "200-08", "2000--8", "LA9633-4", "²"]
)
def test_what_is_no_loinc_code_fails(code: str) -> None:
    assert not luhn(code)


@given(bodies)
def test_every_number_has_one_check_digit(body: str) -> None:
    assert completed(body).startswith(body)
    assert completed(body, "-").startswith(f"{body}-")


@given(bodies, st.data())
def test_one_wrong_digit_is_found(body: str, data: st.DataObject) -> None:
    for code, check in ((completed(body), verhoeff), (completed(body, "-"), luhn)):
        place = data.draw(st.sampled_from([i for i, c in enumerate(code) if c != "-"]))
        wrong = data.draw(st.sampled_from("0123456789".replace(code[place], "")))
        assert not check(code[:place] + wrong + code[place + 1 :])


@given(bodies, st.data())
def test_two_digits_changed_over_are_found_by_verhoeff(body: str, data: st.DataObject) -> None:
    code = completed(body)
    place = data.draw(st.integers(0, len(code) - 2))
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert verhoeff(swapped) is (swapped == code)
