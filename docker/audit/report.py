"""``python -m docker.audit.report SBOM LICENCES VULNERABILITIES``: the audit's closing table.

Exit codes: 0 nothing found, 1 a known vulnerability or a licence that is not accepted,
3 licences in order but vulnerabilities could not be looked up.
"""

import sys
from pathlib import Path

from docker.audit.licences import Verdict, judge, read_policy
from docker.audit.package import read_sbom
from docker.audit.vulnerabilities import Findings, read_findings

CLEAN, FOUND, NOT_LOOKED_UP = 0, 1, 3


def report(verdicts: list[Verdict], findings: Findings) -> tuple[list[str], int]:
    """Make the lines to print and the exit code."""
    lines = [_row(verdict, findings) for verdict in verdicts]
    refused = [verdict for verdict in verdicts if verdict.problem]
    lines.append("")
    lines += [f"licence        {one.package.name}: {one.problem}" for one in refused]
    lines += [
        f"vulnerability  {name}: {one}" for name, known in findings.known.items() for one in known
    ]
    if findings.unseen:
        lines.append(
            f"not looked up  {len(findings.unseen)} of {len(verdicts)} packages: the vulnerability "
            "service could not be reached, or does not know them"
        )
    closing, code = _closing(len(verdicts), len(refused), findings)
    return [*lines, closing], code


def _closing(packages: int, refused: int, findings: Findings) -> tuple[str, int]:
    known = sum(map(len, findings.known.values()))
    if refused or known or not packages:
        counts = f"{known} known vulnerabilities, {refused} licences not accepted"
        return f"audit: FAILED {packages} packages, {counts}", FOUND
    if findings.unseen:
        counts = f"of vulnerabilities nothing is known for {len(findings.unseen)}"
        return f"audit: INCOMPLETE {packages} packages, licences accepted; {counts}", NOT_LOOKED_UP
    return f"audit: ok {packages} packages, no known vulnerability, licences accepted", CLEAN


def _row(verdict: Verdict, findings: Findings) -> str:
    name = verdict.package.name
    seen = "not looked up" if name in findings.unseen else "none known"
    vulnerabilities = str(len(findings.known[name])) if name in findings.known else seen
    return f"{name:<20} {verdict.package.version:<12} {vulnerabilities:<14} {verdict.licence}"


def main(sbom: str, licences: str, vulnerabilities: str) -> int:
    """Judge the files named, print the table and return the exit code."""
    packages = read_sbom(Path(sbom))
    policy = read_policy(Path(licences))
    findings = read_findings(Path(vulnerabilities), packages)
    lines, code = report([judge(package, policy) for package in packages], findings)
    sys.stdout.write("\n".join(lines) + "\n")
    return code


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
