"""The revision names the content of the rules, and nothing else."""

import pytest

from orbicularis.knowledge.load import load
from orbicularis.knowledge.revision import revision
from tests.knowledge.builder import SMALL, Copy


def test_it_is_a_sha256_in_hex() -> None:
    digest = load(SMALL).revision

    assert len(digest) == 64
    assert int(digest, 16)


@pytest.mark.parametrize(
    "file",
    [
        "README.md",
        "bundle.lock",
        "schema/a.json",
        "well/nobody.yaml",
        "causes/plain-cramp.test.yaml",
    ],
)
def test_what_is_no_knowledge_does_not_change_it(copy: Copy, file: str) -> None:
    copy.write(file, (SMALL / "well/nobody.yaml").read_text().replace("40", "41"))

    assert load(copy.folder).revision == load(SMALL).revision


def test_line_ends_do_not_change_it(copy: Copy) -> None:
    for path in copy.folder.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert load(copy.folder).revision == load(SMALL).revision


def test_content_changes_it(copy: Copy) -> None:
    copy.change("causes/plain-cramp.yaml", "advice: Reassure.", "advice: Reassure!")

    assert load(copy.folder).revision != load(SMALL).revision


def test_paths_and_contents_cannot_be_confused() -> None:
    digests = {
        revision([("a", b"bc")]),
        revision([("ab", b"c")]),
        revision([("a", b"b"), ("c", b"")]),
        revision([("a", b""), ("b", b"c")]),
    }

    assert len(digests) == 4
    assert revision([("a", b"1"), ("b", b"2")]) == revision([("b", b"2"), ("a", b"1")])
