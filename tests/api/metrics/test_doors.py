"""What is counted of clients that are not let in, and of the keys to know them by."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from orbicularis.api.app import create_app
from orbicularis.api.auth import url_keys
from orbicularis.api.auth.denial import Reason
from orbicularis.api.auth.fetch import Fetcher, FetchError
from orbicularis.api.auth.url_keys import UrlKeys
from orbicularis.api.metrics.metrics import Metrics
from orbicularis.api.setting_values import Auth
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.auth.signer import BASE, ISSUER, key_set, public, token
from tests.api.live import running
from tests.api.metrics.counted import Series, counted

PATH = "/cds-services/facial-twitching"
FAILED = Series("orbicularis_key_set_fetches_total", ("1", "failed"))
FETCHED = Series("orbicularis_key_set_fetches_total", ("1", "fetched"))


def denied(reason: Reason) -> Series:
    return Series("orbicularis_not_admitted_total", (reason.value,))


def test_who_is_not_let_in_is_counted_by_reason(engine: Engine) -> None:
    """The key set's place answers nobody: its fetch at the start fails."""
    settings = Settings(
        auth=Auth.JWT, base_url=BASE, jwt_issuers=(ISSUER,), jwt_jwks=("http://127.0.0.1:9/keys",)
    )
    app = create_app(engine, settings)
    with running(app) as url:
        for headers in ({}, {}, {"authorization": "Bearer jane-roe"}):
            assert httpx.post(f"{url}{PATH}", headers=headers).status_code == 401
        assert (
            httpx.post(
                f"{url}{PATH}", headers={"authorization": f"Bearer {token(iss='jane-roe')}"}
            ).status_code
            == 401
        )
    counts = counted(app.state.running.metrics)
    assert counts[denied(Reason.NO_CREDENTIALS)] == 2
    assert counts[denied(Reason.MALFORMED)] == 1
    assert counts[denied(Reason.ISSUER)] == 1
    assert counts[FAILED] == 1
    assert FETCHED not in counts


class Fixed(Fetcher):
    """Gives what a test wants."""

    def __init__(self, give: Callable[[], bytes]) -> None:
        super().__init__()
        self._give = give

    async def get(self, url: str) -> bytes:
        return self._give()


def _unreachable() -> bytes:
    raise FetchError("could not be reached")


@pytest.mark.parametrize(
    ("give", "series"),
    [
        (lambda: key_set(public("ES384")), FETCHED),
        (lambda: b'{"keys": []}', FAILED),
        (lambda: b"<html>", FAILED),
        (_unreachable, FAILED),
    ],
    ids=["keys", "no key", "no key set", "nothing"],
)
def test_a_fetch_that_brings_no_key_has_failed(give: Callable[[], bytes], series: Series) -> None:
    metrics = Metrics()

    def told(usable: bool) -> None:
        metrics.doors.fetched(1, usable=usable)

    ticking = iter(range(0, 10_000, int(url_keys.COOL_DOWN_S) + 1)).__next__
    keys = UrlKeys("https://ehr.example/keys", {"ES384"}, Fixed(give), ticking, told)
    asyncio.run(keys.renew())
    assert counted(metrics) == {series: 1}


def test_each_key_set_is_counted_by_its_position_in_the_setting(
    engine: Engine, tmp_path: Path
) -> None:
    """The second is a file, and the last stands there already: neither is fetched."""
    (tmp_path / "keys.json").write_bytes(key_set(public("ES384")))
    urls = "http://127.0.0.1:9/a", "http://127.0.0.1:9/b"
    places = (urls[0], str(tmp_path / "keys.json"), urls[1], urls[0])
    settings = Settings(
        auth=Auth.JWT, base_url=BASE, jwt_issuers=(ISSUER,), jwt_jwks=places, metrics=True
    )
    app = create_app(engine, settings)
    with running(app) as url:
        httpx.post(f"{url}{PATH}", headers={"authorization": f"Bearer {token()}"})
        text = httpx.get(f"{url}/metrics").text
    shown = re.findall(r"orbicularis_key_set_fetches_total{(.*)} (.*)", text)
    assert sorted(shown) == [
        ('key_set="1",outcome="failed"', "1.0"),
        ('key_set="1",outcome="fetched"', "0.0"),
        ('key_set="3",outcome="failed"', "1.0"),
        ('key_set="3",outcome="fetched"', "0.0"),
    ]
    assert not any(one in text for one in urls)
