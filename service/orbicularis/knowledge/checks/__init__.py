"""Checks across files: what the types alone cannot tell."""
