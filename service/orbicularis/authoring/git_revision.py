"""A rules folder as it stood at a git revision, written out into a temporary folder."""

import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

_SECONDS = 60


class NotAvailable(Exception):
    """There is no such folder or revision; the message says what is missing."""


class _Refused(Exception):
    """Git was asked, and said no; the message is what it said."""


@contextmanager
def rules_at(place: str, rules: Path) -> Iterator[Path]:
    """Give the folder that a place names, for as long as the block lasts.

    Args:
        place: a folder, or a git revision of the repository in which ``rules`` stands.
        rules: the rules folder that is looked up in that revision.

    Raises:
        NotAvailable: it is neither, or git cannot say.
    """
    if Path(place).is_dir():
        yield Path(place)
        return
    tree, top = _tree(place, rules)
    with TemporaryDirectory(prefix="orbicularis-") as folder:
        with tarfile.open(fileobj=BytesIO(_archive(top, tree))) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder)


def _tree(place: str, rules: Path) -> tuple[str, Path]:
    """Return the object that holds the folder at the revision, and the top of the repository."""
    if place.startswith("-") or ":" in place:
        raise NotAvailable(f'"{place}" is no git revision: write a commit, a branch or a tag')
    if not rules.is_dir():
        raise NotAvailable(
            f'"{place}" is no folder, and as a git revision it needs the folder of the rules: '
            f"there is no {rules}"
        )
    outside = f'"{place}" is no folder, and {rules} does not stand in a git repository'
    top = Path(_asked(rules, outside, "--show-toplevel"))
    unknown = f'"{place}" is neither a folder nor a git revision of {top}'
    _asked(rules, unknown, "--verify", f"{place}^{{commit}}")
    lacking = f'the revision "{place}" has no folder {rules}'
    return _asked(rules, lacking, "--verify", f"{place}:./"), top


def _asked(folder: Path, otherwise: str, *arguments: str) -> str:
    """Have git parse a revision, or say otherwise."""
    try:
        return _git(folder, "rev-parse", *arguments).decode().strip()
    except _Refused:
        raise NotAvailable(otherwise) from None


def _archive(top: Path, tree: str) -> bytes:
    try:
        return _git(top, "archive", "--format=tar", tree)
    except _Refused as error:
        raise NotAvailable(f"git could not write out {tree}: {error}") from None


def _git(folder: Path, *arguments: str) -> bytes:
    """Run git in a folder and return what it says; no shell sees the arguments."""
    git = shutil.which("git")
    if git is None:
        raise NotAvailable("git is not installed, or not on the PATH; compare two folders instead")
    command = [git, "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=_SECONDS)  # noqa: S603 - fixed command, no shell
    except subprocess.CalledProcessError as error:
        raise _Refused(error.stderr.decode(errors="replace").strip()) from None
    except subprocess.TimeoutExpired:
        raise NotAvailable(f"git did not answer within {_SECONDS} seconds") from None
    return done.stdout
