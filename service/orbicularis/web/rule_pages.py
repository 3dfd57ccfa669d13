"""``/rules/`` and ``/source-attributes``: what the answers are made from, for people to read.

Open to everybody, like discovery: there is no patient in them.
"""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orbicularis.api import refusals
from orbicularis.api.in_turn import page_in_turn
from orbicularis.api.running import Running
from orbicularis.api.settings import Settings
from orbicularis.knowledge.address import RULE_PAGES
from orbicularis.web.made import made_of
from orbicularis.web.page_response import reads_html, respond, wants_json
from orbicularis.web.shelf import SOURCE_ATTRIBUTES, Shelf

_AT_RULES = 2
"""Slashes in ``/rules/``."""


def routes(settings: Settings) -> list[Route]:
    """All routes of the rule pages; none where a setting closes them."""
    if not settings.rule_pages:
        return []
    return [
        Route(f"/{RULE_PAGES}", to_index),
        Route(f"/{RULE_PAGES}/{{path:path}}", rule_page),
        Route(f"/{SOURCE_ATTRIBUTES}", source_attributes),
        Route(f"/{SOURCE_ATTRIBUTES}.json", source_attributes_json),
    ]


async def to_index(request: Request) -> Response:
    """Lead to the path whose relative links are right, wherever the service is mounted."""
    headers = {"Location": f"{RULE_PAGES}/"}
    return Response(status_code=HTTPStatus.PERMANENT_REDIRECT, headers=headers)


async def rule_page(request: Request) -> Response:
    """A page, or what it loads."""
    return await _answer(request, request.path_params["path"])


async def source_attributes(request: Request) -> Response:
    """The source attributes, as a page or as JSON."""
    if wants_json(request):
        return await source_attributes_json(request)
    return await _answer(request, SOURCE_ATTRIBUTES, to_rules=f"{RULE_PAGES}/")


async def source_attributes_json(request: Request) -> Response:
    """The source attributes as JSON, whatever is accepted."""
    return await _answer(request, f"{SOURCE_ATTRIBUTES}.json")


async def _answer(request: Request, path: str, to_rules: str | None = None) -> Response:
    running: Running = request.app.state.running
    shelf = await made_of(running.serving, running.settings, Shelf)
    content = shelf.kept(path, to_rules)
    if content is None:
        content = await page_in_turn(shelf.content, path, to_rules)
    if content is not None:
        return respond(request, content)
    if not reads_html(request):
        raise refusals.unknown_path()
    # As the browser counts folders: an escaped slash is none.
    depth = request.scope["raw_path"].count(b"/") - _AT_RULES
    page = await page_in_turn(shelf.missing, depth)
    return respond(request, page, HTTPStatus.NOT_FOUND)
