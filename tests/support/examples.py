"""How many examples a property test tries: few by day, many by night."""

from hypothesis import settings

NIGHTLY = "nightly"

settings.register_profile(NIGHTLY, deadline=None, max_examples=2_000)


def untimed(usual: int = 100) -> settings:
    """Settings for one test: so many examples, or as many as the profile "nightly" has.

    Args:
        usual: examples by day.
    """
    if settings.get_current_profile_name() == NIGHTLY:
        return settings()
    return settings(max_examples=usual, deadline=None)
