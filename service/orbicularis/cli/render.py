"""Cards in the terminal, as an EHR would show them."""

from typing import Any

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.panel import Panel
from rich.text import Text

_STYLE = {"info": "cyan", "warning": "yellow", "critical": "bold red"}


def show_cards(cards: list[dict[str, Any]], console: Console) -> None:
    """Print every card, or that there is none."""
    if not cards:
        console.print("No cards: nothing to say for this patient.")
    for card in cards:
        console.print(_panel(card))


def _panel(card: dict[str, Any]) -> Panel:
    style = _STYLE[card["indicator"]]
    parts: list[RenderableType] = [Markdown(card.get("detail", ""))]
    suggestions = card.get("suggestions", [])
    if suggestions:
        parts.append(Text("\nSuggested orders", style="bold"))
        parts += [_suggestion(suggestion) for suggestion in suggestions]
    links = card.get("links", [])
    if links:
        parts.append(Text("\nRead more", style="bold"))
        parts += [Text(f"  {link['label']}  {link['url']}", style="dim") for link in links]
    title = Text.assemble(
        (f" {card['indicator'].upper()} ", f"{style} reverse"), " ", card["summary"]
    )
    return Panel(Group(*parts), title=title, title_align="left", border_style=style)


def _suggestion(suggestion: dict[str, Any]) -> Text:
    resource = suggestion["actions"][0]["resource"]
    codings = resource["code"].get("coding", [])
    code = ", ".join(f"{coding['system']}|{coding['code']}" for coding in codings)
    mark = "●" if suggestion.get("isRecommended") else "○"
    return Text.assemble(
        f"  {mark} {suggestion['label']}",
        (f"  {resource['priority']}" if "priority" in resource else "", "yellow"),
        (f"  {code}" if code else "", "dim"),
    )
