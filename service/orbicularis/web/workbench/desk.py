"""What the workbench of one engine keeps: templates, samples, and nothing of any request."""

from collections.abc import Mapping
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
from orbicularis.engine.engine import Answer, DataMissing, Engine
from orbicularis.knowledge.service import Service
from orbicularis.reasoning.what_if import WhatIf
from orbicularis.web.made import made_of
from orbicularis.web.page_response import HTML, Content

if TYPE_CHECKING:
    from orbicularis.web.workbench.pasted import Pasted
    from orbicularis.web.workbench.shown import Shown


_NOTHING: dict[str, Any] = {"title": "none chosen", "now": "", "request": {}}
"""What the page begins with where there is no sample patient."""


class Desk:
    """The workbench of one engine."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        """Have all that a look needs imported and compiled; no page is made yet."""
        # Imported here: a service without readers never pays for the template engine.
        from orbicularis.web.workbench.environment import environment
        from orbicularis.web.workbench.pasted import read
        from orbicularis.web.workbench.samples import Samples
        from orbicularis.web.workbench.shown import show

        self.engine = engine
        self._settings = settings
        self._samples = Samples(engine, settings.folders[::-1])
        self._read = read
        self._show = show
        self._templates = environment()
        for name in self._templates.list_templates():
            self._templates.get_template(name)
        self._what_ifs: dict[str, WhatIf] = {}

    def page(self) -> Content:
        """The page with a worked example; made once."""
        return self._page

    def samples(self) -> Content:
        """The list of sample patients; made once."""
        return self._list

    @property
    def kept_page(self) -> Content | None:
        """The page, if it was made before."""
        return vars(self).get("_page")

    @property
    def kept_samples(self) -> Content | None:
        """The list of sample patients, if it was made before."""
        return vars(self).get("_list")

    def sample(self, path: str) -> dict[str, Any] | None:
        """One sample patient; None when there is none of the path."""
        return self._samples.find(path)

    def read(self, sent: bytes, service: Service, templates: Mapping[str, str]) -> "Pasted":
        """What somebody pasted; see :func:`orbicularis.web.workbench.pasted.read`."""
        return self._read(sent, service, templates)

    def answered(self, answer: Answer, pasted: "Pasted", service: Service) -> str:
        """The answer to one request, as a part of the page."""
        shown = self._show(answer, pasted, self._what_if(service.id))
        return self._rendered("answer.html", shown=shown, pasted=pasted)

    def _what_if(self, service_id: str) -> WhatIf:
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

        first = self._samples.first or {
            **_NOTHING,
            "service": next(iter(self.engine.bundle.services)),
        }
        request = first["request"]
        body = msgspec.json.format(msgspec.json.encode(request), indent=2) if request else b""
        pasted = Pasted(body, request)
        html = self._rendered(
            "page.html", first=first, shown=self._first_look(first, pasted), pasted=pasted
        )
        return Content.of(html.encode(), HTML)

    def _first_look(self, first: dict[str, Any], pasted: "Pasted") -> "Shown | None":
        """The answer to the first sample; None where there is none."""
        if not pasted.body:
            return None
        service = self.engine.bundle.services[first["service"]]
        now = datetime.fromisoformat(first["now"])
        try:
            call = take(split(pasted.body), service).call
            answer = self.engine.answer(service.id, call, now, in_full=True)
        except (Refusal, DataMissing):
            return None
        return self._show(answer, pasted, self._what_if(service.id))

    def _rendered(self, template: str, **more: Any) -> str:
        return self._templates.get_template(template).render(
            bundle=self.engine.bundle, settings=self._settings, **more
        )


async def desk_of(request: Request) -> Desk:
    """The desk of the rules that are served now; other rules begin with an empty one."""
    running: Running = request.app.state.running
    return await made_of(running.serving, running.settings, Desk)
