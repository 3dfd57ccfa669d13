"""Property tests here assert nothing about time."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None, max_examples=200)
settings.load_profile("untimed")
