"""Reads the vignettes of one file, when they are wanted and not before."""

from pathlib import Path

from orbicularis.knowledge import yaml_source
from orbicularis.knowledge.file_kind import TEST, TEST_SUFFIX, WELL, FileKind
from orbicularis.knowledge.shape import shape
from orbicularis.knowledge.vignette import Vignettes


def vignettes_beside(folder: Path, rule: str) -> Vignettes | None:
    """Read the vignettes of a rule.

    Args:
        folder: of the rules.
        rule: path of the rule's file in it, without its ending, such as ``causes/stress``.

    Returns:
        The vignettes; None when there are none, or none that can be read.
    """
    return _read(folder / f"{rule}{TEST_SUFFIX}", TEST)


def well_vignettes(folder: Path, name: str) -> Vignettes | None:
    """Read a file of patients about whom there is nothing to say.

    Args:
        folder: of the rules.
        name: of the file in ``well/``, without its ending.

    Returns:
        The vignettes; None when there are none, or none that can be read.
    """
    return _read(folder / WELL.path / f"{name}.yaml", WELL)


def _read(path: Path, kind: FileKind) -> Vignettes | None:
    try:
        source = yaml_source.read(path.name, path.read_bytes())
    except OSError:
        return None
    if not source.parsed:
        return None
    model, _ = shape(source, kind.model)
    return model if isinstance(model, Vignettes) else None
