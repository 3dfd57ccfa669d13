"""Inputs that show that something is wrong: one file for each kind, the shortest that was seen."""

import os
import re
from pathlib import Path

from tests.fuzz.broken import Broken


def reproduce(target: str, file: Path) -> str:
    """The command that shows it again."""
    return f"python -m tests.fuzz replay {target} {file}"


class Finds:
    """Keeps what was found; several processes may share a folder."""

    def __init__(self, target: str, folder: Path) -> None:
        """Use a folder, which is made."""
        self._target = target
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, broken: Broken, data: bytes) -> Path:
        """Write an input down, unless a shorter one of its kind is there."""
        name = re.sub(r"[^a-z0-9]+", "-", broken.kind.lower()).strip("-")[:80]
        file = self._folder / f"{self._target}-{name}.bin"
        if not file.exists() or file.stat().st_size > len(data):
            command = reproduce(self._target, file)
            _write(file.with_suffix(".txt"), f"{command}\n\n{broken}\n".encode())
            _write(file, data)
        return file

    def all(self) -> list[Path]:
        """Every input that was kept."""
        return sorted(self._folder.glob(f"{self._target}-*.bin"))


def _write(file: Path, data: bytes) -> None:
    """Write whole or not at all, whoever else writes."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    part.write_bytes(data.replace(b"\r", b"\\r") if file.suffix == ".txt" else data)
    part.replace(file)
