import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from orbicularis.api.log import Json, Plain, configure
from orbicularis.api.setting_values import Profile
from orbicularis.api.settings import Settings
from tests.api.test_refusals import PATH

ALWAYS = {"request_id", "issuer", "hook", "service", "revision", "status", "duration_ms"}
DECIDED = {"cards", "suggestions", "red_flags", "causes", "resources", "skipped"}


def _line(caplog: pytest.LogCaptureFixture) -> dict[str, Any]:
    """The fields of the only call that was logged."""
    (record,) = [one for one in caplog.records if one.name == "orbicularis.call"]
    fields = vars(record)["fields"]
    assert isinstance(fields, dict)
    return fields


def test_a_call_is_one_line(
    client: httpx.Client, request_body: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "orbicularis"):
        response = client.post(PATH, json=request_body)
    line = _line(caplog)
    assert set(line) == ALWAYS | DECIDED
    assert line["causes"][0] == "hypoparathyroidism"
    assert line["issuer"] is None
    assert re.fullmatch("[0-9a-f]{12}", line["revision"])
    suggested = [card.get("suggestions", ()) for card in response.json()["cards"]]
    assert line["suggestions"] == sum(map(len, suggested)) > 0
    assert line["request_id"] == response.headers["x-request-id"]
    assert (line["hook"], line["service"]) == ("patient-view", "facial-twitching")
    assert (line["status"], line["cards"]) == (200, len(response.json()["cards"]))
    assert line["duration_ms"] > 0


@pytest.mark.parametrize(
    ("path", "body", "status", "service", "hook"),
    [
        ("/cds-services/Roe", {}, 404, None, None),
        (PATH, {"hook": "Roe"}, 400, "facial-twitching", None),
        (
            PATH,
            {
                "hook": "patient-view",
                "hookInstance": "Roe",
                "context": {"userId": "Roe", "patientId": "Roe"},
            },
            412,
            "facial-twitching",
            "patient-view",
        ),
    ],
)
def test_a_refused_call_is_one_line_too(
    client: httpx.Client,
    caplog: pytest.LogCaptureFixture,
    path: str,
    body: dict[str, Any],
    status: int,
    service: str | None,
    hook: str | None,
) -> None:
    with caplog.at_level(logging.INFO, "orbicularis"):
        client.post(path, json=body)
    line = _line(caplog)
    assert (line["status"], line["service"], line["hook"]) == (status, service, hook)
    assert set(line) == ALWAYS
    assert "Roe" not in str(line)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, str):
        yield value


def test_nothing_that_was_sent_is_in_the_log_but_the_hook(
    client: httpx.Client, request_body: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "orbicularis"):
        client.post(PATH, json=request_body)
    ours = [one for one in caplog.records if one.name.startswith("orbicularis")]
    told = " ".join(str(vars(record)) for record in ours)
    sent = {text for text in _strings(request_body) if len(text) > 5} - {"patient-view"}
    assert len(sent) > 30
    assert not {text for text in sent if text in told}


def test_discovery_and_probes_are_not_logged(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "orbicularis"):
        for path in ("/cds-services", "/healthz", "/readyz"):
            client.get(path)
    assert [one for one in caplog.records if one.name.startswith("orbicularis")] == []


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, put back afterwards as it was."""
    root, ours = logging.getLogger(), logging.getLogger("orbicularis")
    handlers, level, our_level = root.handlers[:], root.level, ours.level
    yield root
    root.handlers[:] = handlers
    root.setLevel(level)
    ours.setLevel(our_level)


def _record(**fields: Any) -> logging.LogRecord:
    record = logging.LogRecord("orbicularis.call", logging.INFO, "", 0, "call", None, None)
    record.created = 0.25
    record.fields = fields
    return record


def test_people_get_a_line_of_names_and_values() -> None:
    line = Plain().format(_record(status=200, hook=None))
    assert line == "1970-01-01T00:00:00.250+00:00 INFO    call status=200"


def test_machines_get_an_object() -> None:
    line = json.loads(Json().format(_record(status=200, hook=None)))
    assert line == {
        "time": "1970-01-01T00:00:00.250+00:00",
        "level": "info",
        "logger": "orbicularis.call",
        "message": "call",
        "status": 200,
        "hook": None,
    }


@pytest.mark.parametrize("formatter", [Plain(), Json()])
def test_an_exception_is_told_with_its_place_and_without_its_words(
    formatter: logging.Formatter,
) -> None:
    record = _record()
    try:
        raise KeyError("of the patient")
    except KeyError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    line = formatter.format(record)
    assert "KeyError" in line
    assert "test_log.py:" in line
    assert "of the patient" not in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("profile", "formatter"), [(Profile.DEVELOPMENT, Plain), (Profile.PRODUCTION, Json)]
)
def test_the_profile_chooses_the_form(
    root: logging.Logger, profile: Profile, formatter: type[logging.Formatter]
) -> None:
    configure(Settings(profile=profile))
    (handler,) = root.handlers
    assert isinstance(handler.formatter, formatter)


def test_the_level_is_ours_and_never_that_of_libraries(root: logging.Logger) -> None:
    configure(Settings(log_level="debug"))
    assert logging.getLogger("orbicularis.call").isEnabledFor(logging.DEBUG)
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
