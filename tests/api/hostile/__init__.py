"""Hostile requests, sent byte by byte as they stand, each with the status that answers it."""
