"""Settings: what an operator can change, read from ``ORBICULARIS_*`` environment variables."""

from pathlib import Path
from typing import Literal, Self, cast
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_settings import SettingsConfigDict

from orbicularis.api.limit_settings import MIB, LimitSettings
from orbicularis.api.setting_values import (
    LOOPBACK,
    Algorithm,
    Algorithms,
    Auth,
    BaseUrl,
    BaseUrls,
    Hooks,
    HostNames,
    Many,
    Origins,
    Profile,
)
from orbicularis.knowledge.status import MinStatus


class Settings(LimitSettings):
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
    overlay: Path | None = Field(
        None, description="Folder of what this site does differently from the rules."
    )
    min_status: MinStatus = Field(
        MinStatus.ACTIVE,
        description="From which status on rules are served: active, or draft for trying them.",
    )
    reload_rules: bool = Field(
        False,
        description=(
            "Watch the folders and serve changed rules as soon as they have no errors. Without "
            "it, and with it, the signal SIGHUP makes the service look."
        ),
    )
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
    cors_origins: Origins | None = Field(
        None,
        description=(
            "Origins of browser-based clients, separated by commas; * for all. Credentials "
            "(cookies) are never allowed. Unset: none in production, all in development."
        ),
    )
    allowed_hosts: HostNames = Field(
        (),
        description=(
            "Names by which the service may be called (the Host header), separated by commas, "
            "without ports; *.example.org for all below a name, * for any. Unset: the host of "
            "ORBICULARIS_BASE_URL and loopback; where that is not set, loopback alone in "
            "production, any in development. Probes and metrics answer to every name."
        ),
    )
    docs: bool | None = Field(
        None,
        description="Serve /docs and /openapi.json. Unset: on in development only.",
    )
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
    fhir_max_queries: int = Field(
        32,
        ge=1,
        le=1000,
        description="Keys of prefetch that are fetched for one call at most; clients may add keys.",
    )
    fhir_max_bytes: int = Field(
        8 * MIB, ge=1, description="Bytes that are fetched for one call at most."
    )

    rule_pages: bool = Field(
        True, description="Serve the rules as pages, at /rules/ and /source-attributes."
    )
    workbench: bool | None = Field(
        None,
        description=(
            "Serve the workbench at /, where people try requests by hand. It asks as a call does: "
            "with a JWT where calls need one. Unset: on in development only."
        ),
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
        everyone = () if safe else ("*",)
        return {
            "auth": (Auth.JWT if safe else Auth.NONE) if self.auth is None else self.auth,
            "metrics": not safe if self.metrics is None else self.metrics,
            "docs": not safe if self.docs is None else self.docs,
            "workbench": not safe if self.workbench is None else self.workbench,
            "cors_origins": everyone if self.cors_origins is None else self.cors_origins,
        }

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where the rules lie: the base, and what is laid over it."""
        return (self.rules,) if self.overlay is None else (self.rules, self.overlay)

    @property
    def authenticates(self) -> bool:
        """True when a call needs a JWT."""
        return self.by_profile["auth"] is Auth.JWT

    @property
    def pages_url(self) -> str | None:
        """Public base URL below which the rule pages stand; None when cards cannot name it."""
        return self.base_url if self.rule_pages else None

    @property
    def shows_metrics(self) -> bool:
        """True when ``/metrics`` is served beside the protocol."""
        return self.by_profile["metrics"] is True

    @property
    def shows_docs(self) -> bool:
        """True when ``/docs`` and ``/openapi.json`` are served."""
        return self.by_profile["docs"] is True

    @property
    def shows_workbench(self) -> bool:
        """True when the workbench is served at ``/``."""
        return self.by_profile["workbench"] is True

    @property
    def origins(self) -> tuple[str, ...]:
        """Origins of browsers that are let in; ``("*",)`` for all."""
        return tuple(cast("tuple[str, ...]", self.by_profile["cors_origins"]))

    @property
    def hosts(self) -> tuple[str, ...]:
        """Names by which the service may be called; ``("*",)`` for any."""
        if self.allowed_hosts:
            return self.allowed_hosts
        if self.base_url is not None:
            own = str(urlsplit(self.base_url).hostname)
            return (own, *sorted(LOOPBACK - {own}))
        return tuple(sorted(LOOPBACK)) if self.has_no_name else ("*",)

    @property
    def has_no_name(self) -> bool:
        """True when nobody told under which name clients call, in production where it matters."""
        unnamed = self.base_url is None and not self.allowed_hosts
        return unnamed and self.profile is Profile.PRODUCTION

    @property
    def allows_loopback(self) -> bool:
        """True when FHIR servers and key sets on this machine are reached without being listed."""
        return self.profile is not Profile.PRODUCTION
