"""Property tests here assert nothing about time."""

from hypothesis import settings

from tests.support.examples import NIGHTLY

settings.register_profile("untimed", deadline=None, max_examples=200)
if settings.get_current_profile_name() != NIGHTLY:
    settings.load_profile("untimed")
