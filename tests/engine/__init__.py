"""The engine: one call in, one answer out, and its explanation."""
