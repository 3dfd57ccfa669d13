"""Unquoted scalars mean what every YAML reader takes them for, or they are traps."""

from datetime import date

import pytest

from orbicularis.knowledge.scalar import Trap, plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-12", -12),
        ("7.90", 7.9),
        ("-0.5", -0.5),
        ("true", True),
        ("false", False),
        ("2026-02-03", date(2026, 2, 3)),
        ("P14D", "P14D"),
        ("17861-6", "17861-6"),
        ("R25.2", "R25.2"),
        ("7.9 mg/dL", "7.9 mg/dL"),
        ("-", "-"),
        ("1.2.3", "1.2.3"),
        ("12:75", "12:75"),
        ("yesterday", "yesterday"),
        ("None", "None"),
    ],
)
def test_plain_values(text: str, value: object) -> None:
    read = plain(text)

    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("K108", ["y", "N", "Yes", "NO", "on", "Off", "True", "FALSE"]),
        ("K109", ["", "~", "null", "Null", "NULL"]),
        ("K110", ["0123", "0o17", "0x1F", "0b1", "1_000", "+1", "5.", ".5", "1e3", "1.5E-2"]),
        ("K110", [".inf", "-.INF", ".NaN", "1:30", "-1:30:15", "00"]),
        ("K111", ["2026-02-30", "2026-02-03T10:00:00Z", "2026-2-3 10:00:00"]),
    ],
)
def test_traps(code: str, texts: list[str]) -> None:
    for text in texts:
        read = plain(text)
        assert isinstance(read, Trap), text
        assert read.code == code
        assert read.fix
