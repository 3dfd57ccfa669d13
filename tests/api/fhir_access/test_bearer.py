"""The token: shown as it is, or not at all."""

from typing import Any

import pytest

from orbicularis.api.fhir_access.bearer import bearer
from orbicularis.api.fhir_access.failed import Failed
from tests.api.fhir_access.calls import asked, authorization, completed, failures
from tests.api.fhir_access.fhir_server import FhirServer


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"token_type": "bearer"},
        {"token_type": None},
        {"expires_in": None},
        {"expires_in": 0.5},
        {"expires_in": "300"},
        {"patient": None},
        {"patient": ""},
        {"patient": "p1"},
        {"patient": "Patient/p1"},
        {"scope": "nonsense", "subject": None},
    ],
)
def test_a_token_that_can_be_used_is(more: dict[str, Any]) -> None:
    shown = bearer(authorization(**more), "p1", open_servers=False)
    assert shown.headers == {"Authorization": "Bearer opaque-token"}
    assert "opaque" not in repr(shown)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"token_type": "DPoP"}, "token not usable"),
        ({"token_type": "Bearer, x"}, "token not usable"),
        ({"access_token": "a b"}, "token not usable"),
        ({"access_token": "a\r\nX-Y: z"}, "token not usable"),
        ({"access_token": "\u00e4"}, "token not usable"),
        ({"access_token": "x" * 20_000}, "token not usable"),
        ({"expires_in": 0}, "token expired"),
        ({"expires_in": -5}, "token expired"),
        ({"patient": "p2"}, "token for another patient"),
    ],
)
def test_a_token_that_cannot_be_used_is_shown_to_nobody(
    ehr: FhirServer, more: dict[str, Any], words: str
) -> None:
    with pytest.raises(Failed, match=f"^{words}$"):
        bearer(authorization(**more), "p1", open_servers=False)
    call = completed(asked(ehr.base, shown=authorization(**more)))
    assert set(failures(call).values()) == {words}
    assert not any(one.asked for one in call.fetched.values())
    assert ehr.requests == []
