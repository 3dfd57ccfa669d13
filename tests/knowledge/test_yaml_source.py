"""Files as bytes: encodings, limits, and what YAML can do to a reader."""

import pytest

from orbicularis.knowledge.yaml_source import SIZE_LIMIT, read


def told(raw: bytes) -> list[tuple[str, int, int]]:
    return [(p.code, p.line, p.column) for p in read("a.yaml", raw).problems]


def test_data_and_places() -> None:
    source = read("a.yaml", b"# first\na: [1, 'x']\nb:\n  c: 2.5\n")

    assert source.problems == []
    assert source.data == {"a": [1, "x"], "b": {"c": 2.5}}
    assert source.place(("a", 1)) == (2, 8)
    assert source.place(("b", "c")) == (4, 6)
    assert source.place(("b", "c"), of_key=True) == (4, 3)
    assert source.place(("b", "missing")) == (4, 3)


def test_line_ends_do_not_matter() -> None:
    with_crlf = read("a.yaml", b"a: 1\r\nb: |\r\n  c\r\n  d\r\n")

    assert with_crlf.data == read("a.yaml", b"a: 1\nb: |\n  c\n  d\n").data
    assert with_crlf.place(("b",), of_key=True) == (2, 1)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("t: é".encode("latin-1"), [("K101", 1, 4)]),
        ("a: ü\nt: ".encode() + b"\xff", [("K101", 2, 4)]),
        (b"\xef\xbb\xbfa: 1", [("K101", 1, 1)]),
        ("a: 1".encode("utf-16"), [("K101", 1, 1)]),
        (b"a: " + b"x" * SIZE_LIMIT, [("K102", 1, 1)]),
        (b"a:\t1\nb:\t2\n", [("K103", 1, 3), ("K103", 2, 3)]),
        (b"a: [1\n", [("K104", 1, 4)]),
        (b"a: \x01\n", [("K104", 1, 1)]),
        (b"a: 1\na: 2\na: 3\n", [("K105", 2, 1), ("K105", 3, 1)]),
        (b"a: &x 1\nb: *x\n", [("K106", 1, 4), ("K106", 2, 4)]),
        (b"%YAML 1.1\n---\na: 1\n", [("K106", 1, 1)]),
        (b"", [("K107", 1, 1)]),
        (b"# nothing\n", [("K107", 1, 1)]),
        (b"a: 1\n---\nb: 2\n", [("K107", 3, 1)]),
    ],
)
def test_unreadable_files(raw: bytes, expected: list[tuple[str, int, int]]) -> None:
    assert told(raw) == expected


@pytest.mark.parametrize("opening", [b"[", b"{a: ", b"- ", b"[\n", b"? "])
def test_deep_nesting_is_refused_and_not_fatal(opening: bytes) -> None:
    codes = {code for code, _, _ in told(opening * 60_000)}

    assert codes == {"K104"}


def test_a_staircase_of_indents_is_refused_and_not_fatal() -> None:
    stairs = b"".join(b" " * depth + b"a:\n" for depth in range(1200))

    assert {code for code, _, _ in told(stairs)} == {"K104"}


def test_words_that_hold_special_characters_are_text() -> None:
    source = read("a.yaml", b"a: twitch*\nb: this & that\nc: '*x &y !z'\nd: wow!\n")

    assert source.problems == []
    assert source.data["c"] == "*x &y !z"
