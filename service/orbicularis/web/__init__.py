"""Pages for people, over HTTP."""
