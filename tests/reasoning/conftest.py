"""Property tests here try more."""

from hypothesis import settings

from tests.support.examples import DAILY, usually

settings.register_profile("reasoning", settings.get_profile(DAILY), max_examples=200)
usually("reasoning")
