"""Composes one answer out of reading, reasoning and cards."""
