"""People and the installation's own records in the Django admin."""

import re

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Actor, AuditLine, Job, User
from tests.factories import CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db

OURS = [model for label in ("core", "customers", "billing") for model in apps.get_app_config(label).get_models()]
NEW = {"email": "Ada@Retainer.test", "name": "Ada", "usable_password": "true"}
SECRET = {"password1": "violet-umbrella-92", "password2": "violet-umbrella-92"}


@pytest.fixture
def admin(client_of):
    return client_of(UserFactory(superuser=True))


def test_new_person_is_stored_with_the_address_in_lower_case(admin):
    response = admin.post(reverse("admin:core_user_add"), NEW | SECRET)
    assert response.status_code == 302
    person = User.objects.get(name="Ada")
    assert (person.email, person.check_password("violet-umbrella-92")) == ("ada@retainer.test", True)


def test_address_in_other_case_is_taken(admin):
    UserFactory(email="ada@retainer.test")
    response = admin.post(reverse("admin:core_user_add"), NEW | SECRET)
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["email"]


def test_person_is_changed_and_put_into_a_group(admin):
    person = UserFactory(viewer=True)
    group = person.groups.get()
    typed = {"email": "Ada@Retainer.test", "name": "Ada", "theme": "dark", "time_zone": "UTC", "groups": [group.pk]}
    response = admin.post(reverse("admin:core_user_change", args=[person.pk]), typed)
    assert response.status_code == 302
    person.refresh_from_db()
    stored = (person.email, person.name, person.theme, person.is_active)
    assert stored == ("ada@retainer.test", "Ada", "dark", False)


def test_every_model_of_ours_is_in_the_admin():
    assert [model._meta.label for model in OURS if model not in site._registry] == []


def test_no_list_is_edited_in_place_and_none_counts_a_table_that_grows():
    options = [site._registry[model] for model in OURS]
    assert [type(each).__name__ for each in options if each.list_editable] == []
    growing = [each for each in options if each.show_full_result_count]
    assert {each.model._meta.model_name for each in growing} == {"tier", "workflowstatus", "flag", "customattribute"}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_page_offers_every_row_of_a_table_that_grows(admin, model):
    """Customers, people and tags are searched for; a form or a filter of Django's own would list all of them."""
    person = UserFactory(name="Priya Raman")
    CustomerFactory(name="Northpass Air", kind="organization", tags=["renewal"], actor=Actor.objects.of(person))
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    pages = [admin.get(reverse(f"{name}_changelist")), admin.get(reverse(f"{name}_add"))]
    html = "".join(page.content.decode() for page in pages if page.status_code == 200)
    offered = re.findall(r"<option[^>]*>([^<]*)</option>", html) + re.findall(
        r'<li[^>]*>\s*<a href="\?[^>]*>([^<]*)', html
    )
    assert {"Priya Raman", "Northpass Air", "renewal"} & {text.strip() for text in offered} == set()


@pytest.mark.parametrize("model", ["user", "actor", "auditline", "job", "session"])
def test_lists_open_and_can_be_searched(admin, model):
    actor = Actor.objects.system()
    AuditLine.objects.create(actor=actor, action="export")
    assert admin.get(reverse(f"admin:core_{model}_changelist"), {"q": "ada"}).status_code == 200


@pytest.mark.parametrize("model", ["user", "actor", "auditline", "job", "session"])
def test_lists_cost_the_same_queries_with_one_row_and_with_three(admin, model):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(reverse(f"admin:core_{model}_changelist")).status_code == 200
        return len(captured)

    def one_more() -> None:
        person = UserFactory(viewer=True)
        actor = Actor.objects.of(person)
        AuditLine.objects.create(actor=actor, action="export")
        Job.objects.create(kind="test", title="Move customers", actor=actor)
        Client().force_login(person)

    one_more()
    with_one = queries()
    one_more()
    one_more()
    assert queries() == with_one


@pytest.mark.parametrize("model", [Actor, AuditLine])
def test_what_retainer_writes_itself_cannot_be_changed(admin, model):
    actor = Actor.objects.system()
    line = AuditLine.objects.create(actor=actor, action="export")
    record = actor if model is Actor else line
    name = f"admin:core_{model._meta.model_name}"
    assert admin.get(reverse(f"{name}_add")).status_code == 403
    assert admin.post(reverse(f"{name}_change", args=[record.pk]), {"label": "x"}).status_code == 403
    assert admin.post(reverse(f"{name}_delete", args=[record.pk]), {"post": "yes"}).status_code == 403


def test_second_list_of_addresses_is_not_offered(admin):
    assert admin.get("/admin/account/emailaddress/").status_code == 404


def test_the_key_of_a_session_is_shown_nowhere(admin):
    html = admin.get(reverse("admin:core_session_changelist")).content.decode()
    key = admin.session.session_key
    assert (key in html, "<th" in html) == (False, True)
    assert admin.get(reverse("admin:core_session_change", args=[key])).status_code == 403
