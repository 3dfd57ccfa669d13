"""Reloading: new rules are validated beside the served ones and take their place in one step."""
