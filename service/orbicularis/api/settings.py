"""Settings: what an operator can change, read from ``ORBICULARIS_*`` environment variables."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from orbicularis.api.setting_values import (
    Algorithm,
    Algorithms,
    Auth,
    BaseUrl,
    BaseUrls,
    Hooks,
    Many,
    Origins,
    Profile,
)

MIB = 1024 * 1024


class Settings(BaseSettings):
    """Everything that can be set; an unset or empty variable leaves the default."""

    model_config = SettingsConfigDict(env_prefix="ORBICULARIS_", env_ignore_empty=True, frozen=True)

    profile: Profile = Field(
        Profile.DEVELOPMENT,
        description=(
            "development: log lines for people, calls open. production: log lines in JSON, calls "
            "need a JWT."
        ),
    )
    rules: Path = Field(Path("rules"), description="Folder of the rules that are served.")
    base_url: BaseUrl | None = Field(
        None,
        description=(
            "Public base URL of the service, as clients call it; what a JWT's aud has to name."
        ),
    )
    hooks: Hooks = Field(
        (),
        description=(
            "Hooks that discovery lists, separated by commas; unset: all that are answered."
        ),
    )
    cors_origins: Origins = Field(
        ("*",),
        description=(
            "Origins of browser-based clients, separated by commas; * for all. Credentials "
            "(cookies) are never allowed."
        ),
    )
    max_body_bytes: int = Field(16 * MIB, ge=1, description="Longest body of a request, in bytes.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least important line that is logged."
    )

    auth: Auth | None = Field(
        None,
        description=(
            "none: everybody may call. jwt: a call needs a JWT of a listed issuer. Unset: jwt in "
            "production, none in development. A token (its jti) opens once in each process."
        ),
    )
    auth_discovery: bool = Field(False, description="Ask for a JWT on discovery, too.")
    jwt_issuers: Many = Field(
        (), description="Values of iss that are trusted, separated by commas."
    )
    jwt_jwks: Many = Field(
        (),
        description=(
            "Key sets (JWKS) that are trusted, separated by commas: https URLs, which a jku "
            "may name, or files, which are read at the start. With several issuers each is "
            "written issuer=place. A jku that is not listed for its issuer is refused."
        ),
    )
    jwt_algorithms: Algorithms = Field(
        (Algorithm.ES384, Algorithm.RS384),
        min_length=1,
        description="Signature algorithms that are accepted, separated by commas.",
    )
    jwt_leeway_s: float = Field(
        10, ge=0, le=120, description="How far a client's clock may be off, in seconds."
    )
    jwt_max_lifetime_s: float = Field(
        600, gt=0, le=3600, description="Longest time from iat to exp, in seconds."
    )

    allowed_fhir_servers: BaseUrls = Field(
        (),
        description=(
            "Base URLs of FHIR servers that may be asked for what prefetch lacks, separated by "
            "commas. None by default; in development, servers on this machine too."
        ),
    )
    fhir_timeout_s: float = Field(
        2, gt=0, le=30, description="Time for all that is fetched for one call, in seconds."
    )
    fhir_max_pages: int = Field(
        5, ge=1, le=100, description="Pages that are fetched of one query at most."
    )
    fhir_max_bytes: int = Field(
        8 * MIB, ge=1, description="Bytes that are fetched for one call at most."
    )

    metrics: bool | None = Field(
        None,
        description="Serve GET /metrics on the same port. Unset: on in development only.",
    )

    @model_validator(mode="after")
    def _knows_its_own_name(self) -> Self:
        """A token for another service must not open this one: ``aud`` has to be known."""
        if self.authenticates and self.jwt_issuers and self.base_url is None:
            raise ValueError(
                "ORBICULARIS_BASE_URL is needed where ORBICULARIS_JWT_ISSUERS is set: "
                "a JWT's aud has to name the public URL that was called"
            )
        return self

    @property
    def by_profile(self) -> dict[str, object]:
        """Settings that follow from the profile where they are not set, with what counts."""
        safe = self.profile is Profile.PRODUCTION
        auth = (Auth.JWT if safe else Auth.NONE) if self.auth is None else self.auth
        return {"auth": auth, "metrics": not safe if self.metrics is None else self.metrics}

    @property
    def authenticates(self) -> bool:
        """True when a call needs a JWT."""
        return self.by_profile["auth"] is Auth.JWT

    @property
    def shows_metrics(self) -> bool:
        """True when ``/metrics`` is served beside the protocol."""
        return self.by_profile["metrics"] is True

    @property
    def allows_loopback(self) -> bool:
        """True when FHIR servers and key sets on this machine are reached without being listed."""
        return self.profile is not Profile.PRODUCTION
