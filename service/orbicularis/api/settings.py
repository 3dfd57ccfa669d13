"""Settings: what an operator can change, read from ``ORBICULARIS_*`` environment variables."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_ORIGIN = re.compile(r"https?://[^/\s?#,*@]+")


def _parts(value: object) -> object:
    """Split a comma-separated list."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _origins(origins: tuple[str, ...]) -> tuple[str, ...]:
    if origins == ("*",):
        return origins
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ValueError("give * alone, or origins such as https://ehr.example.org")
    return origins


class Profile(StrEnum):
    """What kind of place the service runs in."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Everything that can be set; an unset or empty variable leaves the default."""

    model_config = SettingsConfigDict(env_prefix="ORBICULARIS_", env_ignore_empty=True, frozen=True)

    profile: Profile = Field(
        Profile.DEVELOPMENT,
        description="development: log lines for people. production: log lines in JSON.",
    )
    rules: Path = Field(Path("rules"), description="Folder of the rules that are served.")
    cors_origins: Annotated[
        tuple[str, ...], NoDecode, BeforeValidator(_parts), AfterValidator(_origins)
    ] = Field(
        ("*",),
        description=(
            "Origins of browser-based clients, separated by commas; * for all. Credentials "
            "(cookies) are never allowed."
        ),
    )
    max_body_bytes: int = Field(
        16 * 1024 * 1024, ge=1, description="Longest body of a request, in bytes."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least important line that is logged."
    )
