"""Form controls of our own say the same as Django's."""

import pytest
from django import forms
from django.test.html import parse_html

from core.widgets import LongSelect

CHOICES = [("", "None"), ("a&b", 'Salt & "pepper"'), (3, "<Three>")]


@pytest.mark.parametrize("value", ["", None, "a&b", 3, "3", "unknown"])
def test_long_select_is_what_django_draws(value):
    attrs = {"id": "id_spice", "required": True, "aria-describedby": "id_spice_help"}
    drawn, expected = (
        widget(attrs={"class": "input"}, choices=CHOICES).render("spice", value, attrs)
        for widget in (LongSelect, forms.Select)
    )
    assert parse_html(drawn) == parse_html(expected)
