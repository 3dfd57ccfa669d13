"""Settings that bound what one client can cost: bytes, values, time and turns."""

from pydantic import Field
from pydantic_settings import BaseSettings

KIB = 1024
MIB = 1024 * KIB


class LimitSettings(BaseSettings):
    """Limits; each process holds its own."""

    max_body_bytes: int = Field(16 * MIB, ge=1, description="Longest body of a request, in bytes.")
    workbench_max_body_bytes: int = Field(
        2 * MIB,
        ge=1,
        description=(
            "Longest request or Bundle that the workbench looks at, in bytes; of a long one a page "
            "many times as long would be made. ORBICULARIS_MAX_BODY_BYTES bounds it, too."
        ),
    )
    max_held_bytes: int = Field(
        64 * MIB,
        ge=1,
        description=(
            "Bytes of all bodies that a process holds at once; beyond them 503. A single body "
            "is bounded by ORBICULARIS_MAX_BODY_BYTES alone."
        ),
    )
    max_elements: int = Field(
        1_000_000,
        ge=1,
        description=(
            "Values in one body at most, wherever they stand, counted by its commas and by what "
            "opens an array or an object."
        ),
    )
    max_entries: int = Field(
        20_000,
        ge=1,
        description="Entries of all Bundles in one request at most, of Bundles within them, too.",
    )
    max_keys: int = Field(
        64, ge=1, description="Keys of prefetch at most, and of each other part of a request."
    )
    max_header_bytes: int = Field(
        64 * KIB, ge=KIB, description="Bytes of a request's line and header fields at most."
    )
    header_timeout_s: float = Field(
        10, gt=0, le=600, description="Time in which the header of a request has to come."
    )
    body_timeout_s: float = Field(
        10, gt=0, le=600, description="Time in which the body of a request has to come."
    )
    reading_timeout_s: float = Field(
        1,
        gt=0,
        le=60,
        description=(
            "Processor time for reading one chart and reasoning over it. While it lasts, other "
            "calls of the same process wait."
        ),
    )
    request_timeout_s: float = Field(
        30, gt=0, le=600, description="Time for one call with all that it waits for."
    )
    max_concurrent: int = Field(
        64, ge=1, description="POST requests that a process has in hand at once."
    )
    max_queued: int = Field(
        128, ge=0, description="POST requests that wait for their turn; beyond them 503."
    )
    queue_timeout_s: float = Field(
        1, gt=0, le=60, description="Longest that a POST request waits for its turn; then 503."
    )
    drain_s: float = Field(
        0,
        ge=0,
        le=300,
        description=(
            "How long calls are still taken after SIGTERM, while /readyz already says 503, so "
            "that a load balancer notices. A second SIGTERM ends it."
        ),
    )
    stop_timeout_s: int = Field(
        10, ge=1, le=600, description="Time that calls in flight get to finish after that."
    )
