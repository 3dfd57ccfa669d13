"""The memory of tokens: what lives is never forgotten, what is over always."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orbicularis.api.auth.denial import Denied, Reason
from orbicularis.api.auth.replay import Replays
from tests.api.auth.signer import NOW

A, B = "a", "b"


def _reason(replays: Replays, jti: str, until: float, now: float, issuer: str = A) -> str | None:
    try:
        replays.admit(issuer, jti, until, now)
    except Denied as denied:
        return denied.reason
    return None


def test_when_it_is_full_the_next_is_refused_and_none_forgotten() -> None:
    replays = Replays([A, B], capacity=3)
    assert [_reason(replays, str(n), NOW + 300, NOW) for n in range(3)] == [None] * 3
    assert _reason(replays, "3", NOW + 300, NOW) is Reason.REPLAYS_FULL
    assert [_reason(replays, str(n), NOW + 300, NOW) for n in range(3)] == [Reason.REPLAY] * 3


def test_one_issuers_flood_leaves_the_others_their_room() -> None:
    replays = Replays([A, B], capacity=1)
    assert _reason(replays, "1", NOW + 300, NOW) is None
    assert _reason(replays, "2", NOW + 300, NOW) is Reason.REPLAYS_FULL
    assert _reason(replays, "2", NOW + 300, NOW, issuer=B) is None


def test_room_comes_back_when_tokens_have_expired() -> None:
    replays = Replays([A], capacity=1)
    assert _reason(replays, "1", NOW + 60, NOW) is None
    assert _reason(replays, "2", NOW + 120, NOW + 59) is Reason.REPLAYS_FULL
    assert _reason(replays, "2", NOW + 120, NOW + 70) is None


def test_the_same_name_under_another_expiry_is_a_replay() -> None:
    replays = Replays([A])
    assert _reason(replays, "1", NOW + 60, NOW) is None
    assert _reason(replays, "1", NOW + 90, NOW) is Reason.REPLAY


_LIFE = st.floats(0.001, 4000)


@settings(deadline=None)  # a busy machine is no defect
@given(st.lists(st.tuples(st.integers(0, 5), _LIFE, st.floats(0, 500)), max_size=30))
def test_a_name_passes_once_in_its_life(knocks: list[tuple[int, float, float]]) -> None:
    replays, now = Replays([A]), NOW
    live: dict[int, float] = {}
    for jti, life, later in knocks:
        now += later
        passed = _reason(replays, str(jti), now + life, now) is None
        assert not (passed and live.get(jti, 0) > now)
        # What has been over for the width of a slot is forgotten, and may pass again.
        assert passed or live[jti] > now - 10
        if passed:
            live[jti] = now + life


def test_names_are_told_apart() -> None:
    replays = Replays([A])
    names = ["1", "2", "", " 1", "1\0", "\ud83e", "\udd20", "é", "e\u0301"]
    assert [_reason(replays, name, NOW + 1, NOW) for name in names] == [None] * len(names)


def test_an_issuer_that_is_not_listed_has_no_memory() -> None:
    with pytest.raises(KeyError):
        Replays([A]).admit(B, "1", NOW + 1, NOW)
