"""Soak and faults: all that can go wrong at once, for minutes, and what is left afterwards."""
