"""A stored colour takes the nearest tone of the stylesheet."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from core.tones import COLOURS, HUES, TONES, nearest_tone, tone_of

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()


def test_hues_are_those_of_the_stylesheet():
    found = re.findall(r"\.tone-(\w+) \{\s+--h: (\d+);\s+--c: 1;", TOKENS)
    assert {name: int(hue) for name, hue in found} == HUES


@pytest.mark.parametrize(
    ("colour", "tone"),
    [
        ("#22aa55", "green"),
        ("#e03131", "red"),
        ("#1c7ed6", "blue"),
        ("#7C3AED", "violet"),
        ("#f59f00", "amber"),
        ("#e8590c", "orange"),
        ("#d6336c", "pink"),
        ("#0c8599", "teal"),
        ("#66a80f", "lime"),
        ("#808080", "gray"),
        ("#000000", "gray"),
        ("#ffffff", "gray"),
    ],
)
def test_colour_takes_the_tone_a_person_would_name(colour, tone):
    assert nearest_tone(colour) == tone


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#123456; }", "#1234567"])
def test_what_is_no_colour_is_gray(text):
    assert nearest_tone(text) == "gray"


def test_a_name_keeps_its_tone():
    assert tone_of("Halden Logistics") == tone_of("Halden Logistics")


def test_names_spread_over_all_tones():
    assert {tone_of(f"Customer {number}") for number in range(200)} == set(TONES)


def test_a_name_with_a_lone_surrogate_has_a_tone():
    assert tone_of("\ud800") in TONES


def test_each_tone_is_picked_as_a_colour_that_is_shown_in_it():
    assert {tone: nearest_tone(colour) for tone, colour in COLOURS.items()} == {tone: tone for tone in TONES}
