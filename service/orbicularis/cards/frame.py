"""What every card of one answer shares: bundle, service, patient and identity."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orbicularis.cards import uuid8
from orbicularis.cards.card import Card, CardSource, Coding, Link, Suggestion
from orbicularis.facts.assessment import Assessment
from orbicularis.knowledge.address import url_of
from orbicularis.knowledge.file_kind import CAUSE, RED_FLAG, SERVICE
from orbicularis.knowledge.reference import Reference

SUMMARY_MOST = 139
"""A summary has fewer than 140 characters (2.0, Card attributes)."""
LINK_LABEL_MOST = 80
MOST_LINKS = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """Makes cards for one assessment.

    Attributes:
        assessment: what the cards tell.
        references: the literature, by id.
        templates: draft ServiceRequests, by order id.
        base_url: public base URL of the service, below which the rules' pages stand; None
            when it is not known.
    """

    assessment: Assessment
    references: Mapping[str, Reference]
    templates: Mapping[str, dict[str, Any]]
    base_url: str | None = None

    def uuid(self, kind: str, subject: str) -> str:
        """The identity of a card or suggestion; the same call gives the same one."""
        chart = self.assessment.chart
        return uuid8.make(self.assessment.revision, kind, subject, chart.hook_instance)

    def card(
        self,
        *,
        kind: str,
        subject: str,
        summary: str,
        detail: str,
        indicator: str,
        suggestions: tuple[Suggestion, ...] = (),
        links: tuple[Link, ...] = (),
        extension: dict[str, Any] | None = None,
    ) -> Card:
        """Make a card; ``subject`` is the rule that leads it."""
        service = self.assessment.service
        reasons = tuple(
            Coding(system=reason.system, code=reason.code, display=reason.display)
            for reason in service.override_reasons
        )
        return Card(
            uuid=self.uuid(kind, subject),
            summary=shorten(summary, SUMMARY_MOST),
            detail=detail,
            indicator=indicator,
            source=CardSource(
                label=service.source_label,
                url=self._page(kind, subject),
                topic=self._topic(kind, subject),
            ),
            suggestions=suggestions or None,
            selection_behavior="any" if suggestions else None,
            override_reasons=reasons,
            links=links or None,
            extension=extension,
        )

    def _page(self, kind: str, subject: str) -> str | None:
        """The page of the rule that leads the card (2.0, Source: a web page, absolute)."""
        if self.base_url is None:
            return None
        if kind == "alert":
            return url_of(self.base_url, RED_FLAG, subject)
        led = kind == "differential" and self.assessment.listed
        return url_of(self.base_url, CAUSE if led else SERVICE, subject)

    def _topic(self, kind: str, subject: str) -> Coding:
        """A stable code of letters and digits, by which a client remembers an override."""
        code = "".join(filter(str.isalnum, f"{kind}{subject}"))
        return Coding(system=self.assessment.service.topic_system, code=code[:100])

    def links(self, reference_ids: tuple[str, ...]) -> tuple[Link, ...]:
        """Links to the literature that has an address, each once."""
        label = self.assessment.service.wording.link_label
        cited = (self.references.get(key) for key in dict.fromkeys(reference_ids))
        return tuple(
            Link(
                label=shorten(label.format(reference=reference.title), LINK_LABEL_MOST),
                url=reference.url,
                type="absolute",
            )
            for reference in cited
            if reference is not None and reference.url is not None
        )[:MOST_LINKS]


def shorten(text: str, most: int) -> str:
    """Cut at a word, so that the text has at most so many characters."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
