"""Where the page of a rule stands, so that a card can lead to it."""

from orbicularis.knowledge.file_kind import CAUSE, RED_FLAG, SERVICE, FileKind

RULE_PAGES = "rules"
"""Path of the rule pages, below the base URL of the service."""

_TOLD_IN = {CAUSE: "evidence", RED_FLAG: "condition", SERVICE: "speaks"}
"""The section of a page that says why a card was shown, by its anchor."""


def url_of(base_url: str, kind: FileKind, rule_id: str) -> str:
    """The public address of a rule's page, at the section that says why it spoke."""
    return f"{base_url}/{RULE_PAGES}/{kind.path}{rule_id}#{_TOLD_IN[kind]}"
