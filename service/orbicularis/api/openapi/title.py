"""What the OpenAPI document is called, and its version."""

TITLE = "Orbicularis"
VERSION = "0.1.0"
"""Version of what the document describes; raised when that changes."""
