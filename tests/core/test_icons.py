"""Icons, dots, badges and people: small, safe and drawn once."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe
from lucide import IconDoesNotExist

from core.templatetags.ui import avatar, badge, dot, icon_svg, logo, person, status


def drawn(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def test_icon_is_hidden_decoration_of_sixteen_pixels():
    assert drawn('{% icon "minus" %}') == (
        '<svg width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" '
        'stroke-linejoin="round" class="i" aria-hidden="true"><path d="M5 12h14"/></svg>'
    )


def test_icon_takes_classes_and_a_name_from_the_context():
    assert drawn('{% icon name "i-sm" %}', name="minus") == icon_svg("minus", "i-sm")


def test_icon_that_does_not_exist_stops_the_template():
    with pytest.raises(IconDoesNotExist):
        drawn('{% icon "no-such-icon" %}')


def test_icon_without_a_name_says_how_to_write_it():
    with pytest.raises(TemplateSyntaxError, match="An icon takes its name"):
        drawn("{% icon %}")


def test_dot_has_the_stored_colour_as_an_attribute():
    assert dot("#22aa55") == (
        '<svg class="dot" width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">'
        '<circle cx="4" cy="4" r="4" fill="#22aa55"/></svg>'
    )


def test_dot_of_what_is_no_colour_takes_the_colour_of_the_text():
    assert dot('"><script>') == dot("")
    assert 'fill="currentColor"' in dot("")


def test_status_is_dot_and_word():
    assert status("At risk", "#e03131") == f'<span class="status">{dot("#e03131")}At risk</span>'


def test_badge_has_the_nearest_tone():
    assert badge("Enterprise", "#7c3aed") == '<span class="badge tone-violet">Enterprise</span>'


def test_badge_without_a_colour_has_no_tone():
    assert badge("Primary") == '<span class="badge">Primary</span>'


def test_person_has_initials_that_only_eyes_read():
    assert person("Priya Raman") == (
        f'<span class="person">{avatar("Priya Raman")}<span class="clip">Priya Raman</span></span>'
    )
    assert avatar("Priya Raman").endswith('aria-hidden="true">PR</span>')


def test_nobody_is_said_in_words():
    assert person(None).endswith("No owner</span>")


def test_logo_is_one_letter():
    assert logo("Halden Logistics", "is-xl").endswith('is-xl" aria-hidden="true">H</span>')


def test_markup_in_a_name_is_escaped_even_after_the_same_text_was_marked_safe():
    safe = badge(mark_safe("<i>x</i>"))
    assert safe == '<span class="badge"><i>x</i></span>'
    assert badge("<i>x</i>") == '<span class="badge">&lt;i&gt;x&lt;/i&gt;</span>'


def test_filters_of_nothing_are_empty():
    source = "{{ x|number }}{{ x|money }}{{ x|whole_money }}{{ x|percent }}{{ x|day }}{{ x|moment }}{% when x %}"
    assert drawn(source, x=None) == ""
