"""Limits: each of them once, over a real socket, and that others do not notice."""
