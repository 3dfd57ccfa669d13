"""Reads the vignettes beside one rule, when they are wanted and not before."""

from pathlib import Path

from orbicularis.knowledge import yaml_source
from orbicularis.knowledge.file_kind import TEST, TEST_SUFFIX
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
    path = folder / f"{rule}{TEST_SUFFIX}"
    try:
        source = yaml_source.read(path.name, path.read_bytes())
    except OSError:
        return None
    if not source.parsed:
        return None
    model, _ = shape(source, TEST.model)
    return model if isinstance(model, Vignettes) else None
