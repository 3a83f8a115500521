"""The filters of the list: what each finds, what it refuses, and the chip that tells of it."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from core.models import Actor
from customers.chips import Chip, chips
from customers.filters import NAMES, CustomerFilters, filters_of
from customers.listing.wanted import Wanted
from customers.models import Customer, CustomerFlag, Tier, WorkflowStatus
from customers.operations import delete_customer
from tests.factories import (
    ActorFactory,
    CustomerFactory,
    FlagFactory,
    TierFactory,
    UserFactory,
    WorkflowStatusFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer():
    return UserFactory(name="Noor Okafor", email="noor@retainer.test", support_agent=True)


@pytest.fixture
def filtered(viewer):
    """The names that filters find, in the order of their creation."""

    def find(**values) -> list[str]:
        filters = filters_of(as_typed(values), SimpleNamespace(user=viewer))
        assert filters.is_valid(), filters.form.errors
        return list(filters.qs.order_by("created_at", "id").values_list("name", flat=True))

    return find


@pytest.fixture
def refused(viewer):
    """The message that a value is refused with, by field."""

    def find(**values) -> dict[str, list[str]]:
        filters = filters_of(as_typed(values), SimpleNamespace(user=viewer))
        assert not filters.is_valid()
        return {name: list(errors) for name, errors in filters.form.errors.items()}

    return find


def as_typed(values) -> dict[str, tuple[str, ...]]:
    return {name: tuple(map(str, v)) if isinstance(v, list) else (str(v),) for name, v in values.items()}


def test_no_filter_finds_every_customer_that_is_not_deleted(filtered):
    CustomerFactory(name="Here")
    delete_customer(CustomerFactory().pk, actor=ActorFactory())
    assert filtered() == ["Here"]


def test_one_tier_status_or_person_is_a_group(viewer):
    tier, other = TierFactory(), TierFactory()
    asked = [
        {"tier": tier.pk}, {"tier": "none"}, {"owner": "me"}, {"owner": "none"}, {"assignee": "me"},
        {"status": WorkflowStatusFactory().pk},
        {"tier": [tier.pk, other.pk]}, {"tier": tier.pk, "owner": "me"}, {"assignee": "none"}, {"kind": "person"},
    ]  # fmt: skip
    filters = [filters_of(as_typed(values), SimpleNamespace(user=viewer)) for values in asked]
    assert all(each.is_valid() for each in filters)
    assert [each.is_group for each in filters] == [True] * 6 + [False] * 4


def test_tier_finds_any_of_several_and_none(filtered):
    gold, silver = TierFactory(), TierFactory()
    for name, tier in (("G", gold), ("S", silver), ("N", None)):
        CustomerFactory(name=name, tier_id=tier and str(tier.pk))
    assert filtered(tier=gold.pk) == ["G"]
    assert filtered(tier=[gold.pk, silver.pk]) == ["G", "S"]
    assert filtered(tier="none") == ["N"]
    assert filtered(tier=[silver.pk, "none"]) == ["S", "N"]


def test_status_is_and_is_not(filtered):
    one, two = WorkflowStatusFactory(), WorkflowStatusFactory()
    for name, status in (("A", one), ("B", two)):
        CustomerFactory(name=name, status_id=str(status.pk))
    assert filtered(status=one.pk) == ["A"]
    assert filtered(status_not=one.pk) == ["B"]
    assert filtered(status_not=[one.pk, two.pk]) == []


def test_support_status_and_kind(filtered):
    CustomerFactory(name="Busy", kind="person", support_status="ACTIVE")
    CustomerFactory(name="Idle", kind="organization")
    assert filtered(support_status="ACTIVE") == filtered(kind="person") == ["Busy"]


@pytest.mark.parametrize("typed", ["noor@retainer.test", "NOOR@retainer.test", "noor okafor", "me", "ME"])
@pytest.mark.parametrize("field", ["owner", "assignee"])
def test_staff_are_found_by_address_name_and_me(filtered, viewer, field, typed):
    CustomerFactory(name="Mine", **{f"{field}_id": str(viewer.pk)})
    CustomerFactory(name="Nobody's")
    assert filtered(**{field: typed}) == ["Mine"]
    assert filtered(**{field: str(viewer.pk)}) == ["Mine"]
    assert filtered(**{field: "none"}) == ["Nobody's"]


def test_unknown_and_ambiguous_staff_are_refused_with_what_was_typed(refused):
    for _ in range(2):
        UserFactory(name="Sam Lee")
    assert refused(owner="Nobody") == {
        "owner": ["Nobody here is called “Nobody”. Use an email address, a full name, “me” or “none”."]
    }
    assert refused(assignee="sam lee") == {"assignee": ["Several people are called “sam lee”. Use the email address."]}


def test_tag_is_found_in_any_case_and_an_unknown_one_is_refused(filtered, refused):
    CustomerFactory(name="Tagged", tags=["Référence"])
    CustomerFactory(name="Plain")
    assert filtered(tag="référence") == ["Tagged"]
    assert refused(tag="other") == {"tag": ["There is no tag “other”. Check its spelling."]}


def test_flag_is_found_by_its_key(filtered):
    flag, other = FlagFactory(key="legal"), FlagFactory(key="calm")
    customer = CustomerFactory(name="Flagged")
    CustomerFactory(name="Plain")
    CustomerFlag.objects.create(customer=customer, flag=flag, added_by=Actor.objects.system("Tests"))
    assert filtered(flag="legal") == ["Flagged"]
    assert filtered(flag=["legal", "calm"]) == ["Flagged"]
    assert filtered(flag=other.key) == []


def test_domain_and_has_domain(filtered, refused):
    CustomerFactory(name="With", domains=["straße.de"])
    CustomerFactory(name="Without")
    assert filtered(has_domain="yes") == ["With"]
    assert filtered(has_domain="no") == ["Without"]
    assert filtered(domain="https://www.STRASSE.de/x") == []
    assert filtered(domain="https://www.straße.de/x") == filtered(domain="xn--strae-oqa.de") == ["With"]
    assert refused(domain="no domain") == {"domain": ["Use a domain such as example.com, not “no domain”."]}


def test_country_and_language(filtered, refused):
    CustomerFactory(name="Norway", locations=[{"country_code": "NO"}], language="pt-BR")
    CustomerFactory(name="Nowhere", language="pt")
    CustomerFactory(name="Elsewhere", language="en")
    assert filtered(country="NO") == ["Norway"]
    assert filtered(language="pt") == ["Norway", "Nowhere"]
    assert filtered(language="PT_br") == ["Norway"]
    assert refused(country="XX") == {"country": ["“XX” is not one of the choices."]}


@pytest.mark.parametrize("field", ["created", "updated"])
def test_days_are_whole_days_in_utc_with_the_last_one_inside(filtered, field):
    first = datetime(2026, 3, 1, tzinfo=UTC)
    for name, moment in (
        ("Before", first - timedelta(microseconds=1)),
        ("First", first),
        ("Last", first + timedelta(days=2) - timedelta(microseconds=1)),
        ("After", first + timedelta(days=2)),
    ):
        Customer.objects.filter(pk=CustomerFactory(name=name).pk).update(**{f"{field}_at": moment})
    both = filtered(**{f"{field}_from": "2026-03-01", f"{field}_to": "2026-03-02"})
    assert sorted(both) == ["First", "Last"]
    assert sorted(filtered(**{f"{field}_from": "2026-03-02"})) == ["After", "Last"]
    assert sorted(filtered(**{f"{field}_to": "2026-02-28"})) == ["Before"]


@pytest.mark.parametrize("field", ["revenue", "size"])
def test_ranges_of_numbers_hold_their_ends_and_leave_out_the_unknown(filtered, field):
    for name, value in (("Zero", 0), ("Ten", 10), ("Much", 2**63 - 1), ("Unknown", None)):
        CustomerFactory(name=name, **{field: value})
    assert filtered(**{f"{field}_min": "0"}) == ["Zero", "Ten", "Much"]
    assert filtered(**{f"{field}_max": "10"}) == ["Zero", "Ten"]
    assert filtered(**{f"{field}_min": "1", f"{field}_max": "$ 1,000"}) == ["Ten"]
    assert filtered(**{f"{field}_min": "9,223,372,036,854,775,807"}) == ["Much"]


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"revenue_min": "abc"}, "revenue_min", "Use a whole number, for example 250000."),
        ({"revenue_min": "1.5"}, "revenue_min", "Use a whole number, for example 250000."),
        ({"size_max": "-1"}, "size_max", "Use zero or more."),
        ({"size_max": str(2**63)}, "size_max", "Use a number up to 9,223,372,036,854,775,807."),
        ({"created_from": "31.12.2026"}, "created_from", "Use a date such as 2026-12-31."),
        ({"created_to": "2026-02-30"}, "created_to", "Use a date such as 2026-12-31."),
        ({"created_to": "9999-12-31"}, "created_to", "Use a date before 9999-12-31."),
        ({"size_min": "5", "size_max": "4"}, "size_max", "The end of the range comes before its start. Swap the two."),
        ({"support_status": "BUSY"}, "support_status", "“BUSY” is not one of the choices."),
        ({"has_domain": "maybe"}, "has_domain", "“maybe” is not one of the choices."),
        ({"spam": "no"}, "spam", "“no” is not one of the choices."),
        ({"tier": "gold"}, "tier", "This choice does not exist. Choose another one."),
        ({"flag": "nowhere"}, "flag", "This choice no longer exists. Choose another one."),
        (
            {"status": "00000000-0000-0000-0000-000000000000"},
            "status",
            "This choice no longer exists. Choose another one.",
        ),
    ],
)
def test_value_that_says_nothing_is_refused_with_the_way_out(refused, values, field, message):
    assert refused(**values) == {field: [message]}


@pytest.mark.parametrize("name", CustomerFilters.base_filters)
@pytest.mark.parametrize("text", ["\x00", "x\x00y", "\u202eabc", "🙂" * 50, "'; --", "9" * 400, " - "])
def test_no_value_of_any_filter_breaks_it(viewer, name, text):
    filters = filters_of({name: (text,)}, SimpleNamespace(user=viewer))
    if filters.is_valid():
        assert filters.qs.count() == 0


def test_only_the_filters_that_are_asked_for_are_built(viewer):
    filters = filters_of({"kind": ("person",), "q": ("x",)}, SimpleNamespace(user=viewer))
    assert list(filters.filters) == ["kind"]


def test_every_filter_of_the_list_is_there():
    assert set(NAMES) == {
        "q", "tier", "status", "status_not", "support_status", "owner", "assignee", "tag", "flag", "kind",
        "has_domain", "domain", "spam", "created_from", "created_to", "updated_from", "updated_to", "revenue_min",
        "revenue_max", "size_min", "size_max", "country", "language",
    }  # fmt: skip


def test_chips_tell_every_filter_in_words(viewer):
    tier, status = Tier.objects.all()[1], WorkflowStatus.objects.all()[4]
    FlagFactory(key="legal", label="Legal hold")
    CustomerFactory(tags=["vip"])
    values = {
        "tier": (str(tier.pk), "none"), "status_not": (str(status.pk),), "support_status": ("SNOOZED",),
        "owner": ("me",), "assignee": ("none",), "tag": ("VIP",), "flag": ("legal",), "kind": ("organization",),
        "has_domain": ("no",), "domain": ("example.com",), "spam": ("yes",), "created_from": ("2026-01-02",),
        "updated_to": ("2026-12-31",), "revenue_min": ("1000",), "revenue_max": ("2000000",), "size_min": ("1500",),
        "country": ("NO",), "language": ("nb",),
    }  # fmt: skip
    state = Wanted(values)
    shown = chips(state, filters_of(values, SimpleNamespace(user=viewer)))
    assert [chip.words for chip in shown] == [
        "Tier is Enterprise, No tier",
        "Status is not Churned",
        "Support status is Snoozed",
        "Owner is you",
        "Assignee is nobody",
        "Tag is vip",
        "Flag is Legal hold",
        "Kind is Organisation",
        "Domain is not known",
        "Domain is example.com",
        "Spam only",
        "Created from 2 Jan 2026",
        "Updated up to 31 Dec 2026",
        "Revenue from $1,000 to $2,000,000",
        "Size from 1,500",
        "Country is Norway",
        "Language is nb",
    ]


def test_chip_of_a_refused_value_keeps_what_was_typed(viewer):
    state = Wanted({"revenue_min": ("abc",), "revenue_max": ("5",)})
    assert list(chips(state, filters_of(state.filters, SimpleNamespace(user=viewer)))) == [
        Chip("Revenue", "is", "abc to 5", ("revenue_min", "revenue_max"), "Use a whole number, for example 250000.")
    ]
