"""A small application with nothing but a guard before it, and a client that knocks."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from orbicularis.api.auth.entrance import Entrance, entrance
from orbicularis.api.auth.guard import Guard
from orbicularis.api.refusal import Refusal
from orbicularis.api.setting_values import Auth
from orbicularis.api.settings import Settings
from tests.api.auth.signer import BASE, ISSUER, NOW, PATH

_T = TypeVar("_T")


@dataclass
class Clock:
    """Time that tests move."""

    now: float = NOW

    def __call__(self) -> float:
        return self.now


@dataclass
class Door:
    """A guard in an application, with its clocks."""

    guard: Entrance
    clock: Clock
    ticks: Clock
    app: Starlette = field(init=False)

    def __post_init__(self) -> None:
        async def endpoint(request: Request) -> Response:
            client = await self.guard.admit(request)
            return JSONResponse({"issuer": client.issuer if client else None})

        async def refused(request: Request, error: Exception) -> Response:
            assert isinstance(error, Refusal)
            return error.response()

        self.app = Starlette(
            routes=[Route("/{path:path}", endpoint, methods=["GET", "POST"])],
            exception_handlers={Refusal: refused},
        )

    async def knock(self, token: str | bytes | None, path: str = PATH) -> httpx.Response:
        """Ask with a token, or with none."""
        sent = token.encode("utf-8", "surrogatepass") if isinstance(token, str) else token
        headers = [] if sent is None else [(b"authorization", b"Bearer " + sent)]
        return await self.ask(headers, path)

    async def ask(self, headers: list[tuple[bytes, bytes]], path: str = PATH) -> httpx.Response:
        """Ask with any headers."""
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://inside") as client:
            return await client.post(path, headers=headers)

    def run(self, scenario: Callable[[], Awaitable[_T]]) -> _T:
        """Run a scenario in an event loop of its own, and close the guard."""

        async def whole() -> _T:
            try:
                return await scenario()
            finally:
                await self.guard.close()

        return asyncio.run(whole())

    def answers(self, token: str | bytes | None, path: str = PATH) -> httpx.Response:
        """Knock once."""
        return self.run(lambda: self.knock(token, path))


def settings(**changes: Any) -> Settings:
    """Authentication for one issuer."""
    wanted = {"auth": Auth.JWT, "base_url": BASE, "jwt_issuers": (ISSUER,), **changes}
    return Settings(**wanted)


def door(**changes: Any) -> Door:
    """A guard with such settings."""
    clock, ticks = Clock(), Clock(1000.0)
    made = settings(**changes)
    guard = Guard(made, clock, ticks) if made.authenticates else entrance(made)
    return Door(guard, clock, ticks)
