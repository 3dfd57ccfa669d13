"""Which files a bundle has, and where they stand."""

from pathlib import Path

import pytest

from orbicularis.knowledge.load import inspect
from tests.knowledge.builder import Copy


def told(folder: Path) -> list[tuple[str, str]]:
    _, problems = inspect(folder)
    assert all(problem.why and problem.fix for problem in problems)
    return [(problem.code, problem.file) for problem in problems]


@pytest.mark.parametrize(
    "file", ["bundle.yaml", "references.yaml", "language.yaml", "terminology/systems.yaml"]
)
def test_missing_file(copy: Copy, file: str) -> None:
    (copy.folder / file).unlink()

    assert told(copy.folder) == [("K001", file)]


@pytest.mark.parametrize(
    ("file", "fix"),
    [
        ("findings/cramps.yml", "cramps.yaml"),
        ("finding/cramps.yaml", "findings"),
        ("bundel.yaml", "bundle.yaml"),
        ("causes/deeper/cramps.yaml", ""),
        ("measurements/calcium.test.yaml", ""),
        ("notes.txt", ""),
    ],
)
def test_stray_file(copy: Copy, file: str, fix: str) -> None:
    copy.write(file, "a: 1\n")

    assert told(copy.folder) == [("K002", file)]
    assert fix in inspect(copy.folder)[1][0].fix


def test_files_that_are_no_knowledge_are_left_alone(copy: Copy) -> None:
    for file in ("README.md", "schema/x.schema.json", ".hidden", ".git/config"):
        copy.write(file, "anything")

    assert told(copy.folder) == []


def test_orphan_test(copy: Copy) -> None:
    (copy.folder / "causes/plain-cramp.test.yaml").rename(
        copy.folder / "causes/plan-cramp.test.yaml"
    )

    assert told(copy.folder) == [
        ("K522", "causes/plain-cramp.yaml"),
        ("K003", "causes/plan-cramp.test.yaml"),
    ]
    assert "plain-cramp" in inspect(copy.folder)[1][1].fix


def test_a_file_that_cannot_be_read(copy: Copy) -> None:
    (copy.folder / "findings/tetany.yaml").unlink()
    (copy.folder / "findings/tetany.yaml").symlink_to("nowhere.yaml")

    assert told(copy.folder) == [("K004", "findings/tetany.yaml")]


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    assert told(tmp_path / "rules") == [("K004", ".")]


def test_a_linked_folder_is_not_entered(copy: Copy) -> None:
    (copy.folder / "causes/loop").symlink_to(copy.folder)

    assert told(copy.folder) == [("K002", "causes/loop")]


def test_no_service_is_active(copy: Copy) -> None:
    copy.change("services/cramps.yaml", "status: active", "status: retired")

    assert ("K005", "services") in told(copy.folder)


def test_no_template_for_index_findings(copy: Copy) -> None:
    text = copy.text("services/cramps.yaml").replace("    index: true\n", "")
    copy.write("services/cramps.yaml", text)

    assert told(copy.folder) == [("K706", "services/cramps.yaml")]


@pytest.mark.parametrize("rule", ["causes/plain-cramp", "red-flags/tetany-now"])
def test_a_rule_without_vignettes(copy: Copy, rule: str) -> None:
    (copy.folder / f"{rule}.test.yaml").unlink()

    assert told(copy.folder) == [("K522", f"{rule}.yaml")]
