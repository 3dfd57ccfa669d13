"""Identities that carry what feedback needs (RFC 9562, UUID version 8)."""

from hashlib import sha256
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbicularis.cards.uuid8 import Mark, digest, make, mark_of, read

PARTS = ("revision", "kind", "subject", "instance")
texts = st.text(max_size=40)


@given(texts, texts, texts, texts)
def test_it_is_a_uuid_of_version_8_that_gives_back_its_mark(
    revision: str, kind: str, subject: str, instance: str
) -> None:
    made = make(revision, kind, subject, instance)
    assert made == str(UUID(made))
    assert (UUID(made).version, UUID(made).variant) == (8, RFC_4122)
    assert read(made) == mark_of(revision, kind, subject)
    assert made == make(revision, kind, subject, instance)


@pytest.mark.parametrize("at", range(4))
def test_each_part_changes_it(at: int) -> None:
    other = list(PARTS)
    other[at] += "-2"
    assert make(*other) != make(*PARTS)
    same_mark = read(make(*other)) == read(make(*PARTS))
    assert same_mark is (at == 3)


def test_many_invocations_give_as_many_identities() -> None:
    made = {make("revision", "kind", "subject", f"instance-{number}") for number in range(2000)}
    assert len(made) == 2000


def test_the_layout_is_the_documented_one() -> None:
    bits = f"{UUID(make(*PARTS)).int:0128b}"
    hashed = {part: f"{int(sha256(part.encode()).hexdigest(), 16):0256b}" for part in PARTS}
    assert bits[:32] == hashed["revision"][:32]
    assert bits[32:48] == hashed["kind"][:16]
    assert bits[48:52] == "1000"
    assert bits[52:64] == hashed["instance"][:12]
    assert bits[64:66] == "10"
    assert bits[66:106] == hashed["subject"][:40]
    assert bits[106:] == hashed["instance"][12:34]


def test_a_lone_surrogate_in_an_instance_is_no_error() -> None:
    assert UUID(make("revision", "kind", "subject", "\ud800")).version == 8


@pytest.mark.parametrize(
    "other",
    [
        "",
        "not a uuid",
        "0" * 32,
        "cdd3e7d8-82d2-4a25-82b1-10940c524e01",
        "00000000-0000-8000-0000-000000000000",
    ],
)
def test_what_is_none_of_ours_has_no_mark(other: str) -> None:
    assert read(other) is None


def test_a_mark_is_compared_with_the_digests_of_the_rules() -> None:
    assert mark_of("r", "k", "s") == Mark(digest("r", 32), digest("k", 16), digest("s", 40))
    assert digest("r", 8) == sha256(b"r").digest()[0]
