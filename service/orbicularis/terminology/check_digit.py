"""Check digits: mistyped codes are found without their terminology."""


def _dihedral(first: int, second: int) -> int:
    """Product in the dihedral group of order ten: rotations 0 to 4, reflections 5 to 9."""
    rotation = (first + second) % 5 if first < 5 else (first - second) % 5
    return rotation if (first < 5) == (second < 5) else rotation + 5


_PRODUCT = tuple(tuple(_dihedral(a, b) for b in range(10)) for a in range(10))
_STEP = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def _permutations() -> tuple[tuple[int, ...], ...]:
    """The step applied zero to seven times; the eighth time is the identity again."""
    rows = [tuple(range(10))]
    for _ in range(7):
        rows.append(tuple(rows[-1][digit] for digit in _STEP))
    return tuple(rows)


_PERMUTED = _permutations()


def _digits_from_right(code: str) -> list[int] | None:
    return [int(digit) for digit in reversed(code)] if code.isascii() and code.isdigit() else None


def verhoeff(code: str) -> bool:
    """Whether the last digit is the Verhoeff check digit of the others (SNOMED CT)."""
    digits = _digits_from_right(code)
    if digits is None:
        return False
    check = 0
    for place, digit in enumerate(digits):
        check = _PRODUCT[check][_PERMUTED[place % 8][digit]]
    return check == 0


def luhn(code: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others (LOINC).

    One hyphen before the check digit, as LOINC writes it, does not count.
    """
    digits = _digits_from_right(code[:-2] + code[-1:] if code[-2:-1] == "-" else code)
    if digits is None:
        return False
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
