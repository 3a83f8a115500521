"""The page of flags and tags: what it lists, who may change it, and every way through its forms."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Job
from core.permissions import Role
from customers.models import CustomerTag, Flag, Tag
from customers.operations import add_flag, catalogue_tags, delete_customer, mark_as_spam
from customers.operations.catalogue_flags import change_flag
from customers.operations.catalogue_tags import change_tag
from customers.presenting import vocabularies
from tests.customers.vocabularies import FLAGS, Keeper, errors, listed, said
from tests.factories import ActorFactory, CustomerFactory, FlagFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return Keeper()


@pytest.fixture
def over():
    """The same at a dialog, which htmx has put over the list."""
    return Keeper(over=f"http://testserver{FLAGS}?q=fi")


def flag_url(flag: Flag, more: str = "") -> str:
    return f"{FLAGS}flags/{flag.pk}/{more}"


def tag_url(name: str, more: str = "") -> str:
    return f"{FLAGS}tags/{tag(name).pk}/{more}"


def tag(name: str) -> Tag:
    return Tag.objects.get(folded_name=name.casefold())


def with_flag(flag: Flag, number: int = 1) -> list:
    customers = [CustomerFactory() for _ in range(number)]
    for customer in customers:
        add_flag(customer.pk, flag.key, actor=ActorFactory(), staff=False)
    return customers


def numbers(page: str) -> dict[str, str]:
    """Every number with what it counts, and where it leads."""
    return {
        words: href
        for href, words in re.findall(
            r'<a class="link tnum" href="([^"]*)"><span[^>]*>[^<]*</span><span[^>]*>([^<]*)', page
        )
    }


def test_flags_stand_by_label_with_the_customers_that_lists_show(keeper):
    late, calm = FlagFactory(key="late", label="Payment late"), FlagFactory(key="calm", label="Calm", enabled=False)
    first, second, _ = with_flag(late, 3)
    mark_as_spam(first.pk, actor=ActorFactory())
    delete_customer(second.pk, actor=ActorFactory())
    page = keeper.open(FLAGS)
    assert listed(page, "flag-list") == ["Calm", "Payment late"]
    assert numbers(page) == {
        "0 customers with the flag Calm": "/customers/?flag=calm",
        "1 customer with the flag Payment late": "/customers/?flag=late",
    }
    assert calm.key in page


def test_number_of_an_entry_stops_at_the_bound(keeper, monkeypatch):
    monkeypatch.setattr(vocabularies, "BOUND", 2)
    with_flag(FlagFactory(key="late", label="Late"), 3)
    assert list(numbers(keeper.open(FLAGS))) == ["2+ customers with the flag Late"]


def test_tags_are_found_by_a_part_of_their_name_and_lead_to_their_customers(keeper):
    CustomerFactory(tags=["Fish & chips", "Référence", "renewal"])
    page = keeper.open(f"{FLAGS}?q=RÉF")
    assert listed(page, "tag-list") == ["Référence"]
    assert numbers(page) == {"1 customer with the tag Référence": "/customers/?tag=R%C3%A9f%C3%A9rence"}
    assert list(numbers(keeper.open(f"{FLAGS}?q=fish"))) == ["1 customer with the tag Fish &amp; chips"]
    assert "No tag is found by “<bdi>nothing</bdi>”" in keeper.open(f"{FLAGS}?q=nothing")


def test_tags_are_turned_page_by_page(keeper, monkeypatch):
    monkeypatch.setattr(vocabularies, "PAGE_SIZE", 2)
    CustomerFactory(tags=["a1", "A2", "a3", "a4", "a5", "b"])
    url, seen = f"{FLAGS}?q=a", []
    for _ in range(3):
        page = keeper.open(url)
        seen.append(listed(page, "tag-list"))
        following = re.search(r'id="next" rel="next" href="([^"]*)"', page)
        url = following[1].replace("&amp;", "&") if following else ""
    assert (seen, url) == ([["a1", "A2"], ["a3", "a4"], ["a5"]], "")
    back = re.search(r'id="previous" rel="prev" href="([^"]*)"', page)[1].replace("&amp;", "&")
    assert listed(keeper.open(back), "tag-list") == ["a3", "a4"]
    other = back.replace("q=a", "q=b")
    assert "This page belongs to another search" in keeper.open(other)


def test_search_by_htmx_brings_the_list_alone_and_says_how_much_it_holds(keeper):
    CustomerFactory(tags=["fish", "filet", "sea"])
    for typed, found in (("fi", "2 tags"), ("sea", "1 tag"), ("x", "No tags")):
        headers = {"HX-Request": "true", "HX-Target": "tag-list"}
        page = keeper.client.get(f"{FLAGS}?q={typed}", headers=headers).content.decode()
        assert page.startswith('<div id="tag-list">')
        assert f'<div id="tags-found" hx-swap-oob="innerHTML">{found}</div>' in page
    headers |= {"HX-Trigger": "next"}
    turned = keeper.client.get(FLAGS, headers=headers).content.decode()
    assert turned.startswith('<div id="tag-list" tabindex="-1" data-autofocus>')


def test_one_row_and_three_cost_the_same_queries(keeper):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            keeper.open(FLAGS)
        return len(captured)

    with_flag(FlagFactory())
    CustomerFactory(tags=["one"])
    keeper.open(FLAGS)
    one = queries()
    for number in range(2):
        with_flag(FlagFactory())
        CustomerFactory(tags=[f"more {number}"])
    assert queries() == one


def test_empty_catalogue_says_what_it_is_for(keeper):
    page = keeper.open(FLAGS)
    assert ("No flags yet." in page, "No tags yet." in page) == (True, True)


def test_flag_is_added_without_script(keeper):
    response = keeper.save(f"{FLAGS}flags/add/", key="late", label="Payment late", description="Call first.")
    flag = Flag.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"{FLAGS}#menu-{flag.pk}")
    assert (flag.key, flag.label, flag.description, flag.read_only, flag.enabled) == (
        "late", "Payment late", "Call first.", False, True,
    )  # fmt: skip
    assert said(keeper.client.get(FLAGS)) == "Added Payment late"


def test_flag_is_added_from_a_dialog_which_closes_over_the_new_list(over):
    response = over.save(f"{FLAGS}flags/add/", key="late", label="Payment late")
    page = response.content.decode()
    assert (response.status_code, response["HX-Retarget"], response["HX-Reswap"]) == (200, "#flag-list", "outerHTML")
    assert listed(page) == ["Payment late"]
    assert (said(response), '<div id="dialog-slot" hx-swap-oob="true"></div>' in page) == ("Added Payment late", True)
    assert re.search(r'id="menu-[^"]*"[^>]*data-autofocus', page)


@pytest.mark.parametrize("address", ["", "http://[", "nowhere", f"http://testserver{FLAGS}?page_token=made-up"])
def test_list_behind_a_dialog_is_drawn_whatever_its_address(address):
    response = Keeper(over=address or " ").save(f"{FLAGS}tags/add/", name="fish")
    assert (response.status_code, listed(response.content.decode())) == (200, ["fish"])


@pytest.mark.parametrize("name", ["label", "key", "description"])
def test_text_that_cannot_be_stored_is_refused_at_its_field(keeper, name):
    response = keeper.save(f"{FLAGS}flags/add/", **({"key": "late", "label": "Late"} | {name: "a\x00b"}))
    assert (response.status_code, errors(response)) == (
        422,
        ["Type this again: it holds a character that cannot be stored."],
    )


def test_refused_flag_is_shown_again_with_what_was_typed(keeper, over):
    FlagFactory(key="late", label="Late")
    for who in (keeper, over):
        response = who.save(f"{FLAGS}flags/add/", key="late", label="")
        assert response.status_code == 422
        assert errors(response) == [
            "Give the flag a label, for example Payment risk.",
            "Choose another key: Late has this one.",
        ]
        assert 'value="late"' in response.content.decode()


def test_flag_is_changed_but_for_its_key(keeper):
    flag = FlagFactory(key="late", label="Late", read_only=True)
    form = keeper.fill(flag_url(flag))
    assert "key" not in form
    response = keeper.send(flag_url(flag), form, label="Later", read_only=None, key="other")
    flag.refresh_from_db()
    assert (response.status_code, flag.label, flag.key, flag.read_only, flag.enabled, flag.rev) == (
        303, "Later", "late", False, True, 2,
    )  # fmt: skip
    assert said(keeper.client.get(FLAGS)) == "Saved Later"
    keeper.save(flag_url(flag))
    assert (said(keeper.client.get(FLAGS)), Flag.objects.get().rev) == ("Nothing changed", 2)


def test_stale_form_is_a_conflict_that_shows_both_and_is_saved_with_the_next_try(keeper, over):
    for who in (keeper, over):
        flag = FlagFactory(label="Late", description="Old")
        form = who.fill(flag_url(flag))
        noor = ActorFactory(user__name="Noor Okafor")
        change_flag(flag.pk, {"label": "Overdue", "enabled": False}, rev=1, actor=noor)

        response = who.send(flag_url(flag), form, label="Delayed")
        page = response.content.decode()
        assert response.status_code == 409
        assert "Nothing was changed: Noor Okafor has changed Overdue just now" in page
        assert re.findall(r"<p>([^<]*, you typed[^<]*)</p>", page) == [
            "Label: “Overdue” is stored, you typed “Delayed”.",
            "Switched on: “no” is stored, you typed “yes”.",
        ]
        assert who.send(flag_url(flag), form, label="Delayed", rev="2").status_code in (200, 303)
        flag.refresh_from_db()
        assert (flag.label, flag.enabled, flag.rev) == ("Delayed", True, 3)


def test_unused_flag_is_deleted_and_a_used_one_offered_to_be_switched_off(keeper):
    unused, used = FlagFactory(label="Unused"), FlagFactory(label="Used")
    with_flag(used, 2)

    assert "No customer has it." in keeper.open(flag_url(unused, "delete/"))
    assert keeper.save(flag_url(unused, "delete/"))["Location"] == f"{FLAGS}#add-flag"
    assert said(keeper.client.get(FLAGS)) == "Deleted Unused"

    page = keeper.open(flag_url(used, "delete/"))
    assert "2 customers have it. It stays in the catalogue: switch it off instead." in page
    assert f'action="{flag_url(used, "switch/")}"' in page
    response = keeper.send(flag_url(used, "delete/"), {"rev": "1"})
    assert response.status_code == 422
    assert "Switch this flag off instead: 2 customers have it." in response.content.decode()
    assert keeper.send(flag_url(used, "switch/"), keeper.fill(flag_url(used, "delete/"))).status_code == 303
    assert (Flag.objects.get().enabled, Flag.objects.get().rev) == (False, 2)


def test_flag_is_switched_on_again(keeper):
    flag = FlagFactory(label="Late", enabled=False)
    keeper.save(flag_url(flag, "switch/"))
    assert (said(keeper.client.get(FLAGS)), Flag.objects.get().enabled) == ("Late switched on", True)


def test_stale_question_is_asked_again(keeper):
    flag = FlagFactory(label="Late")
    form = keeper.fill(flag_url(flag, "delete/"))
    change_flag(flag.pk, {"label": "Later"}, rev=1, actor=ActorFactory(user__name="Noor Okafor"))
    response = keeper.send(flag_url(flag, "delete/"), form)
    assert response.status_code == 409
    assert "Nothing was changed: Noor Okafor has changed Later just now" in response.content.decode()
    assert Flag.objects.count() == 1


def test_entry_that_is_gone_is_not_found(keeper):
    gone = FlagFactory()
    form = keeper.fill(flag_url(gone))
    Flag.objects.all().delete()
    for more in ("", "delete/", "switch/"):
        assert keeper.client.get(flag_url(gone, more)).status_code == 404
        assert keeper.send(flag_url(gone, more), form).status_code == 404


def test_tag_is_added_renamed_in_case_alone_and_made_a_group(keeper):
    keeper.save(f"{FLAGS}tags/add/", name="fish")
    assert said(keeper.client.get(FLAGS)) == "Added fish"
    keeper.save(tag_url("fish"), name="Fish", key="fish-lovers", external_id="grp_1", color="#26a65a")
    stored = tag("fish")
    assert (stored.name, stored.key, stored.external_id, stored.color, stored.rev) == (
        "Fish", "fish-lovers", "grp_1", "#26a65a", 2,
    )  # fmt: skip
    assert "fish-lovers" in keeper.open(FLAGS)


def test_colour_that_is_none_of_the_ten_is_kept(keeper):
    CustomerFactory(tags=["fish"])
    change_tag(tag("fish").pk, {"color": "#123456"}, rev=1, actor=ActorFactory())
    keeper.save(tag_url("fish"), name="Fish")
    assert (tag("fish").name, tag("fish").color) == ("Fish", "#123456")


def test_name_of_another_tag_is_refused_with_the_advice_to_merge(over):
    CustomerFactory(tags=["fish", "seafood"])
    response = over.save(tag_url("fish"), name="Seafood")
    assert (response.status_code, errors(response)) == (
        422, ["Choose another name, or merge the two: there is a tag seafood."],
    )  # fmt: skip


def test_tags_are_merged_from_a_dialog_over_a_search(over):
    customers = [CustomerFactory(tags=tags) for tags in (["a", "fish"], ["fish", "filet"])]
    delete_customer(customers[0].pk, actor=ActorFactory())
    question = over.open(tag_url("fish", "merge/"))
    assert ("2 customers have it." in question, "1 deleted among them" in question) == (True, True)

    response = over.save(tag_url("fish", "merge/"), tag="FILET")
    assert (said(response), listed(response.content.decode())) == (
        "Merged fish into filet for 2 customers", ["filet"],
    )  # fmt: skip
    assert [link.tag.name for link in CustomerTag.objects.order_by("customer__created_at", "position")] == [
        "a", "filet", "filet",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Write the name of the tag that takes its place, for example renewal."),
        ("sea\x00food", "There is no tag “sea\ufffdfood”. Check its spelling, or choose one of the suggestions."),
        ("shark", "There is no tag “shark”. Check its spelling, or choose one of the suggestions."),
        ("fish", "Choose another tag: one cannot be merged into itself."),
    ],
)
def test_merge_into_nothing_is_refused_at_its_field_with_what_was_typed(keeper, typed, message):
    CustomerFactory(tags=["fish"])
    response = keeper.save(tag_url("fish", "merge/"), tag=typed)
    assert (response.status_code, errors(response)) == (422, [message])


def test_tag_is_deleted_with_its_number_on_the_button(keeper):
    CustomerFactory(tags=["fish", "b"])
    assert "Delete tag from 1 customer</button>" in keeper.open(tag_url("fish", "delete/"))
    keeper.save(tag_url("fish", "delete/"))
    assert said(keeper.client.get(FLAGS)) == "Deleted fish and took it off 1 customer"


def test_tag_of_many_customers_leads_to_the_page_of_a_job(keeper, over, monkeypatch):
    monkeypatch.setattr(catalogue_tags, "MOST_AT_ONCE", 1)
    for _ in range(2):
        CustomerFactory(tags=["fish", "shark"])
    response = keeper.save(tag_url("fish", "delete/"))
    job = Job.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/jobs/{job.pk}/")
    assert (job.title, f'href="/jobs/{job.pk}/"' in keeper.open(FLAGS)) == ("Take fish off 2 customers", True)
    assert over.save(tag_url("shark", "delete/"))["HX-Redirect"] == f"/jobs/{Job.objects.first().pk}/"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_who_may_not_change_reads_without_buttons(role):
    FlagFactory(label="Late")
    CustomerFactory(tags=["fish"])
    page = Keeper(UserFactory(roles=(role,))).open(FLAGS)
    assert "You can look, and Administrators can change" in page
    assert listed(page) == ["Late", "fish"]
    assert re.findall(r"Actions for|Add flag|Add tag", page) == []


def test_each_permission_brings_its_own_buttons():
    FlagFactory(label="Late")
    user = UserFactory(viewer=True)
    user.user_permissions.add(Permission.objects.get(codename="change_flag"))
    page = Keeper(user).open(FLAGS)
    assert re.findall(r"Actions for \w+|Add flag|Add tag|>Delete", page) == ["Actions for Late"] * 2


def test_menu_marks_the_page_also_while_an_entry_is_changed(keeper):
    flag = FlagFactory()
    for url in (FLAGS, flag_url(flag)):
        marked = re.findall(r'<a href="([^"]*)" aria-current="page"', keeper.open(url))
        assert marked == [FLAGS]


def test_nobody_signed_in_is_led_to_the_sign_in_page():
    assert Client().get(FLAGS).status_code == 302
