"""Card wording: every sentence that a card can say, as templates with named places."""

from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, Field

from orbicularis.knowledge.base import Knowledge, Text


def _template(*places: str) -> AfterValidator:
    """Refuse a template that names a place nobody fills."""

    def check(text: str) -> str:
        named = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        if unknown := named - set(places):
            raise ValueError(
                f"unknown place {{{sorted(unknown)[0]}}}; known here: "
                + (", ".join(f"{{{place}}}" for place in places) or "none")
            )
        return text

    return AfterValidator(check)


class BandWords(Knowledge):
    """How each band is said."""

    well_supported: Text
    possible: Text
    less_likely: Text


class NoteWords(Knowledge):
    """Short remarks that qualify a fact, a finding or a source."""

    from_free_text: Text
    preliminary: Text
    undated: Text
    uncorrected: Text
    albumin_corrected: Annotated[Text, _template("albumin", "corrected")]
    correction_unreliable: Text
    flag_only: Text
    implausible: Annotated[Text, _template("value")]
    unreadable_unit: Annotated[Text, _template("value")]
    grey_zone: Text
    future: Text
    drafted: Annotated[Text, _template("value")]
    since: Annotated[Text, _template("date")]


class GapWords(Knowledge):
    """What the data could not tell, per kind of gap."""

    not_provided: Annotated[Text, _template("source")]
    none_returned: Annotated[Text, _template("source")]
    failed: Annotated[Text, _template("source")]
    incomplete: Annotated[Text, _template("source")]
    skipped: Annotated[Text, _template("count")]
    other_patients: Annotated[Text, _template("count")]


class DifferentialWords(Knowledge):
    """The differential card."""

    summary: Annotated[Text, _template("finding", "cause", "band", "more")]
    summary_alone: Annotated[Text, _template("finding", "cause", "band")]
    summary_known: Annotated[Text, _template("finding", "cause")]
    summary_unexplained: Annotated[Text, _template("finding")]
    recorded: Annotated[Text, _template("findings")]
    cause: Annotated[Text, _template("rank", "cause", "band")]
    not_available: Text
    explains: Text
    supports: Text
    opposes: Text
    unknown: Text
    settled_by: Text
    advice: Text
    not_listed_above: Annotated[Text, _template("count")]
    argued_against: Text
    orders_left_out: Text
    done: Annotated[Text, _template("order", "date")]
    pending: Annotated[Text, _template("order")]
    ordered: Annotated[Text, _template("order")]
    drafted: Annotated[Text, _template("order")]
    disclaimer: Text


class AlertWords(Knowledge):
    """The card for red flags."""

    summary_more: Annotated[Text, _template("summary", "more")]
    found: Text
    action: Text
    not_known: Text


class GapCardWords(Knowledge):
    """The card for what could not be read."""

    summary: Text
    detail: Text


class SuggestionWords(Knowledge):
    """A suggested order."""

    label: Annotated[Text, _template("order")]
    description: Annotated[Text, _template("order", "purpose", "reason")]


class Wording(Knowledge):
    """All card text of one service."""

    bands: BandWords
    notes: NoteWords
    gaps: GapWords
    differential: DifferentialWords
    alert: AlertWords
    gap_card: GapCardWords
    suggestion: SuggestionWords
    link_label: Annotated[Text, Field(max_length=80), _template("reference")]
