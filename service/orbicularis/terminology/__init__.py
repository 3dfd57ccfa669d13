"""Codes: their systems, their check digits, and which concepts a code means."""
