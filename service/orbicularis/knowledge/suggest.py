"""Suggests what a misspelt word may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that looks most like it, or None when none does."""
    folded = {candidate.lower(): candidate for candidate in sorted(known)}
    close = get_close_matches(word.lower(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def remedy(word: str, known: Iterable[str]) -> str:
    """Say what to write instead; empty when nothing is close."""
    close = did_you_mean(word, known)
    return f'did you mean "{close}"?' if close else ""
