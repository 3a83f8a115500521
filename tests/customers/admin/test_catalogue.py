"""Tiers, statuses, flags, tags and attributes in the admin: their operations' rules, and one step of the revision."""

from __future__ import annotations

import re
from typing import Any

import pytest

from core.models import Actor, Job
from customers.models import CustomAttribute, Flag, Tag, Tier, WorkflowStatus
from customers.operations import add_flag, catalogue_tags
from customers.operations.ladders import TIERS, change_entry
from tests.customers.admin.desk import Desk, errors_of
from tests.customers.forms.filling import filled
from tests.factories import (
    CustomAttributeFactory,
    CustomerFactory,
    FlagFactory,
    TierFactory,
    UserFactory,
    WorkflowStatusFactory,
)

pytestmark = pytest.mark.django_db


class EntryDesk(Desk):
    """A superuser, who has the form of an entry open."""

    def url(self, model: Any, entry: Any = None, page: str = "change") -> str:
        """Where entries are made, changed or deleted."""
        base = f"/admin/customers/{model._meta.model_name}/"
        return f"{base}{entry.pk}/{page}/" if entry else f"{base}add/"

    def form(self, url: str) -> dict[str, str]:
        """What the form would send if nothing was touched."""
        html = self.client.get(url).content.decode()
        form_id = re.findall(r'<form[^>]* id="(\w+_form)"', html)[0]
        sent = filled(html, form_id=form_id)
        return {name: text for name, text in sent.items() if name not in ("_continue", "_addanother")}

    def type(self, model: Any, entry: Any = None, **typed: str) -> Any:
        """Open, type and save."""
        url = self.url(model, entry)
        return self.client.post(url, self.form(url) | typed)

    def delete(self, entry: Any, rev: int = 1) -> list[str]:
        """Confirm the deletion; what was said."""
        url = self.url(type(entry), entry, "delete")
        assert self.client.get(url).status_code == 200
        answer = self.client.post(url, {"post": "yes", "rev": str(rev)}, follow=True)
        return [str(message) for message in answer.context["messages"]]


@pytest.fixture
def desk() -> EntryDesk:
    return EntryDesk()


ENTRIES = {
    Tier: (TierFactory, {"name": "Platinum"}),
    WorkflowStatus: (WorkflowStatusFactory, {"name": "Paused trial"}),
    Flag: (FlagFactory, {"label": "Payment risk"}),
    Tag: (lambda: Tag.objects.create(name="old"), {"name": "renewal"}),
    CustomAttribute: (CustomAttributeFactory, {"label": "Region"}),
}
NEW: dict[Any, dict[str, str]] = {
    Tier: {"name": "Platinum"},
    WorkflowStatus: {"name": "Paused trial"},
    Flag: {"key": "payment_risk", "label": "Payment risk"},
    Tag: {"name": "renewal"},
    CustomAttribute: {"key": "regionStr", "label": "Region", "options": "emea\napac"},
}
models = pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.__name__)


def stored(model: Any) -> list[dict[str, Any]]:
    events = model.pgh_event_model.objects.order_by("pk").values()
    return [*model.objects.order_by("pk").values(), *events]


@models
def test_an_untouched_form_changes_nothing(desk, model) -> None:
    entry = ENTRIES[model][0]()
    before = stored(model)
    assert (desk.type(model, entry).status_code, stored(model)) == (302, before)


@models
def test_a_change_is_one_step_of_the_revision_and_its_history_says_who(desk, model) -> None:
    make, typed = ENTRIES[model]
    entry = make()
    assert desk.type(model, entry, **typed).status_code == 302
    entry.refresh_from_db()
    ((name, value),) = typed.items()
    assert (getattr(entry, name), entry.rev) == (value, 2)
    html = desk.client.get(desk.url(model, entry, "history")).content.decode()
    assert ("Noor Aziz" in html, f"→ {value}" in html) == (True, True)


@models
def test_a_new_entry_is_stored(desk, model) -> None:
    assert desk.type(model, **NEW[model]).status_code == 302
    entry = model.objects.get(**{name: text for name, text in NEW[model].items() if name != "options"})
    assert (entry.rev, getattr(entry, "options", None)) == (1, ["emea", "apac"] if "options" in NEW[model] else None)


@models
def test_a_stale_form_stores_nothing_and_says_who_was_faster(desk, model) -> None:
    make, typed = ENTRIES[model]
    entry = make()
    form = desk.form(desk.url(model, entry))
    EntryDesk(UserFactory(superuser=True, name="Priya Raman")).type(model, entry, **typed)
    before = stored(model)
    name = next(iter(typed))
    response = desk.client.post(desk.url(model, entry), form | {name: "Mine"})
    words = (
        f"Priya Raman saved this {model._meta.verbose_name} meanwhile, so nothing was stored."
        " Open the current version (in a new tab) and make your changes there."
    )
    assert (errors_of(response), stored(model)) == ({"": words}, before)
    assert response.context["adminform"].form[name].value() == "Mine"


@models
@pytest.mark.parametrize("rev", ["", "x", "-1", "9" * 400])
def test_a_form_without_the_revision_that_was_read_stores_nothing(desk, model, rev) -> None:
    make, typed = ENTRIES[model]
    entry = make()
    before = stored(model)
    assert (desk.type(model, entry, rev=rev, **typed).status_code, stored(model)) == (200, before)


REFUSED = [
    (Tier, {"name": ""}, "name", "Give the tier a name, for example Enterprise."),
    (Tier, {"name": "x" * 81}, "name", "Write a name of at most 80 characters as text."),
    (Tier, {"name": "ENTERPRISE"}, "name", "Choose another name: Enterprise has this one."),
    (Tier, {"color": "red"}, "color", "Choose a colour as # and six digits, for example #2f6f4e."),
    (Tier, {"description": "x" * 501}, "description", "Write at most 500 characters as text."),
    (Tier, {"default_priority": "4"}, "default_priority", "Choose a priority from 0 (urgent) to 3 (low), or none."),
    (WorkflowStatus, {"name": ""}, "name", "Give the status a name, for example Onboarding."),
    (WorkflowStatus, {"category": "x"}, "category", "Choose active or inactive, or no category."),
    (Flag, {"label": ""}, "label", "Give the flag a label, for example Payment risk."),
    (Flag, {"label": "x" * 101}, "label", "Write a label of at most 100 characters."),
    (Flag, {"description": "x" * 501}, "description", "Shorten the description to 500 characters."),
    (Tag, {"name": ""}, "name", "Write a tag of 1 to 60 characters, for example renewal."),
    (Tag, {"name": "RENEWAL"}, "name", "Choose another name, or merge the two: there is a tag renewal."),
    (Tag, {"color": "red"}, "color", "Choose a colour as # and six digits, for example #2f6f4e."),
    (CustomAttribute, {"label": ""}, "label", "Give the attribute a label, for example Contract renewal."),
    (CustomAttribute, {"options": "x" * 256}, "options", "Write options of 1 to 255 characters."),
]


@pytest.mark.parametrize(
    ("model", "typed", "at", "words"), REFUSED, ids=[f"{row[0].__name__}-{row[3][:40]}" for row in REFUSED]
)
def test_what_a_rule_refuses_is_said_at_its_input_and_nothing_is_stored(desk, model, typed, at, words) -> None:
    entry = ENTRIES[model][0]()
    Tag.objects.create(name="renewal")
    before = stored(model)
    response = desk.type(model, entry, **typed)
    assert (errors_of(response), stored(model)) == ({at: words}, before)
    ((name, text),) = typed.items()
    assert response.context["adminform"].form[name].value() == text


@pytest.mark.parametrize(
    ("model", "typed", "at"),
    [(Flag, {"key": "Payment risk", "label": "x"}, "key"), (CustomAttribute, {"key": "region", "label": "x"}, "key")],
)
def test_a_key_that_is_none_is_refused(desk, model, typed, at) -> None:
    before = stored(model)
    assert (list(errors_of(desk.type(model, **typed))), stored(model)) == ([at], before)


@pytest.mark.parametrize("model", [Flag, CustomAttribute], ids=lambda model: model.__name__)
def test_a_key_stays_as_it_is(desk, model) -> None:
    entry = ENTRIES[model][0]()
    desk.type(model, entry, key="anotherStr", label="Renamed")
    again = model.objects.get(pk=entry.pk)
    assert (again.key, again.label) == (entry.key, "Renamed")


def test_the_default_tier_is_one(desk) -> None:
    tier = TierFactory()
    desk.type(Tier, tier, is_default="on")
    assert list(Tier.objects.filter(is_default=True)) == [tier]


@pytest.mark.parametrize("model", [Tier, WorkflowStatus, Flag, Tag], ids=lambda model: model.__name__)
def test_an_entry_that_nobody_has_is_deleted(desk, model) -> None:
    entry = ENTRIES[model][0]()
    desk.delete(entry)
    assert list(model.objects.filter(pk=entry.pk)) == []


def test_an_entry_that_customers_have_is_kept_and_the_reason_said(desk) -> None:
    tier, status, flag = TierFactory(), WorkflowStatusFactory(), FlagFactory()
    customer = CustomerFactory(tier_id=tier.pk, status_id=status.pk)
    add_flag(customer.pk, flag.key, actor=Actor.objects.system())
    said = [desk.delete(entry) for entry in (tier, status, flag)]
    assert said == [
        ["Move the customers first: 1 customer has this tier."],
        ["Move the customers first: 1 customer has this status."],
        ["Switch this flag off instead: 1 customer has it."],
    ]


def test_a_tag_is_taken_off_its_customers(desk) -> None:
    customer = CustomerFactory(tags=["renewal"])
    desk.delete(Tag.objects.get())
    customer.refresh_from_db()
    assert (customer.rev, customer.tag_links.count()) == (2, 0)


def test_a_tag_that_many_customers_have_leaves_them_in_the_background(desk, monkeypatch) -> None:
    monkeypatch.setattr(catalogue_tags, "MOST_AT_ONCE", 0)
    CustomerFactory(tags=["renewal"])
    tag = Tag.objects.get()
    assert desk.delete(tag) == [f"{Job.objects.get().title}: this goes on in the background, and then it is deleted."]


def test_a_deletion_of_something_else_than_was_read_is_refused(desk) -> None:
    tier = TierFactory()
    change_entry(TIERS, tier.pk, {"color": "#000000"}, rev=1, actor=Actor.objects.system())
    assert (len(desk.delete(tier)), Tier.objects.filter(pk=tier.pk).count()) == (1, 1)


def test_attributes_are_not_deleted(desk) -> None:
    attribute = CustomAttributeFactory()
    assert desk.client.post(desk.url(CustomAttribute, attribute, "delete"), {"post": "yes"}).status_code == 403


@models
def test_nothing_is_deleted_in_bulk(desk, model) -> None:
    entry = ENTRIES[model][0]()
    url = f"/admin/customers/{model._meta.model_name}/"
    typed = {"action": "delete_selected", "_selected_action": str(entry.pk), "post": "yes", "index": "0"}
    desk.client.post(url, typed)
    assert model.objects.filter(pk=entry.pk).count() == 1
