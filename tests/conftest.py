"""What all tests share: the profile that ``--hypothesis-profile=nightly`` names."""

from tests.support import examples

PROFILE = examples.NIGHTLY
