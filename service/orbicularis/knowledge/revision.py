"""The revision: one hash that names the content of a bundle."""

from collections.abc import Iterable
from hashlib import sha256


def revision(files: Iterable[tuple[str, bytes]]) -> str:
    """Return the SHA-256, in hex, over paths and contents.

    The same rules have the same revision wherever they stand: files are taken in the order
    of their paths, and line ends count as LF. Lengths go first, so that no two different
    sets of files read the same.

    Args:
        files: paths relative to the bundle's folder, with forward slashes, and contents.
    """
    digest = sha256()
    for path, raw in sorted(files):
        for part in (path.encode(), raw.replace(b"\r\n", b"\n")):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()
