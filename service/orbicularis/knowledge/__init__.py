"""The rules, as typed and checked data."""
