"""Responses of the document that a limit gives: too slow, too much, too many, not here."""

from collections.abc import Mapping

from orbicularis.api import refusals
from orbicularis.api.limit_settings import LimitSettings
from orbicularis.api.openapi.responses import Json, failure
from orbicularis.api.refusal import Refusal

_DEFAULT = LimitSettings.model_construct()


def bounds() -> Json:
    """What any POST may give."""
    return {
        "408": failure(
            "The body did not come in time. The connection is closed.",
            {"stalled": refusals.body_too_slow(_DEFAULT.body_timeout_s)},
        ),
        "503": failure(
            "There are too many calls at once, or what the call waited for did not come in time. "
            "`Retry-After` says when to try again, in seconds.",
            {
                "busy": refusals.busy(),
                "waited": refusals.took_too_long(_DEFAULT.request_timeout_s),
            },
        ),
        **misdirected(),
    }


def misdirected() -> Json:
    """What any request but that of a probe may give."""
    return {
        "421": failure(
            "The Host header names another host, and the service checks it.",
            {"another-host": refusals.wrong_host()},
        )
    }


def too_large() -> Json:
    """What a call may give."""
    examples: Mapping[str, Refusal] = {
        "too-long": refusals.too_long(_DEFAULT.max_body_bytes),
        "too-many-entries": refusals.too_many("entries of Bundles", _DEFAULT.max_entries),
        "too-costly": refusals.too_costly(_DEFAULT.reading_timeout_s),
    }
    return failure(
        "The body is longer than this service accepts, holds more, or takes too long to judge. "
        "The examples tell the limits where none is set otherwise.",
        examples,
    )
