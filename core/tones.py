"""The ten tones of the stylesheet, and which of them comes nearest to a stored colour."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from zlib import crc32

# The hue of each tone in degrees of OKLCH, as in static/css/tokens.css.
HUES = {
    "blue": 258,
    "teal": 200,
    "green": 152,
    "lime": 125,
    "amber": 75,
    "orange": 48,
    "red": 25,
    "pink": 350,
    "violet": 298,
}
GRAY = "gray"
TONES = (GRAY, *HUES)
# What is stored for somebody who picks a tone: its dot in the light theme.
COLOURS = {
    GRAY: "#8a8f98",
    "blue": "#4c8be8",
    "teal": "#00a6b1",
    "green": "#26a65a",
    "lime": "#779b14",
    "amber": "#c27b00",
    "orange": "#d56927",
    "red": "#da605a",
    "pink": "#cf5f99",
    "violet": "#9974dd",
}

_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_COLOURLESS = 0.04  # chroma under which a person sees no hue


def is_colour(value: str) -> bool:
    """Whether this is a colour as it is stored: `#rrggbb`."""
    return _HEX.fullmatch(value) is not None


@lru_cache(maxsize=512)
def nearest_tone(colour: str) -> str:
    """The tone whose hue is nearest to `#rrggbb`; gray for what is no colour or has next to none."""
    if not is_colour(colour):
        return GRAY
    hue, chroma = _hue_and_chroma(colour)
    if chroma < _COLOURLESS:
        return GRAY
    return min(HUES, key=lambda tone: abs((HUES[tone] - hue + 180) % 360 - 180))


@lru_cache(maxsize=4096)
def tone_of(text: str) -> str:
    """A tone for a name: the same name always has the same one."""
    return TONES[crc32(text.encode("utf-8", "replace")) % len(TONES)]


def _hue_and_chroma(colour: str) -> tuple[float, float]:
    """Hue in degrees and chroma of a colour in OKLCH (Björn Ottosson's matrices)."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return math.degrees(math.atan2(b, a)) % 360, math.hypot(a, b)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
