"""UCUM codes as people write units."""

_WRITTEN = (
    ("[degF]", "°F"),
    ("Cel", "°C"),
    ("mm[Hg]", "mmHg"),
    ("[iU]", "IU"),
    ("{1.73_m2}", "1.73 m²"),
    ("meq", "mEq"),
    ("ug", "µg"),
    ("umol", "µmol"),
    ("ukat", "µkat"),
    ("10*", "10^"),
)


def unit_text(code: str) -> str:
    """Write a UCUM code for a reader; what needs no other form stays as it is."""
    for part, written in _WRITTEN:
        code = code.replace(part, written)
    return f"per {code[1:]}" if code.startswith("/") else code
