"""Pages: who may open them, and whether htmx gets a part or the whole."""

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from core.pages import Allowed, Page
from core.permissions import SIGNED_IN
from tests.factories import UserFactory

TEMPLATE = """<h1>{{ page.title }}</h1>
{% partialdef results inline %}<ul id="results">{{ rows }}</ul>{% endpartialdef %}
{% if page.can_edit %}<a>Edit</a>{% endif %}"""


class Rows(Page):
    permission_required = "customers.view_customer"
    template_name = "rows.html"
    title = "Rows"
    partials = {"results": "results"}
    can_edit = Allowed("customers.change_customer")

    def get(self, request):
        return self.render({"rows": 3})

    def post(self, request):
        return self.redirect("profile")


@pytest.fixture(autouse=True)
def template(settings, db):
    [options] = settings.TEMPLATES
    loaders = [("django.template.loaders.locmem.Loader", {"rows.html": TEMPLATE})]
    settings.TEMPLATES = [{**options, "APP_DIRS": False, "OPTIONS": {"loaders": loaders}}]
    yield
    engines.__dict__.pop("templates", None)


def answer(page=Rows, method="get", person=None, **headers) -> HttpResponse:
    request = RequestFactory().generic(method.upper(), "/", headers=headers)
    request.user = person or UserFactory(viewer=True)
    request.htmx = HtmxDetails(request)
    return page.as_view()(request)


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


WHOLE = '<h1>Rows</h1> <ul id="results">3</ul>'
PART = '<ul id="results">3</ul>'
HTMX = {"HX-Request": "true", "HX-Target": "results"}


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, WHOLE),
        (HTMX, PART),
        (HTMX | {"HX-Target": "something-else"}, WHOLE),
        ({"HX-Request": "true"}, WHOLE),
        (HTMX | {"HX-Boosted": "true"}, WHOLE),
        (HTMX | {"HX-History-Restore-Request": "true"}, WHOLE),
        ({"HX-Target": "results"}, WHOLE),
    ],
    ids=["plain", "htmx", "unknown target", "no target", "boosted", "back button", "not htmx"],
)
def test_part_is_sent_only_where_htmx_puts_it_into_the_page(headers, expected):
    assert text(answer(**headers)) == expected


def test_caches_keep_part_and_whole_apart():
    assert answer()["Vary"] == "HX-Request, HX-Boosted, HX-History-Restore-Request, HX-Target"


def test_page_without_parts_varies_by_htmx_alone():
    class Plain(Rows):
        partials = {}

    assert answer(Plain)["Vary"] == "HX-Request"


def test_status_of_the_answer_is_the_one_asked_for():
    class Stale(Rows):
        def get(self, request):
            return self.render({"rows": 0}, status=409)

    assert answer(Stale).status_code == 409


def test_plain_write_leads_on_with_303():
    response = answer(method="post")
    assert (response.status_code, response["Location"]) == (303, "/profile/")


def test_htmx_write_leads_on_with_204_and_the_address():
    response = answer(method="post", **HTMX)
    assert (response.status_code, response["HX-Redirect"], response.content) == (204, "/profile/", b"")


def test_boosted_write_leads_on_with_303():
    assert answer(method="post", **HTMX, **{"HX-Boosted": "true"}).status_code == 303


def test_page_refuses_a_person_without_its_permission():
    with pytest.raises(
        PermissionDenied, match=r"^Viewers, .* and Administrators may see customers\. Ask one of them\.$"
    ):
        answer(person=UserFactory())


def test_page_for_everybody_signed_in_needs_no_permission():
    class Mine(Rows):
        permission_required = SIGNED_IN

    assert answer(Mine, person=UserFactory()).status_code == 200


def test_page_that_does_not_say_who_may_open_it_stops_the_start():
    class Open(Page):
        template_name = "rows.html"

    with pytest.raises(ImproperlyConfigured, match="Open must say who may open it"):
        Open.as_view()


def test_template_offers_what_the_person_may_do():
    assert text(answer(person=UserFactory(support_agent=True))) == WHOLE + " <a>Edit</a>"


def test_claims_and_check_together_cost_one_query(django_assert_num_queries):
    person = UserFactory(support_agent=True)
    with django_assert_num_queries(1):
        answer(person=person)
