"""``/``: the workbench, the sample patients that it offers, and what its page loads."""

from http import HTTPStatus

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orbicularis.api import refusals
from orbicularis.api.in_turn import page_in_turn
from orbicularis.api.settings import Settings
from orbicularis.web.page_response import JSON, Content, respond
from orbicularis.web.workbench.asset import assets
from orbicularis.web.workbench.desk import desk_of
from orbicularis.web.workbench.look import look

FOLDER = "workbench"
"""Where everything but the page itself stands, seen from the page."""


def routes(settings: Settings) -> list[Route]:
    """All routes of the workbench; none where a setting closes it."""
    if not settings.shows_workbench:
        return []
    return [
        Route("/", page),
        Route(f"/{FOLDER}/look", look, methods=["POST"]),
        Route(f"/{FOLDER}/samples", samples),
        Route(f"/{FOLDER}/samples/{{path:path}}", sample),
        Route(f"/{FOLDER}/assets/{{name}}", asset),
    ]


async def page(request: Request) -> Response:
    """The page, with the answer to a worked example."""
    desk = await desk_of(request)
    made = desk.kept_page
    if made is None:
        made = await page_in_turn(desk.page)
    return respond(request, made)


async def samples(request: Request) -> Response:
    """All sample patients, as a list to choose from."""
    desk = await desk_of(request)
    made = desk.kept_samples
    if made is None:
        made = await page_in_turn(desk.samples)
    return respond(request, made)


async def sample(request: Request) -> Response:
    """One sample patient, as a request and the time at which it is to be judged."""
    desk = await desk_of(request)
    found = await page_in_turn(desk.sample, request.path_params["path"])
    if found is None:
        raise refusals.unknown_path(HTTPStatus.NOT_FOUND)
    return respond(request, Content.of(msgspec.json.encode(found), JSON))


async def asset(request: Request) -> Response:
    """What the page loads."""
    found = assets().get(request.path_params["name"])
    if found is None:
        raise refusals.unknown_path(HTTPStatus.NOT_FOUND)
    return respond(request, Content.of(found.content, found.media_type))
