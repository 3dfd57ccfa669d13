"""Tests of client authentication."""
