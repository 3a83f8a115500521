"""The page of tiers and statuses: what it shows, what its buttons do, and what it says when somebody was quicker."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Actor, Job
from core.tones import COLOURS
from customers.models import Customer, Tier, WorkflowStatus
from customers.operations import delete_customer, mark_as_spam
from customers.operations.ladders import STATUSES, TIERS, change_entry, delete_entry
from tests.customers.reading import text
from tests.factories import CustomerFactory, TierFactory, UserFactory, WorkflowStatusFactory

pytestmark = pytest.mark.django_db

PAGE = "/customers/settings/tiers-and-statuses/"
UNKNOWN = "0197a1b2-0000-7000-8000-000000000000"
MODELS = {"tiers": Tier, "statuses": WorkflowStatus}
BOTH = pytest.mark.parametrize("many", MODELS)


def htmx(target):
    return {"HX-Request": "true", "HX-Target": target}


@pytest.fixture
def agent(db):
    """Who keeps the words of the company is an administrator."""
    return UserFactory(name="Noor Okafor", administrator=True)


@pytest.fixture
def entries(db):
    """Gold and Silver, in both lists, and nothing else."""
    Tier.objects.all().delete()
    WorkflowStatus.objects.all().delete()
    return {
        many: [factory(name=name, position=place, color="#4c8be8") for place, name in enumerate(("Gold", "Silver"), 1)]
        for many, factory in (("tiers", TierFactory), ("statuses", WorkflowStatusFactory))
    }


def url(many, entry, deed=""):
    return f"/customers/settings/{many}/{entry.pk}/{deed}"


def body_of(response):
    return response.content.decode()


def words_of(response):
    return text(body_of(response))


def focused(response):
    """The id of what gets the focus."""
    (tag,) = re.findall(r"<[^>]* data-autofocus[^>]*>", body_of(response))
    return re.findall(r' id="([^"]*)"', tag)[0]


def order(many):
    return list(MODELS[many].objects.values_list("name", "rev"))


def changed_by(name, ladder, entry, changes):
    change_entry(ladder, entry.pk, changes, rev=entry.rev, actor=Actor.objects.of(UserFactory(name=name)))


LADDERS = {"tiers": TIERS, "statuses": STATUSES}


def test_lists_show_order_colour_default_and_number(client, entries):
    gold, silver = entries["tiers"]
    CustomerFactory(tier_id=str(gold.pk))
    mark_as_spam(CustomerFactory(tier_id=str(gold.pk)).pk, actor=Actor.objects.system("Tests"))
    Tier.objects.filter(pk=silver.pk).update(is_default=True, display_name="Silver plus")
    words = words_of(client.get(PAGE))
    assert "Tiers 2 Add tier Gold 1 1 customer with the tier Gold Rename" in words
    assert "Silver plus Default 0 0 customers with the tier Silver plus Rename" in words
    assert "Statuses 2 Add status Gold Default 1 1 customer with the status Gold Rename" in words
    assert f'<a class="link tnum" href="/customers/?tier={gold.pk}">' in body_of(client.get(PAGE))
    assert "Colour of Gold: blue. Change" in body_of(client.get(PAGE))


def test_number_of_an_entry_is_that_of_the_list_it_leads_to(client, entries):
    gold, _ = entries["statuses"]
    for _ in range(3):
        CustomerFactory(status_id=str(gold.pk))
    assert "3 customers with the status Gold" in words_of(client.get(PAGE))
    assert "Showing 3 of 3 customers" in words_of(client.get(f"/customers/?status={gold.pk}"))


def test_number_of_queries_does_not_depend_on_the_number_of_entries(client):
    def queries_of_the_page():
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        return len(queries)

    Tier.objects.all().delete()
    WorkflowStatus.objects.all().delete()
    numbers = []
    for _ in range(3):
        CustomerFactory(tier_id=str(TierFactory().pk), status_id=str(WorkflowStatusFactory().pk))
        numbers.append(queries_of_the_page())
    assert numbers[0] == numbers[2]


def test_viewer_reads_and_is_offered_nothing(entries):
    viewer = Client()
    viewer.force_login(UserFactory(viewer=True))
    response = viewer.get(PAGE)
    assert "You can look, and Administrators can change" in words_of(response)
    main = body_of(response).partition("<main")[2].partition("</main>")[0]
    assert re.findall(r"<(?:button|form|input)", main) == []
    assert "Gold 0 0 customers with the tier Gold" in words_of(response)


def test_list_for_htmx_is_that_of_the_page(client, entries):
    part = body_of(client.get(PAGE, headers=htmx("statuses"))).strip()
    assert part.startswith('<section class="panel" id="statuses"')
    page = body_of(client.get(PAGE))
    assert re.sub(r'value="\w{64}"', "", part) in re.sub(r'value="\w{64}"', "", page)


@BOTH
def test_form_for_a_new_entry_opens_in_its_list(client, entries, many):
    one = LADDERS[many].key
    response = client.get(f"{PAGE}?add={many}", headers=htmx(many))
    assert focused(response) == f"new-{one}"
    assert f"Name of the new {one}" in body_of(client.get(f"{PAGE}?add={many}"))
    assert focused(client.get(f"{PAGE}?focus=add-{one}", headers=htmx(many))) == f"add-{one}"


@BOTH
def test_new_entry_is_added_in_a_colour_that_is_free(client, entries, many):
    address = f"/customers/settings/{many}/add/"
    response = client.post(address, {"name": "Bronze"})
    one = LADDERS[many].key
    assert (response.status_code, response["Location"]) == (303, f"{PAGE}#add-{one}")
    assert order(many) == [("Gold", 1), ("Silver", 1), ("Bronze", 1)]
    assert MODELS[many].objects.get(name="Bronze").color == COLOURS["teal"]
    assert "Added Bronze" in words_of(client.get(PAGE))
    response = client.post(address, {"name": "Tin"}, headers=htmx(many))
    assert (response.status_code, focused(response)) == (200, f"add-{one}")
    assert '<div hx-swap-oob="beforeend:#toasts">' in body_of(response)
    assert "Added Tin" in words_of(response)


@BOTH
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
def test_name_that_is_taken_is_told_at_the_field_and_kept(client, entries, many, headers):
    headers = headers and htmx(many)
    response = client.post(f"/customers/settings/{many}/add/", {"name": "gold"}, headers=headers)
    assert (response.status_code, focused(response)) == (422, f"new-{LADDERS[many].key}")
    assert 'name="name" value="gold"' in body_of(response)
    assert "Choose another name: Gold has this one." in words_of(response)
    assert order(many) == [("Gold", 1), ("Silver", 1)]


@BOTH
def test_entry_is_renamed_in_its_line(client, entries, many):
    gold, _ = entries[many]
    form = client.get(f"{PAGE}?rename={gold.pk}", headers=htmx(many))
    assert focused(form) == f"name-{gold.pk}"
    assert 'name="name" value="Gold"' in body_of(form)
    response = client.post(url(many, gold, "rename/"), {"name": "Platinum", "rev": "1"}, headers=htmx(many))
    assert (response.status_code, focused(response)) == (200, f"menu-{gold.pk}")
    assert "Renamed Gold to Platinum" in words_of(response)
    assert order(many) == [("Platinum", 2), ("Silver", 1)]


def test_entry_with_a_display_name_is_renamed_by_that(client, entries):
    gold, _ = entries["tiers"]
    Tier.objects.filter(pk=gold.pk).update(display_name="Golden")
    assert 'name="display_name" value="Golden"' in body_of(client.get(f"{PAGE}?rename={gold.pk}"))
    client.post(url("tiers", gold, "rename/"), {"display_name": "Shiny", "rev": "1"})
    assert Tier.objects.values_list("name", "display_name").get(pk=gold.pk) == ("Gold", "Shiny")


@BOTH
@pytest.mark.parametrize(
    ("typed", "words"), [("", "Give the "), ("silver", "Choose another name: Silver"), ("x" * 81, "80")]
)
def test_name_that_does_not_fit_is_told_at_the_field_and_kept(client, entries, many, typed, words):
    gold, _ = entries[many]
    response = client.post(url(many, gold, "rename/"), {"name": typed, "rev": "1"}, headers=htmx(many))
    assert (response.status_code, focused(response)) == (422, f"name-{gold.pk}")
    assert f'value="{typed}"' in body_of(response)
    assert words in words_of(response)
    assert order(many) == [("Gold", 1), ("Silver", 1)]


@BOTH
@pytest.mark.parametrize("plain", [True, False])
def test_stale_name_shows_both_and_who_was_quicker(client, entries, many, plain):
    gold, _ = entries[many]
    changed_by("Priya Raman", LADDERS[many], gold, {"name": "Theirs"})
    headers = {} if plain else htmx(many)
    response = client.post(url(many, gold, "rename/"), {"name": "Mine", "rev": "1"}, headers=headers)
    assert (response.status_code, focused(response)) == (409, f"notice-{LADDERS[many].key}")
    assert (
        "Nothing was changed: Priya Raman has changed Theirs just now"
        " It is called “Theirs” and is blue now. You typed “Mine”." in words_of(response)
    )
    assert 'value="Mine"' in body_of(response)
    assert order(many) == [("Theirs", 2), ("Silver", 1)]
    # The form carries the revision that the person has seen by now.
    assert re.search(r'rename/"[^>]*>(?:<input[^>]*>)?<input type="hidden" name="rev" value="2">', body_of(response))


@BOTH
def test_entry_that_is_gone_is_told_and_leaves_the_list(client, entries, many):
    gold, _ = entries[many]
    delete_entry(LADDERS[many], gold.pk, rev=1, actor=Actor.objects.of(UserFactory(name="Priya Raman")))
    response = client.post(url(many, gold, "rename/"), {"name": "Mine", "rev": "1"}, headers=htmx(many))
    assert response.status_code == 409
    assert f"Priya Raman deleted this {LADDERS[many].key} just now." in words_of(response)
    assert str(gold.pk) not in body_of(response)


@BOTH
def test_colour_is_picked_from_ten(client, entries, many):
    gold, _ = entries[many]
    assert len(re.findall(rf'(?s)colours-{gold.pk}".*?</form>', body_of(client.get(PAGE)))[:1]) == 1
    response = client.post(url(many, gold, "colour/"), {"color": COLOURS["pink"], "rev": "1"}, headers=htmx(many))
    assert (response.status_code, focused(response)) == (200, f"colour-{gold.pk}")
    assert "Colour of Gold set to pink" in words_of(response)
    assert MODELS[many].objects.values_list("color", "rev").get(pk=gold.pk) == (COLOURS["pink"], 2)


def test_colour_of_other_origin_is_shown_by_its_nearest_tone_and_kept(client, entries):
    gold, _ = entries["tiers"]
    client.post(url("tiers", gold, "colour/"), {"color": "#7C3AED", "rev": "1"})
    assert Tier.objects.get(pk=gold.pk).color == "#7c3aed"
    assert "Colour of Gold: violet. Change" in body_of(client.get(PAGE))


@BOTH
@pytest.mark.parametrize(("color", "status"), [("red", 422), ("", 422)])
def test_colour_that_is_none_is_refused(client, entries, many, color, status):
    gold, _ = entries[many]
    response = client.post(url(many, gold, "colour/"), {"color": color, "rev": "1"}, headers=htmx(many))
    assert response.status_code == status
    assert "Choose a colour as # and six digits, for example #2f6f4e." in words_of(response)
    assert order(many) == [("Gold", 1), ("Silver", 1)]


def test_stale_colour_says_what_it_is_and_what_was_chosen(client, entries):
    gold, _ = entries["tiers"]
    changed_by("Priya Raman", TIERS, gold, {"color": COLOURS["teal"]})
    response = client.post(url("tiers", gold, "colour/"), {"color": COLOURS["pink"], "rev": "1"}, headers=htmx("tiers"))
    assert response.status_code == 409
    assert "It is called “Gold” and is teal now. You chose pink." in words_of(response)


@BOTH
def test_entry_moves_a_step_and_the_same_button_keeps_the_focus(client, entries, many):
    gold, silver = entries[many]
    model, factory = MODELS[many], {"tiers": TierFactory, "statuses": WorkflowStatusFactory}[many]
    factory(name="Bronze", position=3)
    response = client.post(url(many, gold, "move/"), {"by": "1", "rev": "1"}, headers=htmx(many))
    assert (response.status_code, focused(response)) == (200, f"down-{gold.pk}")
    assert "Moved Gold above Bronze" in words_of(response)
    assert [entry.name for entry in model.objects.all()] == ["Silver", "Gold", "Bronze"]
    response = client.post(url(many, gold, "move/"), {"by": "1", "rev": "2"}, headers=htmx(many))
    # Its button down is switched off at the end: the one up goes on.
    assert focused(response) == f"up-{gold.pk}"
    assert "Moved Gold below Bronze" in words_of(response)
    response = client.post(url(many, silver, "move/"), {"by": "-1", "rev": "2"}, headers=htmx(many))
    assert focused(response) == f"down-{silver.pk}"


@BOTH
def test_entry_is_dropped_at_a_place(client, entries, many):
    gold, _ = entries[many]
    response = client.post(url(many, gold, "move/"), {"to": "1", "rev": "1"})
    assert response["Location"] == f"{PAGE}#up-{gold.pk}"
    assert order(many) == [("Silver", 2), ("Gold", 2)]


@pytest.mark.parametrize("sent", [{}, {"by": "x"}, {"to": "x", "by": "²"}, {"by": "9" * 40}])
def test_move_to_nowhere_changes_nothing(client, entries, sent):
    gold, _ = entries["tiers"]
    assert client.post(url("tiers", gold, "move/"), {**sent, "rev": "1"}).status_code == 303
    assert order("tiers") == [("Gold", 1), ("Silver", 1)]


def test_stale_move_shows_the_order_as_it_is(client, entries):
    gold, silver = entries["tiers"]
    client.post(url("tiers", silver, "move/"), {"by": "-1", "rev": "1"})
    response = client.post(url("tiers", gold, "move/"), {"by": "1", "rev": "1"}, headers=htmx("tiers"))
    assert (response.status_code, focused(response)) == (409, "notice-tier")
    assert "Nothing was changed: Noor Okafor has changed Gold just now" in words_of(response)
    assert "Look at the order, then move it again." in words_of(response)
    assert order("tiers") == [("Silver", 2), ("Gold", 2)]


def test_tier_becomes_the_default(client, entries):
    gold, silver = entries["tiers"]
    client.post(url("tiers", gold, "default/"), {"rev": "1"})
    response = client.post(url("tiers", silver, "default/"), {"rev": "1"}, headers=htmx("tiers"))
    assert focused(response) == f"menu-{silver.pk}"
    assert "Silver is the default now" in words_of(response)
    assert list(Tier.objects.values_list("name", "is_default", "rev")) == [("Gold", False, 3), ("Silver", True, 2)]


def test_form_of_a_new_customer_starts_with_the_first_status_and_the_default_tier(client, entries):
    def chosen():
        return re.findall(r'<option value="([^"]+)" selected>(?:Gold|Silver)<', body_of(client.get("/customers/new/")))

    status, silver = entries["statuses"][0], entries["tiers"][1]
    assert chosen() == [str(status.pk)]
    client.post(url("tiers", silver, "default/"), {"rev": "1"})
    assert sorted(chosen()) == sorted([str(status.pk), str(silver.pk)])


def test_details_are_edited_in_a_dialog_and_on_a_page(client, entries):
    gold, _ = entries["tiers"]
    dialog = body_of(client.get(url("tiers", gold), headers=htmx("dialog-slot")))
    assert dialog.startswith('<div id="dialog-slot"><dialog class="dialog" data-modal')
    sent = {"name": "Gold", "display_name": "", "description": " Two lines ", "external_id": "crm-1", "rev": "1"}
    response = client.post(url("tiers", gold), sent, headers=htmx("dialog-slot"))
    assert (response["HX-Retarget"], response["HX-Reswap"], focused(response)) == (
        "#tiers",
        "outerHTML",
        f"menu-{gold.pk}",
    )
    assert '<div id="dialog-slot" hx-swap-oob="true"></div>' in body_of(response)
    assert Tier.objects.values_list("description", "external_id", "rev").get(pk=gold.pk) == ("Two lines", "crm-1", 2)
    assert "Edit the tier “ Gold ”" in words_of(client.get(url("tiers", gold)))
    response = client.post(url("tiers", gold), {**sent, "external_id": "", "rev": "2"})
    assert (response.status_code, response["Location"]) == (303, f"{PAGE}#menu-{gold.pk}")


def test_category_of_a_status_is_chosen_and_cleared(client, entries):
    gold, _ = entries["statuses"]
    client.post(url("statuses", gold), {"name": "Gold", "category": "inactive", "rev": "1"})
    assert WorkflowStatus.objects.get(pk=gold.pk).category == "inactive"
    client.post(url("statuses", gold), {"name": "Gold", "category": "", "rev": "2"})
    assert WorkflowStatus.objects.get(pk=gold.pk).category is None


@pytest.mark.parametrize("headers", [{}, htmx("dialog-slot")], ids=["plain", "htmx"])
def test_details_that_do_not_fit_are_told_at_their_fields_and_kept(client, entries, headers):
    gold, _ = entries["tiers"]
    sent = {"name": "silver", "description": "x" * 501, "external_id": "y" * 256, "rev": "1"}
    response = client.post(url("tiers", gold), sent, headers=headers)
    assert response.status_code == 422
    words = words_of(response)
    assert ["Choose another name: Silver has this one." in words, words.count("Write at most ")] == [True, 2]
    assert "x" * 501 in words
    assert order("tiers") == [("Gold", 1), ("Silver", 1)]


def test_stale_details_show_what_is_stored_and_what_was_typed(client, entries):
    gold, _ = entries["tiers"]
    changed_by("Priya Raman", TIERS, gold, {"external_id": "theirs"})
    sent = {"name": "Gold", "display_name": "", "description": "", "external_id": "mine", "rev": "1"}
    response = client.post(url("tiers", gold), sent, headers=htmx("dialog-slot"))
    assert response.status_code == 409
    assert "External ID: “theirs” is stored, you typed “mine”. Save again to keep what you typed." in words_of(response)
    assert 'name="rev" value="2"' in body_of(response)


@BOTH
def test_question_before_a_deletion_tells_what_follows_in_numbers(client, entries, many):
    gold, silver = entries[many]
    ladder = LADDERS[many]
    customers = [CustomerFactory(**{f"{ladder.key}_id": str(gold.pk)}) for _ in range(3)]
    mark_as_spam(customers[0].pk, actor=Actor.objects.system("Tests"))
    delete_customer(customers[1].pk, actor=Actor.objects.system("Tests"))
    dialog = client.get(url(many, gold, "delete/"), headers=htmx("dialog-slot"))
    words = words_of(dialog)
    assert f"Delete the {ladder.key} “ Gold ”? 3 customers have it. Choose where they go. Move 3 customers to" in words
    assert "1 marked as spam and 1 deleted among them move as well" in words
    assert ("New customers start as Silver from then on" in words) == (many == "statuses")
    assert f"Links and filters that name this {ladder.key} find nobody from then on" in words
    assert words.endswith("Cancel Delete and move 3 customers")
    assert focused(dialog) == "successor"
    assert re.findall(r'<option value="([^"]*)" selected', body_of(dialog)) == [str(silver.pk)]


def test_default_tier_is_offered_first_as_the_successor_and_its_loss_is_told(client, entries):
    gold, silver = entries["tiers"]
    bronze = TierFactory(name="Bronze", position=3, is_default=True)
    CustomerFactory(tier_id=str(gold.pk))
    body = body_of(client.get(url("tiers", gold, "delete/")))
    assert re.findall(r'<option value="([^"]*)" selected', body) == [str(bronze.pk)]
    assert "No tier is the default then" in words_of(client.get(url("tiers", bronze, "delete/")))
    CustomerFactory(tier_id=str(bronze.pk))
    assert "The tier that takes them over becomes the default" in words_of(client.get(url("tiers", bronze, "delete/")))
    assert silver.pk != bronze.pk


@BOTH
def test_deletion_moves_the_customers_and_says_so(client, entries, many, actor):
    gold, silver = entries[many]
    customer = CustomerFactory(**{f"{LADDERS[many].key}_id": str(gold.pk)})
    sent = {"rev": "1", "successor": str(silver.pk)}
    response = client.post(url(many, gold, "delete/"), sent, headers=htmx("dialog-slot"))
    assert (response.status_code, response["HX-Retarget"]) == (200, f"#{many}")
    assert "Deleted Gold and moved 1 customer to Silver" in words_of(response)
    assert focused(response) == f"add-{LADDERS[many].key}"
    assert order(many) == [("Silver", 1)]
    moved = Customer.objects.get(pk=customer.pk)
    assert (getattr(moved, LADDERS[many].column), moved.rev, moved.updated_by) == (silver, 2, actor)


def test_deletion_without_script_leads_back_to_the_lists(client, entries):
    gold, _ = entries["tiers"]
    response = client.post(url("tiers", gold, "delete/"), {"rev": "1"})
    assert (response.status_code, response["Location"]) == (303, f"{PAGE}#add-tier")
    assert "Deleted Gold" in words_of(client.get(PAGE))


@pytest.mark.parametrize("headers", [{}, htmx("dialog-slot")], ids=["plain", "htmx"])
def test_deletion_to_a_successor_that_is_gone_is_asked_again(client, entries, headers):
    gold, _ = entries["tiers"]
    CustomerFactory(tier_id=str(gold.pk))
    sent = {"rev": "1", "successor": UNKNOWN}
    response = client.post(url("tiers", gold, "delete/"), sent, headers=headers)
    assert response.status_code == 422
    assert "Choose another tier: this one is going or gone." in words_of(response)
    assert order("tiers") == [("Gold", 1), ("Silver", 1)]


def test_deletion_that_forgets_the_customers_is_refused(client, entries):
    gold, _ = entries["tiers"]
    CustomerFactory(tier_id=str(gold.pk))
    response = client.post(url("tiers", gold, "delete/"), {"rev": "1"})
    assert response.status_code == 422
    assert "Gold was not deleted Move the customers first: 1 customer has this tier." in words_of(response)


def test_stale_deletion_is_asked_again_with_the_numbers_of_now(client, entries):
    gold, silver = entries["tiers"]
    changed_by("Priya Raman", TIERS, gold, {"name": "Platinum"})
    sent = {"rev": "1", "successor": str(silver.pk)}
    response = client.post(url("tiers", gold, "delete/"), sent, headers=htmx("dialog-slot"))
    assert response.status_code == 409
    assert "Nothing was changed: Priya Raman has changed Platinum just now" in words_of(response)
    assert 'name="rev" value="2"' in body_of(response)


def test_only_status_cannot_be_deleted_and_the_only_tier_can(client, entries):
    for model in MODELS.values():
        model.objects.filter(name="Silver").delete()
    status, tier = entries["statuses"][0], entries["tiers"][0]
    words = words_of(client.get(url("statuses", status, "delete/"), headers=htmx("dialog-slot")))
    assert words == "Delete the status “ Gold ”? It is the only status. Add another status first. Cancel"
    assert client.post(url("statuses", status, "delete/"), {"rev": "1"}).status_code == 422
    words = words_of(client.get(url("tiers", tier, "delete/"), headers=htmx("dialog-slot")))
    assert words.startswith("Delete the tier “ Gold ”? No customer has it.")
    assert client.post(url("tiers", tier, "delete/"), {"rev": "1"}).status_code == 303


def test_merge_asks_for_the_other_one_even_where_nobody_has_it(client, entries):
    gold, silver = entries["tiers"]
    words = words_of(client.get(url("tiers", gold, "merge/"), headers=htmx("dialog-slot")))
    assert "Merge the tier “ Gold ” into another? No customer has it. Choose the tier that takes its place." in words
    assert words.endswith("Cancel Merge tier")
    client.post(url("tiers", gold, "merge/"), {"rev": "1", "successor": str(silver.pk)})
    assert order("tiers") == [("Silver", 1)]


def test_merge_of_the_default_tier_that_nobody_has_tells_which_becomes_the_default(client, entries):
    gold, silver = entries["tiers"]
    Tier.objects.filter(pk=gold.pk).update(is_default=True)
    words = words_of(client.get(url("tiers", gold, "merge/"), headers=htmx("dialog-slot")))
    assert "The tier that takes its place becomes the default Links" in words
    client.post(url("tiers", gold, "merge/"), {"rev": "1", "successor": str(silver.pk)})
    assert list(Tier.objects.values_list("name", "is_default")) == [("Silver", True)]


def test_entry_that_a_job_empties_says_so_and_leads_to_it(client, entries, actor):
    gold, silver = entries["tiers"]
    job = Job.objects.create(
        kind="customers.empty_entry",
        title="Move",
        actor=actor,
        parameters={"ladder": "tier", "entry": str(gold.pk), "successor": str(silver.pk)},
    )
    assert f'<a class="badge tone-amber" href="/jobs/{job.pk}/">Being deleted</a>' in body_of(client.get(PAGE))
    response = client.post(url("tiers", gold, "delete/"), {"rev": "1", "successor": str(silver.pk)})
    assert response.status_code == 422
    assert "Wait a moment: Gold is being deleted already." in words_of(response)


def test_entry_that_a_job_empties_is_not_offered_to_take_customers_over(client, entries, actor):
    gold, silver = entries["statuses"]
    bronze = WorkflowStatusFactory(name="Bronze", position=0)
    CustomerFactory(status_id=str(bronze.pk))
    parameters = {"ladder": "status", "entry": str(gold.pk), "successor": str(silver.pk)}
    Job.objects.create(kind="customers.empty_entry", title="Move", actor=actor, parameters=parameters)
    asked = client.get(url("statuses", bronze, "delete/"))
    assert re.findall(r"<option[^>]*>([^<]*)", body_of(asked)) == ["Silver"]
    assert "New customers start as Silver from then on" in words_of(asked)


def test_entry_that_never_was_is_not_found(client):
    for many in MODELS:
        for deed in ("", "delete/", "merge/"):
            assert client.get(f"/customers/settings/{many}/{UNKNOWN}/{deed}").status_code == 404
            assert client.post(f"/customers/settings/{many}/{UNKNOWN}/{deed}", {"rev": "1"}).status_code == 404


def test_deletion_in_the_background_leads_to_its_progress(client, entries, actor):
    gold, silver = entries["statuses"]
    many = 1001
    template = CustomerFactory(status_id=str(gold.pk))
    Customer.objects.bulk_create(
        Customer(
            kind="person", name=str(n), folded_name=str(n), workflow_status=gold, created_by=actor, updated_by=actor
        )
        for n in range(many - 1)
    )
    assert template.workflow_status_id == gold.pk
    question = words_of(client.get(url("statuses", gold, "delete/")))
    assert "The move goes on in the background and shows how far it is" in question
    sent = {"rev": "1", "successor": str(silver.pk)}
    response = client.post(url("statuses", gold, "delete/"), sent, headers=htmx("dialog-slot"))
    job = Job.objects.get()
    assert (response.status_code, response["HX-Redirect"]) == (204, f"/jobs/{job.pk}/")
    assert (job.title, job.total) == ("Move 1,001 customers from Gold to Silver", 1001)
    assert "Waiting for its turn 0 of 1,001" in words_of(client.get(f"/jobs/{job.pk}/"))
