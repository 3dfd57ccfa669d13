"""Colours keep the contrast that WCAG 2.2 asks of text (1.4.3: 4.5 to 1), light and dark."""

import re

import pytest

from orbicularis.pages.asset import assets

_STYLE = assets()["assets/rules.css"].content.decode()
_SCHEMES = [
    dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", block))
    for block in re.findall(r":root \{(.*?)\}", _STYLE, re.DOTALL)
]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", _SCHEMES, ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "raised", "tint"])
def test_every_text_stands_out_from_its_ground(scheme: dict[str, str], ground: str) -> None:
    for name in ("ink", "soft", "link", "for", "against", "info", "warning", "critical"):
        light, dark = sorted((_luminance(scheme[name]), _luminance(scheme[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{name} on {ground}"


def test_both_schemes_name_the_same_colours() -> None:
    light, dark = _SCHEMES
    assert light.keys() == dark.keys()
