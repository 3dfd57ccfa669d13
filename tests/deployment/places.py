"""Where the files of deployment stand."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCKER = ROOT / "docker"
KUBERNETES = DOCKER / "kubernetes"
LOCKS = DOCKER / "locks"
COMPOSE_FILES = sorted(DOCKER.glob("compose*.yaml"))
