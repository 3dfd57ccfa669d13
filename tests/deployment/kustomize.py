"""A kustomization put together, as far as ours go: resources, strategic patches, components."""

from pathlib import Path
from typing import Any

import yaml

from tests.deployment.places import KUBERNETES

Manifest = dict[str, Any]


def read(path: Path) -> Manifest:
    """One file."""
    document: Manifest = yaml.safe_load(path.read_text(encoding="utf-8"))
    return document


def composed(*components: str) -> list[Manifest]:
    """The manifests of the base with these components.

    Of Kubernetes' strategic merge this knows mappings, which are merged, and lists of things
    with a ``name``, which are merged by it.
    """
    base = read(KUBERNETES / "kustomization.yaml")
    found = [read(KUBERNETES / name) for name in base["resources"]]
    for component in components:
        folder = KUBERNETES / component
        kustomization = read(folder / "kustomization.yaml")
        assert kustomization["kind"] == "Component"
        found += [read(folder / name) for name in kustomization.get("resources", ())]
        found += [_generated(folder, one) for one in kustomization.get("configMapGenerator", ())]
        for patch in kustomization["patches"]:
            change = read(folder / patch["path"])
            (at,) = [i for i, manifest in enumerate(found) if _key(manifest) == _key(change)]
            found[at] = _merged(found[at], change)
    return found


def named(manifests: list[Manifest], kind: str, name: str) -> Manifest:
    """The only manifest of that kind and name."""
    (only,) = [one for one in manifests if _key(one)[1:3] == (kind, name)]
    return only


def _key(manifest: Manifest) -> tuple[str, str, str, str | None]:
    metadata = manifest["metadata"]
    return (
        manifest["apiVersion"],
        manifest["kind"],
        metadata["name"],
        metadata.get("namespace"),
    )


def _generated(folder: Path, generator: Manifest) -> Manifest:
    files = (entry.partition("=") for entry in generator["files"])
    data = {key: (folder / path).read_text(encoding="utf-8") for key, _, path in files}
    metadata = {
        "name": generator["name"],
        "namespace": "orbicularis",
        **generator.get("options", {}),
    }
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": data}


def _merged(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return old | {key: _merged(old.get(key), value) for key, value in new.items()}
    if isinstance(old, list) and isinstance(new, list):
        changes = {one["name"]: one for one in new}
        kept = [_merged(one, changes.pop(one["name"], {})) for one in old]
        return kept + list(changes.values())
    return new
