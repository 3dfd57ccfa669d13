"""The age of a patient in words, as far as the chart knows it."""


def age_told(years: int | None) -> str:
    """Say completed years; months are not known of a chart."""
    if years is None:
        return "age not known"
    if years < 1:
        return "under 1 year"
    return "1 year" if years == 1 else f"{years} years"
