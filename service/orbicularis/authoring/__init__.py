"""Tools for those who write rules: checking and testing them."""
