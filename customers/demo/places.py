"""Cities of the demo data, with streets, numbers and languages as people there write them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A city. In `zip_code` each # is a digit; in `streets` too. `culture` is how people and companies are named."""

    culture: str
    country_code: str
    country: str
    region: str
    city: str
    zip_code: str
    streets: tuple[str, ...]
    phone: str
    language: str
    time_zone: str
    endings: tuple[str, ...]
    latitude: str
    longitude: str

    def location(self, random: Random) -> dict[str, Any]:
        """An address in this city."""
        near = [Decimal(random.randrange(-400, 400)) / 10_000 for _ in range(2)]
        return {
            "address": digits(random, random.choice(self.streets)),
            "zip_code": digits(random, self.zip_code),
            "city_name": self.city,
            "region_name": self.region,
            "country_code": self.country_code,
            "country_name": self.country,
            "latitude": Decimal(self.latitude) + near[0],
            "longitude": Decimal(self.longitude) + near[1],
        }

    def phone_number(self, random: Random) -> str:
        """A number of this city that nobody has: its last digits are drawn."""
        return digits(random, self.phone)


def digits(random: Random, pattern: str) -> str:
    """Put a digit in place of each #; the first of a pattern's is never 0."""
    first, *rest = pattern.split("#")
    if not rest:
        return first
    drawn = [str(random.randrange(1, 10)), *(str(random.randrange(10)) for _ in rest[1:])]
    return first + "".join(digit + text for digit, text in zip(drawn, rest, strict=True))


def _place(line: str) -> Place:
    parts = [part.strip() for part in line.split("|")]
    culture, code, country, region, city, zip_code, streets, phone, language, zone, endings, latitude, longitude = parts
    return Place(
        culture, code, country, region, city, zip_code, tuple(streets.split("/")), phone, language, zone,
        tuple(endings.split()), latitude, longitude,
    )  # fmt: skip


PLACES = tuple(
    _place(line) for line in (Path(__file__).parent / "places.txt").read_text("utf-8").splitlines() if line[0] != "#"
)
"""All cities."""

_RARE = {"el", "bg", "uk", "ar", "he", "hi", "zh", "ja", "ko", "th"}
_WEIGHTS = [1 if place.culture in _RARE else 3 for place in PLACES]


def draw_place(random: Random) -> Place:
    """A city; those with another script than the Latin one are there, but not in every other row."""
    return random.choices(PLACES, _WEIGHTS)[0]
