"""Tiers and statuses in a browser: with htmx, with the keyboard alone, without JavaScript, and when two people meet."""

import pytest
from playwright.sync_api import Locator, Page, expect

from core import jobs
from core.models import Actor, Job
from customers.models import Customer, Tier, WorkflowStatus
from customers.operations.ladders import STATUSES, TIERS, delete_entry
from tests.browser.looks import shortcomings
from tests.browser.world import AGENT, COLLEAGUE, FULL, customer

PATH = "/customers/settings/tiers-and-statuses/"


@pytest.fixture
def page(desk) -> Page:
    """The lists, in the browser of an administrator."""
    page = desk(COLLEAGUE)
    page.goto(PATH)
    return page


@pytest.fixture
def plain(desk) -> Page:
    """The same without JavaScript."""
    page = desk(COLLEAGUE, java_script_enabled=False)
    page.goto(PATH)
    return page


def tiers(page: Page) -> Locator:
    return page.get_by_role("region", name="Tiers", exact=True)


def names(page: Page) -> list[str]:
    return page.locator("#tiers .order bdi").all_inner_texts()


def act(page: Page, entry: str, deed: str, role: str = "link") -> None:
    """Choose something from the menu of an entry."""
    tiers(page).get_by_role("button", name=f"Actions for {entry}").click()
    tiers(page).get_by_role(role, name=deed).click()


def toast(page: Page) -> Locator:
    return page.locator("#toasts")


def test_tier_is_renamed_in_its_line_and_the_focus_comes_back(page):
    act(page, "Growth", "Rename")
    name = page.get_by_label("Name of Growth")
    expect(name).to_be_focused()
    expect(name).to_have_value("Growth")
    name.fill("enterprise")
    page.keyboard.press("Enter")
    expect(name).to_be_focused()
    expect(name).to_have_value("enterprise")
    expect(tiers(page)).to_contain_text("Choose another name: Enterprise has this one.")
    assert shortcomings(page) == []
    name.fill("Scale-up")
    page.keyboard.press("Enter")
    expect(toast(page)).to_contain_text("Renamed Growth to Scale-up")
    expect(page.get_by_role("button", name="Actions for Scale-up")).to_be_focused()
    act(page, "Scale-up", "Rename")
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("button", name="Actions for Scale-up")).to_be_focused()


def test_tier_moves_and_the_same_button_goes_on(page):
    down = page.get_by_role("button", name="Move Strategic down")
    down.focus()
    page.keyboard.press("Enter")
    expect(toast(page)).to_contain_text("Moved Strategic above Growth")
    expect(down).to_be_focused()
    page.keyboard.press("Enter")
    expect(toast(page)).to_contain_text("Moved Strategic above Starter")
    assert names(page)[:3] == ["Enterprise", "Growth", "Strategic"]
    page.reload()
    assert names(page)[:3] == ["Enterprise", "Growth", "Strategic"]


def test_tier_is_dragged_to_its_place(page):
    source, target = (page.locator("#tiers .order > li").nth(place) for place in (0, 2))
    source.drag_to(target, target_position={"x": 250, "y": 40})
    expect(toast(page)).to_contain_text("Moved Strategic above Starter")
    assert names(page)[:3] == ["Enterprise", "Growth", "Strategic"]


def test_colour_is_picked_from_its_swatch_and_from_the_menu(page):
    swatch = tiers(page).get_by_role("button", name="Colour of Growth")
    swatch.click()
    assert shortcomings(page) == []
    tiers(page).get_by_role("button", name="Pink", exact=True).click()
    expect(toast(page)).to_contain_text("Colour of Growth set to pink")
    expect(swatch).to_be_focused()
    expect(swatch).to_have_accessible_name("Colour of Growth: pink. Change")
    act(page, "Growth", "Change colour", "button")
    expect(tiers(page).get_by_role("button", name="Pink", exact=True)).to_be_focused()
    tiers(page).get_by_role("button", name="Gray", exact=True).click()
    expect(swatch).to_have_accessible_name("Colour of Growth: gray. Change")


def test_tier_is_added_made_the_default_and_described(page):
    tiers(page).get_by_role("link", name="Add tier").click()
    expect(page.get_by_label("Name of the new tier")).to_be_focused()
    page.keyboard.type("Trial")
    page.keyboard.press("Enter")
    expect(toast(page)).to_contain_text("Added Trial")
    expect(tiers(page).get_by_role("link", name="Add tier")).to_be_focused()
    act(page, "Trial", "Make default", "button")
    expect(toast(page)).to_contain_text("Trial is the default now")
    act(page, "Trial", "Edit details")
    dialog = page.get_by_role("dialog", name="Edit the tier “Trial”")
    dialog.get_by_label("Description").fill("For four weeks.")
    assert shortcomings(page) == []
    dialog.get_by_label("External ID").fill("x" * 256)
    dialog.get_by_role("button", name="Save tier").click()
    expect(dialog).to_contain_text("Write at most 255 characters as text.")
    assert shortcomings(page) == []
    dialog.get_by_label("External ID").fill("trial")
    dialog.get_by_role("button", name="Save tier").click()
    expect(dialog).to_be_hidden()
    expect(toast(page)).to_contain_text("Saved Trial")
    expect(page.get_by_role("button", name="Actions for Trial")).to_be_focused()
    trial = Tier.objects.get(name="Trial")
    assert (trial.description, trial.external_id, trial.is_default) == ("For four weeks.", "trial", True)


def test_tier_is_deleted_and_its_customers_move(page):
    act(page, "Enterprise", "Delete and reassign")
    dialog = page.get_by_role("dialog", name="Delete the tier “Enterprise”?")
    expect(dialog.get_by_label("Move 1 customer to")).to_be_focused()
    assert shortcomings(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    act(page, "Enterprise", "Delete and reassign")
    dialog.get_by_label("Move 1 customer to").select_option("Starter")
    dialog.get_by_role("button", name="Delete and move 1 customer").click()
    expect(toast(page)).to_contain_text("Deleted Enterprise and moved 1 customer to Starter")
    expect(dialog).to_be_hidden()
    expect(tiers(page).get_by_role("link", name="Add tier")).to_be_focused()
    assert "Enterprise" not in names(page)
    assert customer(FULL).tier.name == "Starter"


def test_dialog_that_is_left_gives_the_focus_back_to_the_menu_it_came_from(page):
    act(page, "Growth", "Edit details")
    dialog = page.get_by_role("dialog", name="Edit the tier “Growth”")
    expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Actions for Growth")).to_be_focused()
    act(page, "Growth", "Edit details")
    dialog.get_by_label("Name", exact=True).fill("")
    dialog.get_by_role("button", name="Save tier").click()
    expect(dialog).to_contain_text("Give the tier a name, for example Enterprise.")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Actions for Growth")).to_be_focused()


def test_tier_that_a_colleague_deleted_meanwhile_leaves_the_list_with_its_dialog(page):
    act(page, "Enterprise", "Delete and reassign")
    enterprise, starter = (Tier.objects.get(name=name) for name in ("Enterprise", "Starter"))
    colleague = Actor.objects.system("Tests")
    delete_entry(TIERS, enterprise.pk, successor_id=starter.pk, rev=enterprise.rev, actor=colleague)
    page.get_by_role("button", name="Delete and move 1 customer").click()
    expect(toast(page)).to_contain_text("what it led to was deleted")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(tiers(page).get_by_text("Enterprise", exact=True)).to_have_count(0)
    expect(page.locator("main")).to_be_focused()
    assert shortcomings(page) == []


def test_number_leads_to_the_customers_it_counts(page):
    tiers(page).get_by_role("link", name="1 customer with the tier Enterprise").click()
    expect(page.get_by_role("link", name=FULL)).to_be_visible()
    expect(page.get_by_text("Showing 1 of 1 customer")).to_be_visible()


def test_everything_is_reached_with_the_keyboard_alone(page):
    page.get_by_role("button", name="Move Strategic down").focus()
    page.keyboard.press("Tab")
    expect(tiers(page).get_by_role("button", name="Colour of Strategic")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(tiers(page).get_by_role("button", name="Gray", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(tiers(page).get_by_role("button", name="Colour of Strategic: gray. Change")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Actions for Strategic")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(tiers(page).get_by_role("link", name="Rename")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name of Strategic")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Key accounts")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Actions for Key accounts")).to_be_focused()
    stored = Tier.objects.get(name="Key accounts")
    assert (stored.color, stored.rev) == ("#8a8f98", 3)


def test_second_of_two_people_sees_both_names(desk):
    first, second = desk(COLLEAGUE), desk(COLLEAGUE)
    for page, name in ((first, "Theirs"), (second, "Mine")):
        page.goto(PATH)
        act(page, "Growth", "Rename")
        page.get_by_label("Name of Growth").fill(name)
    first.keyboard.press("Enter")
    expect(toast(first)).to_contain_text("Renamed Growth to Theirs")
    second.keyboard.press("Enter")
    notice = second.get_by_role("alert")
    expect(notice).to_be_focused()
    expect(notice).to_contain_text("Nothing was changed: Priya Raman has changed Theirs just now")
    expect(notice).to_contain_text("You typed “Mine”.")
    assert shortcomings(second) == []
    second.get_by_role("button", name="Rename").click()
    expect(toast(second)).to_contain_text("Renamed Theirs to Mine")


def test_lists_work_without_script(plain):
    plain.get_by_role("button", name="Move Strategic down").click()
    expect(toast(plain)).to_contain_text("Moved Strategic above Growth")
    expect(plain.get_by_role("button", name="Move Strategic down")).to_be_focused()
    tiers(plain).get_by_role("button", name="Colour of Growth").click()
    tiers(plain).get_by_role("button", name="Pink", exact=True).click()
    expect(toast(plain)).to_contain_text("Colour of Growth set to pink")
    act(plain, "Growth", "Rename")
    plain.get_by_label("Name of Growth").fill("")
    plain.get_by_role("button", name="Rename").click()
    expect(tiers(plain)).to_contain_text("Give the tier a name, for example Enterprise.")
    plain.get_by_label("Name of Growth").fill("Scale-up")
    plain.get_by_role("button", name="Rename").click()
    expect(toast(plain)).to_contain_text("Renamed Growth to Scale-up")
    tiers(plain).get_by_role("link", name="Add tier").click()
    plain.get_by_label("Name of the new tier").fill("Trial")
    plain.get_by_role("button", name="Add tier").click()
    act(plain, "Trial", "Make default", "button")
    expect(toast(plain)).to_contain_text("Trial is the default now")
    act(plain, "Trial", "Edit details")
    plain.get_by_label("Display name").fill("Four weeks")
    plain.get_by_role("button", name="Save tier").click()
    expect(toast(plain)).to_contain_text("Saved Four weeks")
    act(plain, "Enterprise", "Merge into another tier")
    expect(plain.get_by_role("heading", name="Merge the tier “Enterprise” into another?")).to_be_visible()
    plain.get_by_label("Move 1 customer to").select_option("Four weeks")
    plain.get_by_role("button", name="Merge and move 1 customer").click()
    expect(toast(plain)).to_contain_text("Deleted Enterprise and moved 1 customer to Four weeks")
    assert customer(FULL).tier.name == "Trial"


@pytest.mark.parametrize("deed", ["", "delete/", "merge/"])
def test_pages_of_one_entry_read_well(page, deed):
    page.goto(f"/customers/settings/tiers/{Tier.objects.get(name='Enterprise').pk}/{deed}")
    assert shortcomings(page) == []


def test_lists_read_well_with_a_menu_open(page):
    assert shortcomings(page) == []
    page.get_by_role("button", name="Actions for Growth").click()
    assert shortcomings(page) == []


def start_job() -> Job:
    old, new = WorkflowStatus.objects.get(name="Onboarding"), WorkflowStatus.objects.get(name="Active")
    sample = Customer.objects.filter(workflow_status=old).first()
    Customer.objects.bulk_create(
        Customer(
            kind="person",
            name=f"Filler {number}",
            folded_name=f"filler {number}",
            workflow_status=old,
            created_by=sample.created_by,
            updated_by=sample.updated_by,
        )
        for number in range(1001)
    )
    actor = Actor.objects.of(sample.created_by.user)
    return delete_entry(STATUSES, old.pk, successor_id=new.pk, rev=old.rev, actor=actor).job


def test_job_is_watched_until_it_is_done(page):
    job = start_job()
    page.goto(f"/jobs/{job.pk}/")
    expect(page.get_by_role("heading", name="Waiting for its turn")).to_be_visible()
    assert shortcomings(page) == []
    Job.objects.update(state="running", done=600)
    expect(page.get_by_role("heading", name="56 % done")).to_be_visible()
    expect(page.locator("#job-said")).to_have_text("50 % done")
    jobs.perform(job.pk)
    expect(page.get_by_role("heading", name="Done", exact=True)).to_be_visible()
    expect(page.locator("#job-said")).to_contain_text("customers moved to Active.")
    assert shortcomings(page) == []
    page.get_by_role("link", name="Go to tiers and statuses").click()
    expect(page.get_by_role("heading", name="Tiers and statuses", level=1)).to_be_visible()


def test_job_is_looked_at_again_without_script(plain):
    job = start_job()
    plain.goto(f"/jobs/{job.pk}/")
    jobs.perform(job.pk)
    plain.get_by_role("link", name="Refresh").click()
    expect(plain.get_by_role("heading", name="Done", exact=True)).to_be_visible()


def test_support_agent_reads_and_is_offered_nothing(desk):
    page = desk(AGENT)
    page.goto(PATH)
    expect(page.get_by_role("heading", name="You can look, and Administrators can change")).to_be_visible()
    expect(page.locator("main").get_by_role("button")).to_have_count(0)
    assert shortcomings(page) == []
