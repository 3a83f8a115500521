"""A place as one would write it on an envelope."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale

from customers.models import Location

_COUNTRIES = Locale("en").territories
# Where a region and a code follow the town; elsewhere the code comes before it.
_TOWN_FIRST = frozenset({"AU", "CA", "GB", "IE", "IN", "NZ", "PH", "SG", "TW", "US", "ZA"})


@dataclass(frozen=True, slots=True)
class Place:
    """The lines of an address, what it is called, and where it is on the globe."""

    name: str
    type: str
    lines: tuple[str, ...]
    coordinates: str


def place(location: Location) -> Place:
    """A location in the order of the country it is in."""
    country = location.country_name or _COUNTRIES.get(location.country_code, location.country_code)
    last = ", ".join(filter(None, [_town(location), country]))
    lines = (location.address, location.address2, location.address3, last)
    area = f"Area {location.area_code}" if location.area_code else ""
    at = ", ".join(f"{each.normalize():f}" for each in (location.latitude, location.longitude) if each is not None)
    return Place(location.name, location.get_type_display(), tuple(filter(None, (*lines, area))), at)


def _town(location: Location) -> str:
    region = location.region_code or location.region_name
    if location.country_code in _TOWN_FIRST:
        return ", ".join(filter(None, [location.city_name, " ".join(filter(None, [region, location.zip_code]))]))
    town = " ".join(filter(None, [location.zip_code, location.city_name]))
    return ", ".join(filter(None, [town, location.region_name or location.region_code]))
