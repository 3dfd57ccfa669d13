"""Whether the environment asks for traces, in the variables that OpenTelemetry specifies.

Nothing of OpenTelemetry's SDK is imported to find that out.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
_PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
_SPOKEN = "http/protobuf"


def is_wanted(environment: Mapping[str, str]) -> bool:
    """True when an endpoint for traces is named, and traces are not switched off.

    Raises:
        ValueError: what is set cannot be done; in words for the operator, which repeat no
            value: a URL may hold a secret.
    """
    named = next((name for name in (TRACES_ENDPOINT, ENDPOINT) if environment.get(name)), None)
    off = environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true"
    if named is None or off or not _exports(environment):
        return False
    _check_endpoint(named, environment[named])
    _check_protocol(environment)
    return True


def _exports(environment: Mapping[str, str]) -> bool:
    exporter = environment.get("OTEL_TRACES_EXPORTER", "").strip().lower() or "otlp"
    if exporter not in ("otlp", "none"):
        raise ValueError("OTEL_TRACES_EXPORTER: only otlp and none can be used here")
    return exporter == "otlp"


def _check_endpoint(name: str, url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(f"{name}: give an absolute URL such as http://collector:4318")


def _check_protocol(environment: Mapping[str, str]) -> None:
    named = next((name for name in _PROTOCOLS if environment.get(name)), None)
    if named is not None and environment[named].strip() != _SPOKEN:
        raise ValueError(f"{named}: traces are sent by {_SPOKEN}, usually to port 4318")
