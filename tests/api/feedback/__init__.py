"""Tests of feedback, over a real socket."""
