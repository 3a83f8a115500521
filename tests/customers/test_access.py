"""What pages of the directory offer to whom."""

import pytest

from core.pages import Allowed, Page
from customers.access import CustomerAccess
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

CLAIMS = {name for name, value in vars(CustomerAccess).items() if isinstance(value, Allowed)}


class Directory(CustomerAccess, Page):
    permission_required = "customers.view_customer"
    template_name = "customers/list.html"


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("viewer", set()),
        ("support_agent", {"can_add", "can_edit", "can_merge", "can_import", "can_export"}),
        ("billing_operator", {"can_export"}),
        ("administrator", CLAIMS),
        ("superuser", CLAIMS),
    ],
)
def test_page_offers_each_group_what_it_may_do(rf, role, expected):
    page = Directory()
    page.setup(rf.get("/"))
    page.request.user = UserFactory(**{role: True})
    assert {claim for claim in CLAIMS if getattr(page, claim)} == expected
