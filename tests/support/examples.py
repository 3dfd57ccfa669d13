"""How many examples a property test tries: few by day, many by night; never how fast.

By day they are the same each time, so that a change is judged by what it changes; new ones are
looked for by night.
"""

from hypothesis import HealthCheck, settings

DAILY = "daily"
NIGHTLY = "nightly"

# Both the deadline of an example and the check of how fast examples are made go by the clock on
# the wall, and a busy machine is no defect.
_UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile(DAILY, _UNTIMED, derandomize=True)
settings.register_profile(NIGHTLY, _UNTIMED, max_examples=2_000)


def usually(profile: str) -> None:
    """Take a profile from here on, unless the nightly one was asked for."""
    if settings.get_current_profile_name() != NIGHTLY:
        settings.load_profile(profile)


def untimed(usual: int = 100) -> settings:
    """Settings for one test: so many examples, or as many as the profile "nightly" has.

    Args:
        usual: examples by day.
    """
    if settings.get_current_profile_name() == NIGHTLY:
        return settings()
    return settings(settings.get_profile(DAILY), max_examples=usual)
