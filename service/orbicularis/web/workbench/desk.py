"""What the workbench of one engine keeps: templates, samples, and nothing of any request."""

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.requests import Request

from orbicularis.api.envelope import split
from orbicularis.api.intake import take
from orbicularis.api.refusal import Refusal
from orbicularis.api.running import Running
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import DataMissing, Engine
from orbicularis.reasoning.what_if import WhatIf
from orbicularis.web.page_response import HTML, Content

if TYPE_CHECKING:
    from orbicularis.web.workbench.pasted import Pasted
    from orbicularis.web.workbench.shown import Shown


class Desk:
    """The workbench of one engine."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        """Keep what it is made of; nothing is made yet."""
        # Imported here: a service without readers never pays for the template engine.
        from orbicularis.web.workbench.environment import environment
        from orbicularis.web.workbench.samples import Samples

        self.engine = engine
        self._settings = settings
        self._samples = Samples(engine, settings.folders[::-1])
        self._templates = environment()
        self._what_ifs: dict[str, WhatIf] = {}

    def page(self) -> Content:
        """The page with a worked example; made once."""
        return self._page

    def samples(self) -> Content:
        """The list of sample patients; made once."""
        return self._list

    def sample(self, path: str) -> dict[str, Any] | None:
        """One sample patient; None when there is none of the path."""
        return self._samples.find(path)

    def answered(self, pasted: "Pasted", shown: "Shown") -> str:
        """The answer to one request, as a part of the page."""
        return self._rendered("answer.html", shown=shown, pasted=pasted)

    def what_if(self, service_id: str) -> WhatIf:
        """What supposes findings for a service; made when it is first asked."""
        made = self._what_ifs.get(service_id)
        if made is None:
            bundle = self.engine.bundle
            made = self._what_ifs[service_id] = WhatIf(bundle, bundle.services[service_id])
        return made

    @cached_property
    def _list(self) -> Content:
        return Content.of(self._rendered("samples.html", parts=self._samples.parts).encode(), HTML)

    @cached_property
    def _page(self) -> Content:
        from orbicularis.web.workbench.pasted import Pasted
        from orbicularis.web.workbench.samples import FIRST

        first = self._samples.find(FIRST)
        assert first is not None  # noqa: S101 - it ships with the package
        body = msgspec.json.format(msgspec.json.encode(first["request"]), indent=2)
        pasted = Pasted(body, first["request"])
        html = self._rendered(
            "page.html", first=first, shown=self._first_look(first, pasted), pasted=pasted
        )
        return Content.of(html.encode(), HTML)

    def _first_look(self, first: dict[str, Any], pasted: "Pasted") -> "Shown | None":
        """The answer to the worked example; None where these rules do not ask for its data."""
        from orbicularis.web.workbench.shown import show

        service = self.engine.bundle.services[first["service"]]
        now = datetime.fromisoformat(first["now"])
        try:
            call = take(split(pasted.body), service).call
            answer = self.engine.answer(service.id, call, now)
        except (Refusal, DataMissing):
            return None
        return show(answer, pasted, self.what_if(service.id))

    def _rendered(self, template: str, **more: Any) -> str:
        return self._templates.get_template(template).render(
            bundle=self.engine.bundle, settings=self._settings, **more
        )


def desk_of(request: Request) -> Desk:
    """The desk of the rules that are served now; other rules begin with an empty one."""
    state = request.app.state
    running: Running = state.running
    engine = running.serving.engine
    desk: Desk | None = getattr(state, "desk", None)
    if desk is None or desk.engine is not engine:
        desk = state.desk = Desk(engine, running.settings)
    return desk
