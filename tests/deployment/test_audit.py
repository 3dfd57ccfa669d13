"""The audit's judgement: never green by accident."""

import json
from pathlib import Path
from typing import Any

import pytest

from docker.audit.licences import Policy, judge, read_policy
from docker.audit.package import Package, read_sbom
from docker.audit.report import main
from docker.audit.vulnerabilities import read_findings
from tests.deployment.lock import versions
from tests.deployment.places import DOCKER, LOCKS

LICENCES = DOCKER / "audit" / "licences.toml"
POLICY = Policy(
    accepted=frozenset({"MIT", "Apache-2.0"}),
    beside_an_id=frozenset({"License :: OSI Approved :: MIT License"}),
    read={("by-hand", "1.0"): "MIT"},
)


def _package(*expressions: str, names: tuple[str, ...] = (), name: str = "a") -> Package:
    return Package(name, "1.0", expressions, names)


@pytest.mark.parametrize(
    "package",
    [
        _package("MIT"),
        _package("GPL-3.0-only OR MIT"),
        _package("MIT AND Apache-2.0"),
        _package("MIT", names=("License :: OSI Approved :: MIT License",)),
        _package(name="by-hand"),
    ],
    ids=["an id", "one side of OR", "both sides of AND", "a name beside an id", "read by hand"],
)
def test_a_licence_that_was_decided_upon_is_accepted(package: Package) -> None:
    assert judge(package, POLICY).problem is None


@pytest.mark.parametrize(
    "package",
    [
        _package("GPL-3.0-only"),
        _package("MIT AND GPL-3.0-only"),
        _package("MIT", "GPL-3.0-only"),
        _package("(MIT OR Apache-2.0) AND GPL-3.0-only"),
        _package("GPL-2.0-only WITH Classpath-exception-2.0"),
        _package("LicenseRef-Ours"),
        _package("MIT AND"),
        _package(),
        _package(names=("License :: OSI Approved :: MIT License",)),
        _package("MIT", names=("License :: Other/Proprietary License",)),
        Package("by-hand", "1.1", (), ()),
    ],
    ids=[
        "another id",
        "one side of AND",
        "two claims",
        "in parentheses",
        "with an exception",
        "its own",
        "not an expression",
        "none",
        "a name alone",
        "a strange name",
        "read in another version",
    ],
)
def test_a_licence_that_nobody_decided_upon_is_refused(package: Package) -> None:
    assert judge(package, POLICY).problem


def test_a_licence_read_by_a_person_is_of_a_version_that_is_locked() -> None:
    locked = versions(LOCKS / "runtime.lock")
    read = read_policy(LICENCES).read
    assert read
    assert {name: version for name, version in read} == {  # noqa: C416 - two-part keys
        name: version for name, version in locked.items() if name in dict(read.keys())
    }


def _entry(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "version": "1.0", **more}


def _report(path: Path, *entries: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"dependencies": entries, "fixes": []}), encoding="utf-8")
    return path


def test_a_package_counts_as_looked_up_only_when_the_report_says_so(tmp_path: Path) -> None:
    report = _report(
        tmp_path / "found.json",
        _entry("seen", vulns=[]),
        {"name": "skipped", "skip_reason": "not found"},
        _entry("Other_Version", vulns=[]) | {"version": "0.9"},
    )
    names = ("seen", "skipped", "other-version", "left-out")
    packages = [Package(name, "1.0", ("MIT",), ()) for name in names]
    found = read_findings(report, packages)
    assert found.known == {}
    assert found.unseen == ["skipped", "other-version", "left-out"]


@pytest.mark.parametrize("text", [None, "", "{", '{"fixes": []}', "[]"])
def test_a_report_that_is_missing_or_cut_short_tells_nothing(
    tmp_path: Path, text: str | None
) -> None:
    path = tmp_path / "found.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert read_findings(path, [_package("MIT")]).unseen == ["a"]


def _sbom(path: Path, *components: tuple[str, str]) -> Path:
    made = [
        {"name": name, "version": "1.0", "licenses": [{"license": {"id": licence}}]}
        for name, licence in components
    ]
    path.write_text(json.dumps({"components": made}), encoding="utf-8")
    return path


_VULNERABILITY = {"id": "CVE-2026-0001", "fix_versions": ["1.1"]}


@pytest.mark.parametrize(
    ("licence", "entry", "code", "closing"),
    [
        ("MIT", _entry("a", vulns=[]), 0, "audit: ok 1 packages"),
        ("GPL-3.0-only", _entry("a", vulns=[]), 1, "audit: FAILED"),
        ("MIT", _entry("a", vulns=[_VULNERABILITY]), 1, "audit: FAILED"),
        ("MIT", {"name": "a", "skip_reason": "?"}, 3, "audit: INCOMPLETE"),
        ("GPL-3.0-only", {"name": "a", "skip_reason": "?"}, 1, "audit: FAILED"),
    ],
    ids=["clean", "licence", "vulnerability", "not looked up", "licence, not looked up"],
)
def test_the_exit_code_and_the_last_line_say_the_same(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    licence: str,
    entry: dict[str, Any],
    code: int,
    closing: str,
) -> None:
    sbom = _sbom(tmp_path / "sbom.json", ("a", licence))
    found = _report(tmp_path / "found.json", entry)
    assert main(str(sbom), str(LICENCES), str(found)) == code
    assert capsys.readouterr().out.splitlines()[-1].startswith(closing)


def test_a_vulnerability_is_named_with_what_mends_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sbom = _sbom(tmp_path / "sbom.json", ("a", "MIT"))
    found = _report(tmp_path / "found.json", _entry("a", vulns=[_VULNERABILITY]))
    main(str(sbom), str(LICENCES), str(found))
    assert "vulnerability  a: CVE-2026-0001 (mended in 1.1)" in capsys.readouterr().out


def test_a_bill_of_no_materials_is_not_green(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sbom = _sbom(tmp_path / "sbom.json")
    assert main(str(sbom), str(LICENCES), str(_report(tmp_path / "found.json"))) == 1
    assert "FAILED 0 packages" in capsys.readouterr().out


def test_ids_expressions_and_names_are_read_from_a_bill_of_materials(tmp_path: Path) -> None:
    path = tmp_path / "sbom.json"
    licences = [
        {"license": {"id": "MIT"}},
        {"license": {"name": "MIT License"}},
        {"expression": "MIT OR 0BSD"},
    ]
    component = {"name": "A.b_C", "version": "1", "licenses": licences}
    path.write_text(json.dumps({"components": [component]}), encoding="utf-8")
    assert read_sbom(path) == [Package("a-b-c", "1", ("MIT OR 0BSD", "MIT"), ("MIT License",))]
