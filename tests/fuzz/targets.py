"""What is fuzzed: three ways into the application, each with the answers that it may give."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self
from unittest.mock import patch

from orbicularis.api import call as call_module
from orbicularis.api.app import Application, create_app
from orbicularis.api.auth.guard import Guard
from orbicularis.api.setting_values import Auth, Profile
from orbicularis.api.settings import Settings
from orbicularis.authoring.vignettes import NOW
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from tests.api.auth import signer
from tests.fuzz import cards, context, order, refusals
from tests.fuzz.broken import Broken, hold
from tests.fuzz.exchange import Client, Told
from tests.fuzz.watch import kind_of, text_of

PATH = "/cds-services/facial-twitching"
RULES = Path(__file__).parents[2] / "rules"
MIB = 1024 * 1024
LONGEST_S = 2.0
LONGEST_S_PER_MIB = 5.0
"""CPU time that an input may take: generous, because code that reports its coverage is slow."""

KEYS = ("ES384", "RS384")
"""Algorithms for which the guard knows a key."""

_JSON = (b"content-type", b"application/json")


class _Clock(datetime):
    """The time of the vignettes, so that the same input gives the same answer on any day."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """The same at all times."""
        return cls.fromtimestamp(NOW.timestamp(), tz)


@dataclass(frozen=True)
class Target:
    """One way in.

    Attributes:
        ask: sends bytes and returns the answer.
        statuses: what may be answered.
        right: further checks of an answer, given the bytes; the last is for those that ask again.
    """

    ask: Callable[[bytes], Told]
    statuses: frozenset[int]
    right: Callable[[bytes, Told, bool], None]

    def check(self, data: bytes, *, thorough: bool = False) -> Told:
        """Send some bytes and judge the answer.

        Args:
            data: the bytes.
            thorough: send it more often, as it is and otherwise ordered, to compare the answers;
                one input in four is at any rate.

        Raises:
            Broken: the answer must not be.
        """
        told = self.ask(data)
        if told.failure is not None:
            raise Broken(f"{told.status}: {kind_of(told.failure)}", text_of(told.failure))
        hold(told.status in self.statuses, f"status {told.status}", told.body)
        longest = LONGEST_S + LONGEST_S_PER_MIB * len(data) / MIB
        hold(told.seconds <= longest, "took too long", f"{told.seconds:.1f} s")
        refusals.check_log(told)
        if told.status >= 400:
            refusals.check(told, data)
        more = thorough or zlib.crc32(data) % 4 == 0
        again = self.ask(data) if more else told
        hold((again.status, again.body) == (told.status, told.body), "another answer", again.body)
        self.right(data, told, more)
        return told


@contextmanager
def open_target(name: str) -> Iterator[Target]:
    """Start an application of its own for a target; one at a time."""
    with TemporaryDirectory() as folder:
        app = _guarded(Path(folder)) if name == "token" else _open()
        client = Client(app)
        try:
            with patch.object(call_module, "datetime", _Clock):
                yield _MADE[name](client)
        finally:
            client.close()


def _open() -> Application:
    # Time is judged by the oracle, which counts what this process alone has used.
    settings = Settings(
        profile=Profile.PRODUCTION, auth=Auth.NONE, rules=RULES, reading_timeout_s=60
    )
    return create_app(Engine(load(RULES)), settings)


def _guarded(folder: Path) -> Application:
    """Lets nobody in: it knows the issuer of the seeds, but not the key that signed them."""
    keys = folder / "keys.json"
    keys.write_bytes(signer.key_set(*(signer.public(name, "trusted") for name in KEYS)))
    settings = Settings(
        profile=Profile.PRODUCTION,
        rules=RULES,
        base_url=signer.BASE,
        jwt_issuers=(signer.ISSUER,),
        jwt_jwks=(str(keys),),
        allowed_hosts=("*",),
    )
    app = create_app(Engine(load(RULES)), settings)
    guard = Guard(settings, clock=lambda: signer.NOW)
    app.state.running = replace(app.state.running, guard=guard)
    return app


def _call(client: Client) -> Target:
    def ask(data: bytes) -> Told:
        return client.post(PATH, [_JSON], data)

    def right(data: bytes, told: Told, thorough: bool) -> None:
        if told.status == 200:
            cards.check(told.body, context.patient_id(data))
            if thorough:
                order.check(data, ask)

    return Target(ask, frozenset({200, 400, 412, 413}), right)


def _feedback(client: Client) -> Target:
    def ask(data: bytes) -> Told:
        return client.post(f"{PATH}/feedback", [_JSON], data)

    def right(data: bytes, told: Told, thorough: bool) -> None:
        hold(told.status != 200 or told.body == b"", "feedback: answered with a body", told.body)

    return Target(ask, frozenset({200, 400, 413}), right)


def _token(client: Client) -> Target:
    def ask(data: bytes) -> Told:
        return client.post(PATH, [_JSON, (b"authorization", data)], b"{}")

    def right(data: bytes, told: Told, thorough: bool) -> None:
        named = dict(told.headers).get(b"www-authenticate", b"")
        hold(named.startswith(b"Bearer"), "token: no challenge", named)

    return Target(ask, frozenset({401}), right)


_MADE: dict[str, Callable[[Client], Target]] = {
    "call": _call,
    "feedback": _feedback,
    "token": _token,
}
TARGETS = tuple(_MADE)
