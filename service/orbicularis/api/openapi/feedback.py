"""The operation of feedback: what a client tells of its users, and what may come back."""

from http import HTTPStatus

from orbicularis.api import refusals
from orbicularis.api.feedback import LONGEST
from orbicularis.api.models.feedback import MOST_ENTRIES, Feedback
from orbicularis.api.models.outcome import IssueCode
from orbicularis.api.openapi.bounds import bounds
from orbicularis.api.openapi.call import SERVICE
from orbicularis.api.openapi.responses import Json, empty, failed, failure, unacceptable
from orbicularis.api.openapi.schemas import ref
from orbicularis.api.openapi.security import SECURITY, unauthenticated
from orbicularis.api.openapi.tags import PROTOCOL
from orbicularis.api.refusal import Refusal, issue
from orbicularis.api.sample import sample


def feedback() -> Json:
    """``POST /cds-services/{id}/feedback``."""
    return {
        "tags": [PROTOCOL],
        "security": SECURITY,
        "operationId": "feedback",
        "summary": "Tell what users did with cards",
        "description": (
            "Sends which suggestions were accepted and which cards were overridden, one at a time "
            f"or up to {MOST_ENTRIES} in a batch (CDS Hooks 2.0, Feedback). It is counted by rule "
            "and nothing is kept: feedback that is sent twice counts twice. A batch with anything "
            "wrong in it is refused as a whole and not counted, so that it can be mended and sent "
            "again. Ids that this service did not give, or gave with other rules, are no error. "
            "What users wrote is neither kept, logged nor counted. Also answered with a trailing "
            "slash; never a redirect."
        ),
        "parameters": [SERVICE],
        "requestBody": {
            "required": True,
            "description": "The feedback, as JSON in UTF-8 and not compressed.",
            "content": {"application/json": {"schema": ref(Feedback), "examples": _examples()}},
        },
        "responses": {
            "200": empty("It was counted. The body is empty; 2.0 describes none."),
            **_refusals(),
            "500": failed(),
        },
    }


def _examples() -> Json:
    return {
        "accepted": {
            "summary": "An order was accepted",
            "value": sample("feedback-accepted.request"),
        },
        "overridden": {
            "summary": "A card was dismissed for one of the reasons that it offers",
            "value": sample("feedback-overridden.request"),
        },
        "batch": {
            "summary": "Several decisions at once, in the shapes of several clients",
            "value": sample("feedback-batch.request"),
        },
    }


def _refusals() -> Json:
    return {
        "400": failure(
            "The body is not what it should be; every element that is wrong is named. Nothing was "
            "counted.",
            {
                "wrong-elements": Refusal(
                    HTTPStatus.BAD_REQUEST,
                    [
                        issue(
                            IssueCode.REQUIRED,
                            "feedback[0].card: Field required.",
                            "feedback[0].card",
                        ),
                        issue(
                            IssueCode.VALUE,
                            "feedback[2].outcome: Input should be accepted or overridden.",
                            "feedback[2].outcome",
                        ),
                    ],
                ),
                "not-json": refusals.not_json("Input data was truncated"),
            },
        ),
        "401": unauthenticated(),
        "404": failure("There is no such service.", {"unknown": refusals.unknown_service()}),
        "406": unacceptable(),
        "413": failure(
            "The body is longer than this service accepts (1 MiB, or less where so set).",
            {"too-long": refusals.too_long(LONGEST)},
        ),
        "415": failure(
            "The body is declared to be something else than JSON, or to be compressed. A missing "
            "Content-Type is taken for JSON.",
            {"not-json": refusals.wrong_type(), "compressed": refusals.wrong_coding()},
        ),
        **bounds(),
    }
