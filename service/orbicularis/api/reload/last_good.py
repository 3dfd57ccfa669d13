"""A copy of the last good rules, for worker processes that start while newer ones are broken.

Rules with errors are never served, and the processes at work keep those that they have. One
that dies at such a time would have none to start with. So the parent of several workers makes
a folder, whoever takes new rules leaves a copy of their files in it, and a process that cannot
use what lies in the folders of the settings starts with that copy and says so.
"""

import fcntl
import logging
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from orbicularis.api.settings import Settings
from orbicularis.knowledge.file_kind import TEST_SUFFIX, WELL
from orbicularis.knowledge.layout import files

VARIABLE = "ORBICULARIS_LAST_GOOD"
"""Names the folder to worker processes; it is no setting."""

_LOG = logging.getLogger("orbicularis.reload")
_LAST = "last"
_REVISION = re.compile(r"[0-9a-f]{32,}")
_COPIES = 2
"""Of so many revisions: a process that starts may still be reading the one before."""
_UNREAD = (WELL.path, "schema/")


class LastGood:
    """A folder with copies, one of each revision, and a link that leads to the last of them."""

    def __init__(self, folder: Path) -> None:
        """Use this folder."""
        self._folder = folder

    @property
    def revision(self) -> str | None:
        """Revision of the last good rules; None before there were any."""
        linked = self._linked
        return None if linked is None else Path(linked).name

    @property
    def _linked(self) -> str | None:
        """Where the link leads to, as it stands there."""
        try:
            return str((self._folder / _LAST).readlink())
        except OSError:
            return None

    def keep(
        self, folders: Sequence[Path], revision: str, unchanged: Callable[[], bool] = lambda: True
    ) -> None:
        """Copy rules that are good.

        Args:
            folders: the rules, and what is laid over them.
            revision: their content hash.
            unchanged: whether the files are still those that were found good; asked when they
                are copied, and if they are not, the copy is thrown away.

        Raises:
            OSError: a file went away meanwhile, or there is no room; the copy before stays.
        """
        copy = self._folder / revision
        with self._alone():
            if not copy.is_dir():
                self._copy(folders, copy, unchanged)
            if copy.is_dir() and revision != self.revision:
                self._lead_to(copy)
                self._tidy()

    def settings(self, settings: Settings) -> Settings | None:
        """The settings with the last good rules for their own.

        None when there are none, or when another user could have put them there: rules decide
        what clinicians are told.
        """
        revision = self._linked
        if revision is None:
            return None
        last = self._folder / revision
        if not (_REVISION.fullmatch(revision) and _is_ours(self._folder) and _is_ours(last)):
            not_taken("others could have changed them")
            return None
        overlay = None if settings.overlay is None else last / "1"
        return settings.model_copy(update={"rules": last / "0", "overlay": overlay})

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes out: one must not clear away what another is leading to.

        The operating system lets go of the lock where a process dies with it.
        """
        handle = os.open(self._folder / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _copy(self, folders: Sequence[Path], place: Path, unchanged: Callable[[], bool]) -> None:
        made = Path(mkdtemp(dir=self._folder, prefix="."))
        try:
            for number, folder in enumerate(folders):
                for file in _served(folder):
                    target = made / str(number) / file
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(folder / file, target)
            if unchanged() and not place.is_dir():
                made.rename(place)
        finally:
            shutil.rmtree(made, ignore_errors=True)

    def _lead_to(self, copy: Path) -> None:
        link = self._folder / f".{_LAST}-{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(copy.name)
        link.replace(self._folder / _LAST)

    def _tidy(self) -> None:
        """Clear away older copies, and what a process that was killed has left half made."""
        folders = [one for one in self._folder.iterdir() if one.is_dir() and not one.is_symlink()]
        copies = [one for one in folders if not one.name.startswith(".")]
        copies.sort(key=lambda one: one.stat().st_mtime, reverse=True)
        for old in copies[_COPIES:]:
            if old.name != self.revision:
                # Out of the way first: killed in the middle, it would leave half a copy there.
                folders.append(old.rename(old.with_name(f".{old.name}-{os.getpid()}")))
        for left in folders:
            if left.name.startswith("."):
                shutil.rmtree(left, ignore_errors=True)


def last_good() -> LastGood | None:
    """The folder that this process was told of; None for one that has no parent of ours."""
    named = os.environ.get(VARIABLE)
    return LastGood(Path(named)) if named else None


def not_kept(error: OSError) -> None:
    """Log it: a process that starts while the rules are broken has nothing to start with."""
    _LOG.warning("rules not kept", extra={"fields": {"error": type(error).__name__}})


def not_taken(why: str) -> None:
    """Log it: the process does not start, as if no good rules had been kept."""
    _LOG.error("last good rules not taken", extra={"fields": {"why": why}})


@contextmanager
def kept_for_workers(folders: Sequence[Path], revision: str) -> Iterator[None]:
    """Keep the rules for the worker processes that are started within.

    Args:
        folders: the rules, and what is laid over them.
        revision: their content hash, as the parent has loaded them.
    """
    with TemporaryDirectory(prefix="orbicularis-rules-") as made:
        try:
            LastGood(Path(made)).keep(folders, revision)
        except OSError as error:
            not_kept(error)
        os.environ[VARIABLE] = made
        try:
            yield
        finally:
            del os.environ[VARIABLE]


def _is_ours(folder: Path) -> bool:
    """True for a folder, no link to one, that this user alone can reach."""
    try:
        seen = folder.lstat()
    except OSError:
        return False
    own = seen.st_uid == os.geteuid() and not stat.S_IMODE(seen.st_mode) & 0o077
    return stat.S_ISDIR(seen.st_mode) and own


def _served(folder: Path) -> list[str]:
    """The files that serving needs; vignettes and schemas are for authors."""
    return [
        file
        for file in files(folder)
        if not file.endswith(TEST_SUFFIX) and not file.startswith(_UNREAD)
    ]
