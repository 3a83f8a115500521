"""Who may do what: the table of docs/architecture.md, and the words of a refusal."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from core.permissions import SIGNED_IN, Role, deed, refusal, require, requires, who_may
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

VIEWER, SUPPORT, BILLING, ADMINISTRATOR = Role
EVERYBODY = {VIEWER, SUPPORT, BILLING, ADMINISTRATOR}
CATALOGUES = ["tier", "workflowstatus", "flag", "tag", "customattribute"]

TABLE = {
    "customers.view_customer": EVERYBODY,
    "customers.add_customer": {SUPPORT, ADMINISTRATOR},
    "customers.change_customer": {SUPPORT, ADMINISTRATOR},
    "customers.import_customer": {SUPPORT, ADMINISTRATOR},
    "customers.merge_customer": {SUPPORT, ADMINISTRATOR},
    "customers.export_customer": {SUPPORT, BILLING, ADMINISTRATOR},
    "customers.delete_customer": {ADMINISTRATOR},
    "customers.restore_customer": {ADMINISTRATOR},
    "customers.anonymise_customer": {ADMINISTRATOR},
    **{f"customers.view_{model}": EVERYBODY for model in CATALOGUES},
    **{f"customers.{act}_{model}": {ADMINISTRATOR} for model in CATALOGUES for act in ("add", "change", "delete")},
}


@pytest.mark.parametrize("role", Role)
def test_group_has_the_permissions_of_the_table_and_no_other(role):
    person = UserFactory(roles=[role])
    assert person.get_all_permissions() == {permission for permission, roles in TABLE.items() if role in roles}


def test_installation_has_the_four_groups_and_no_other():
    assert set(Group.objects.values_list("name", flat=True)) == EVERYBODY


def test_person_without_a_group_may_do_nothing():
    assert UserFactory().get_all_permissions() == set()


def test_superuser_may_do_everything():
    person = UserFactory(superuser=True)
    assert person.has_perm("customers.anonymise_customer")
    assert len(person.get_all_permissions()) == Permission.objects.count()


def test_inactive_person_may_do_nothing():
    person = UserFactory(administrator=True, is_active=False)
    assert person.get_all_permissions() == set()
    assert not person.has_perm("customers.view_customer")


def test_permission_given_to_one_person_counts_beside_those_of_the_group():
    person = UserFactory(viewer=True)
    person.user_permissions.add(Permission.objects.get(codename="export_customer"))
    assert person.has_perms(["customers.view_customer", "customers.export_customer"])


def test_all_permissions_of_a_request_cost_one_query(django_assert_num_queries):
    person = UserFactory(support_agent=True)
    with django_assert_num_queries(1):
        for permission in TABLE:
            person.has_perm(permission)
        person.has_module_perms("customers")


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        ("customers.view_customer", "see customers"),
        ("customers.add_customer", "add customers"),
        ("customers.change_workflowstatus", "change workflow statuses"),
        ("customers.export_customer", "export customers"),
        ("customers.merge_customer", "merge and unmerge customers"),
    ],
)
def test_deed_is_told_in_words(permission, words):
    assert deed(permission) == words


def test_permission_that_does_not_exist_is_a_mistake_of_the_page():
    with pytest.raises(LookupError, match="no permission 'fly_customer'"):
        deed("customers.fly_customer")


def test_groups_are_named_from_the_least_to_the_most():
    assert who_may("customers.export_customer") == "Support agents, Billing operators and Administrators"


def test_group_of_the_installation_is_named_after_ours():
    auditors = Group.objects.create(name="Auditor")
    auditors.permissions.add(Permission.objects.get(codename="delete_customer"))
    assert who_may("customers.delete_customer") == "Administrators and Auditors"


def test_refusal_says_who_may_and_what_to_do():
    expected = "Support agents and Administrators may change customers. Ask one of them."
    assert refusal("customers.change_customer") == expected


def test_refusal_of_what_no_group_may_names_superusers():
    assert refusal("core.add_user") == "Only superusers may add users. Ask one of them."


def test_require_lets_a_person_with_the_permission_pass():
    require(UserFactory(viewer=True), "customers.view_customer")


def test_require_lets_everybody_pass_where_being_signed_in_is_enough():
    require(UserFactory(), SIGNED_IN)


def test_require_refuses_somebody_who_is_not_signed_in():
    with pytest.raises(PermissionDenied):
        require(AnonymousUser(), "customers.view_customer")


def test_function_view_declares_and_checks_its_permission():
    @requires("customers.change_customer")
    def view(request):
        return HttpResponse("done")

    request = RequestFactory().post("/")
    request.user = UserFactory(viewer=True)
    with pytest.raises(PermissionDenied, match=r"^Support agents and Administrators may change customers"):
        view(request)
    request.user = UserFactory(support_agent=True)
    assert view(request).content == b"done"
    assert view.permission_required == "customers.change_customer"
