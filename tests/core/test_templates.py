"""Every template holds the rules of the house: it compiles, needs no inline code, and uses classes that exist."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from core.models import User

ROOT = Path(settings.BASE_DIR)
TEXTS = sorted(
    path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.*") if path.is_file()
)
TEMPLATES = [name for name in TEXTS if name.endswith(".html")]
# The pages of the admin are dressed by Django's own stylesheet.
IN_OUR_DRESS = [name for name in TEMPLATES if not name.startswith("admin/")]
STYLESHEET = "".join(path.read_text() for path in (ROOT / "static/css").glob("*.css"))
SCRIPTS = {path.name: path.read_text() for path in (ROOT / "static/js").glob("*.js")}

TEMPLATE_CODE = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
# htmx and allauth hang these on what they work with; they are none of the stylesheet's.
FOREIGN_CLASSES = {"htmx-request"}


def source_of(name):
    return (ROOT / "templates" / name).read_text()


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name):
    assert get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_has_no_inline_style_or_handler(name):
    assert re.findall(r"\s(?:style|on[a-z]+)=|<style|hx-on", source_of(name)) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_has_no_inline_script(name):
    scripts = re.findall(r"<script([^>]*)>", source_of(name))
    assert [
        attributes for attributes in scripts if "src=" not in attributes and "application/json" not in attributes
    ] == []


@pytest.mark.parametrize("name", TEXTS)
def test_template_has_no_comment_that_people_would_see(name):
    # Django reads {# #} on one line only: over several lines it is text of the page.
    assert re.findall(r"{#(?:(?!#}).)*$", source_of(name), re.MULTILINE) == []


@pytest.mark.parametrize("name", IN_OUR_DRESS)
def test_template_uses_classes_of_the_stylesheet(name):
    markup = TEMPLATE_CODE.sub(" ", source_of(name))
    used = {word for value in re.findall(r'class="([^"]*)"', markup) for word in value.split()}
    known = set(re.findall(r"\.([a-z][\w-]*)", STYLESHEET)) | FOREIGN_CLASSES
    # A class that template code completes ("tone-{{ ... }}") ends with a hyphen here.
    assert {word for word in used - known if not word.endswith("-")} == set()


def test_stylesheet_has_no_ids_and_no_important_outside_utilities():
    for path in (ROOT / "static/css").glob("*.css"):
        css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        selectors = re.findall(r"^\s*([^;{}]+){", css, re.MULTILINE)
        assert [selector for selector in selectors if re.search(r"#[a-z]", selector)] == []
        assert path.name == "utilities.css" or "!important" not in css


def test_scripts_stay_small_and_evaluate_nothing():
    assert [name for name, script in SCRIPTS.items() if len(script.splitlines()) >= 200] == []
    assert re.findall(r"\beval\b|new Function|innerHTML|document\.write", "".join(SCRIPTS.values())) == []


class ExampleForm(forms.Form):
    name = forms.CharField(help_text="As on the <contract>.")
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"class": "mono"}))
    kind = forms.ChoiceField(choices=[("person", "Person"), ("organisation", "Organisation")], widget=forms.RadioSelect)
    flags = forms.MultipleChoiceField(choices=[("terms", "Custom terms")], widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(help_text="Once.")
    rev = forms.IntegerField(widget=forms.HiddenInput, initial=3)


def test_field_ties_help_and_error_to_its_control():
    html = str(ExampleForm({"name": ""})["name"].as_field_group())
    assert re.search(r'<input[^>]*class="input"[^>]*>', html)
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert '<p class="help" id="id_name_helptext">As on the &lt;contract&gt;.</p>' in html
    assert '<div id="id_name_error"><p class="error">' in html


def test_field_that_may_be_empty_is_marked_and_keeps_its_own_class():
    html = str(ExampleForm()["note"].as_field_group())
    assert '<span class="opt">Optional</span>' in html
    assert 'class="input mono"' in html


def test_field_that_is_required_is_not_marked():
    assert "Optional" not in ExampleForm()["name"].as_field_group()


def test_field_of_few_choices_is_a_segment_with_a_legend():
    html = str(ExampleForm()["kind"].as_field_group())
    assert '<legend class="label">Kind</legend>' in html
    assert len(re.findall(r'<div class="seg">|type="radio"', html)) == 3


def test_field_of_several_ticks_has_one_label_each():
    assert '<label class="check"><input type="checkbox"' in ExampleForm()["flags"].as_field_group()


def test_field_of_one_tick_stands_before_its_label():
    html = str(ExampleForm()["agreed"].as_field_group())
    assert re.search(
        r'<label class="check"><input type="checkbox"[^>]*><span>Agreed<small id="id_agreed_helptext">', html
    )


def test_field_that_is_hidden_has_nothing_around_it():
    html = str(ExampleForm()["rev"].as_field_group()).strip()
    assert html == '<input type="hidden" name="rev" value="3" id="id_rev">'


def test_field_takes_a_sign_before_its_control():
    html = render_to_string("core/field.html", {"field": ExampleForm()["name"], "prefix": "$"})
    assert '<div class="affix"><span>$</span><input' in html


def test_pager_at_its_end_has_no_address():
    html = render_to_string("core/pager.html", {"summary": "1 customer", "previous": "", "next": "?page_token=x"})
    assert len(re.findall(r'aria-disabled="true"', html)) == 1
    assert re.search(r'rel="next" href="\?page_token=x" hx-get="\?page_token=x"', html)


def test_toast_of_an_error_stays_until_it_is_dismissed():
    passing = render_to_string("core/toast.html", {"text": "Saved", "tone": "success"})
    staying = render_to_string("core/toast.html", {"text": "Not saved", "tone": "error"})
    assert ("data-passing" in passing, "data-passing" in staying) == (True, False)


def frame_for(person):
    request = RequestFactory().get("/")
    request.user = person
    request._messages = ()
    return engines["django"].get_template("base.html").render({}, request)


@pytest.mark.parametrize(
    ("theme", "attribute"), [("system", ""), ("light", ' data-theme="light"'), ("dark", ' data-theme="dark"')]
)
def test_frame_follows_the_persons_theme(theme, attribute):
    html = frame_for(User(email="noor@retainer.dev", theme=theme, is_superuser=True))
    assert f'<html lang="en"{attribute}>' in html


@pytest.mark.parametrize(("single_keys", "count"), [(True, 0), (False, 1)])
def test_frame_turns_single_keys_off_for_who_asked_for_it(single_keys, count):
    html = frame_for(User(email="noor@retainer.dev", single_key_shortcuts=single_keys, is_superuser=True))
    assert html.count('data-shortcuts="off"') == count


def test_frame_offers_the_admin_to_staff_alone():
    pages = [frame_for(User(email="noor@retainer.dev", is_staff=staff, is_superuser=True)) for staff in (True, False)]
    assert ["Django admin" in page for page in pages] == [True, False]


def test_frame_costs_no_query():
    # No database is opened for this test: a query would be an error.
    assert frame_for(User(email="noor@retainer.dev", is_superuser=True)).count("<main") == 1
