"""Tests of the HTTP face, over a real socket."""
