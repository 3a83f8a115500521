"""The feed of a customer: each operation once, by whoever wrote it, with what it changed in words."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.history import acting
from core.models import Actor
from core.paging import Cursor
from customers.changes import Entry, read_changes
from customers.changes.fields import HIDDEN, SHOWN
from customers.changes.statements import OWNED
from customers.changes.wording import NOBODY
from customers.choices import TimelineKind
from customers.models import CustomAttribute, Customer, Identifier, Tag, TimelineEntry
from customers.operations import add_flag, delete_customer, mark_as_spam, remove_flag, unmark_as_spam, update_customer
from customers.operations.edit import FlagChanges, create_from_form, update_from_form
from tests.factories import (
    CustomAttributeFactory,
    CustomerFactory,
    FlagFactory,
    TierFactory,
    UserFactory,
    WorkflowStatusFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya():
    return UserFactory(name="Priya Raman", support_agent=True)


@pytest.fixture
def actor(priya):
    return Actor.objects.of(priya)


def move_back(minutes: int) -> None:
    """Let what this test has just written have been written some minutes ago; a test has one NOW() for everything."""
    with connection.cursor() as cursor:
        for model in ("customer", *OWNED):
            cursor.execute(
                f"UPDATE customers_{model}event SET pgh_created_at = NOW() - %s WHERE pgh_created_at = NOW()",
                [timedelta(minutes=minutes)],
            )


def leave_context() -> None:
    """Forget who acts, as a new transaction does."""
    with connection.cursor() as cursor:
        for setting in ("pghistory.context_id", "pghistory.context_metadata"):
            cursor.execute("SELECT set_config(%s, '', TRUE)", [setting])


def made(**fields: object) -> Customer:
    """A customer that was made an hour ago."""
    customer = CustomerFactory(**fields)
    move_back(60)
    return customer


def web(*addresses: str) -> list[dict[str, str]]:
    return [{"url": address} for address in addresses]


def feed(customer: Customer, viewer, size: int = 50, cursor: Cursor | None = None) -> list[Entry]:
    return list(read_changes(customer.pk, cursor, size, viewer=viewer).rows)


def sentences(entry: Entry) -> list[str]:
    """Each change as it reads, `was > now` for a value that became another one."""
    return [
        " ".join(
            filter(None, [each.words, ", ".join(each.values), each.after, each.was and f"{each.was} > {each.now}"])
        )
        for each in entry.changes
    ]


def latest(customer: Customer, viewer) -> list[str]:
    return sentences(feed(customer, viewer)[0])


def told(customer: Customer, viewer, actor: Actor, **changes: object) -> list[str]:
    """What the feed says after these changes."""
    update_customer(customer.pk, changes, actor=actor)
    return latest(customer, viewer)


# Who, when, and what belongs together


def test_creation_is_one_short_entry(priya, actor):
    company = CustomerFactory(name="Halden Group", kind="organization")
    CustomAttributeFactory(key="seatsNum")
    customer = CustomerFactory(
        kind="organization", name="Halden", emails=["a@halden.com", "b@halden.com"], domains=["halden.com"],
        tags=["vip", "nordic"], tier_name="Enterprise", owner_id=str(priya.pk), company_id=str(company.pk),
        external_id="H-1", custom={"seatsNum": 3}, urls=web("https://halden.com/"), actor=actor,
    )  # fmt: skip
    (entry,) = feed(customer, priya)
    assert entry.who == "Priya Raman"
    assert sentences(entry) == ["created this customer"]
    assert entry.start == (
        "Organisation", "status Onboarding", "tier Enterprise", "owner Priya Raman", "company Halden Group",
        "1 custom attribute", "2 emails", "1 external ID", "1 domain", "1 web address", "2 tags",
    )  # fmt: skip


def test_flags_of_a_new_customer_belong_to_its_creation(priya, actor):
    FlagFactory(key="custom_terms")
    customer = create_from_form(uuid4(), {"name": "Ada"}, FlagChanges(added=["custom_terms"]), actor=actor).customer
    (entry,) = feed(customer, priya)
    assert sentences(entry) == ["created this customer"]
    assert entry.start == ("Person", "status Onboarding", "1 flag")


def test_fields_and_flags_saved_together_are_one_entry(priya, actor):
    FlagFactory(key="custom_terms", label="Custom terms")
    customer = made(name="Halden")
    update_from_form(customer.pk, {"size": 4, "tags": ["vip"]}, FlagChanges(added=["custom_terms"]), rev=1, actor=actor)
    entries = feed(customer, priya)
    assert [sentences(entry) for entry in entries] == [
        ["set size to 4", "added tag vip", "added flag Custom terms"],
        ["created this customer"],
    ]


def test_same_context_at_two_moments_is_two_entries(priya, actor):
    customer = made(name="Halden")
    with acting(actor):
        update_customer(customer.pk, {"size": 1}, actor=actor)
        move_back(5)
        update_customer(customer.pk, {"size": 2}, actor=actor)
    assert [sentences(entry) for entry in feed(customer, priya)][:2] == [["changed size 1 > 2"], ["set size to 1"]]


def test_two_steps_in_one_context_are_told_by_their_outcome(priya, actor):
    customer = made(name="Halden", size=1)
    with acting(actor):
        update_customer(customer.pk, {"size": 2, "tags": ["a"]}, actor=actor)
        update_customer(customer.pk, {"size": 3, "tags": ["b"]}, actor=actor)
    assert latest(customer, priya) == ["changed size 1 > 3", "added tag b"]


def test_entry_carries_the_moment_of_its_transaction(priya, actor):
    customer = made(name="Halden")
    update_customer(customer.pk, {"size": 1}, actor=actor)
    move_back(7)
    with connection.cursor() as cursor:
        cursor.execute("SELECT NOW() - INTERVAL '7 minutes'")
        assert feed(customer, priya)[0].at == cursor.fetchone()[0]


def test_change_without_a_context_is_a_direct_database_change(priya):
    customer = made(name="Halden")
    leave_context()
    Customer.objects.filter(pk=customer.pk).update(size=12)
    Identifier.objects.create(customer=customer, kind="email", value="a@x.io", value_norm="a@x.io", type="work")
    entry = feed(customer, priya)[0]
    assert entry.who == NOBODY
    assert sentences(entry) == ["set size to 12", "added email a@x.io"]


def test_person_who_left_is_still_named_as_the_author(priya):
    leaver = UserFactory(name="Jun Watanabe", support_agent=True)
    customer = made(name="Halden")
    update_customer(customer.pk, {"size": 4}, actor=Actor.objects.of(leaver))
    leaver.delete()
    assert feed(customer, priya)[0].who == "Jun Watanabe"


def test_changes_of_other_customers_do_not_show(priya, actor):
    customer, other = made(name="Halden"), made(name="Other", emails=["a@x.io"])
    update_customer(other.pk, {"size": 4, "domains": ["other.com"]}, actor=actor)
    TimelineEntry.objects.create(customer=other, actor=actor, kind=TimelineKind.NOTE, payload={"text": "Hi"})
    assert [sentences(entry) for entry in feed(customer, priya)] == [["created this customer"]]


def test_change_of_columns_that_only_follow_is_not_shown(priya):
    customer = made(name="Halden", assignee_id=str(priya.pk))
    now = timezone.now()
    Customer.objects.filter(pk=customer.pk).update(
        rev=2, updated_at=now, assigned_at=now, workflow_status_changed_at=now, support_status_changed_at=now,
        last_idle_at=now,
    )  # fmt: skip
    assert [sentences(entry) for entry in feed(customer, priya)] == [["created this customer"]]


def test_every_column_is_either_told_or_left_out_on_purpose():
    columns = {
        field.column for field in Customer.pgh_event_model._meta.concrete_fields if not field.column.startswith("pgh_")
    }
    assert sorted([*SHOWN, *HIDDEN]) == sorted(columns)


def test_change_only_the_database_sees_has_words(priya):
    customer = made(name="Halden", emails=["a@x.io"])
    Identifier.objects.filter(customer=customer).update(active=False)
    assert latest(customer, priya) == ["made a change that only the database sees"]


# Values


SCALARS = [
    ({"name": "Halden AS"}, "changed name Halden > Halden AS"),
    ({"short_name": "Hal"}, "set short name to Hal"),
    ({"given_name": "Jane"}, "set given name to Jane"),
    ({"family_name": "Doe"}, "set family name to Doe"),
    ({"username": "jane"}, "set user name to jane"),
    ({"kind": "person"}, "changed kind Organisation > Person"),
    ({"revenue": 1920000}, "set revenue to $1,920,000"),
    ({"size": 1640}, "changed size 12 > 1,640"),
    ({"size": None}, "removed size 12"),
    ({"size": 0}, "changed size 12 > 0"),
    ({"slack_channel_id": "C0ACME0001"}, "set Slack channel to C0ACME0001"),
    ({"language": "nb"}, "set language to nb"),
    ({"locale": "nb-NO"}, "set locale to nb-NO"),
    ({"time_zone": "Europe/Oslo"}, "set time zone to Europe/Oslo"),
    ({"birthday": "1984-05-17"}, "set birthday to 17 May 1984"),
    ({"gender": "f"}, "set gender to Female"),
    ({"sentiment": {"polarity": -1, "confidence": 0.25}}, "set sentiment to Negative, 25%"),
    ({"logo_url": "https://x.io/l.png"}, "set logo to https://x.io/l.png"),
    ({"avatar_url": "https://x.io/a.png"}, "set picture to https://x.io/a.png"),
    ({"managed_by": "CRM"}, "set manager of the record to CRM"),
    ({"last_seen_at": "2026-03-02T09:41:00Z"}, "set last visit to 2 Mar 2026, 09:41"),
    ({"support_status": "ACTIVE"}, "changed support status Idle > Active"),
]


@pytest.mark.parametrize(("changes", "sentence"), SCALARS, ids=[words for _, words in SCALARS])
def test_field_is_told_from_old_to_new(priya, actor, changes, sentence):
    customer = made(name="Halden", kind="organization", size=12)
    assert told(customer, priya, actor, **changes) == [sentence]


def test_snooze_is_told_with_its_end(priya, actor):
    customer = made(name="Halden")
    assert told(customer, priya, actor, support_status="SNOOZED", snoozed_until="2099-01-02T03:04:00Z") == [
        "changed support status Idle > Snoozed",
        "set end of the snooze to 2 Jan 2099, 03:04",
    ]


def test_references_are_told_by_name(priya, actor):
    old, new = (CustomerFactory(name=name, kind="organization") for name in ("Old Group", "New Group"))
    status, tier = WorkflowStatusFactory(name="live", display_name="Live"), TierFactory(name="Gold")
    tomas = UserFactory(name="Tomás Vidal")
    customer = made(name="Ada", company_id=str(old.pk), owner_id=str(priya.pk), tier_name="Enterprise")
    assert told(
        customer, priya, actor,
        company_id=str(new.pk), owner_id=str(tomas.pk), tier_id=str(tier.pk), status_id=str(status.pk),
    ) == [
        "changed company Old Group > New Group", "changed status Onboarding > Live", "changed tier Enterprise > Gold",
        "changed owner Priya Raman > Tomás Vidal",
    ]  # fmt: skip


def test_owner_who_left_is_somebody(priya, actor):
    leaver = UserFactory(name="Jun Watanabe")
    customer = made(name="Halden", owner_id=str(leaver.pk))
    update_customer(customer.pk, {"owner_id": str(priya.pk)}, actor=actor)
    leaver.delete()
    assert latest(customer, priya) == ["changed owner somebody who left > Priya Raman"]


def test_owner_who_left_is_named_where_the_page_tells_of_their_own_work(priya, actor):
    leaver = UserFactory(name="Jun Watanabe")
    customer = made(name="Halden", owner_id=str(leaver.pk))
    with acting(Actor.objects.of(leaver), user=str(leaver.pk)):
        Customer.objects.filter(pk=customer.pk).update(size=4)
    move_back(10)
    update_customer(customer.pk, {"owner_id": str(priya.pk)}, actor=actor)
    leaver.delete()
    assert latest(customer, priya) == ["changed owner Jun Watanabe > Priya Raman"]


def test_word_that_left_the_catalogue_keeps_its_last_name(priya, actor):
    tier = TierFactory(name="Gold")
    customer = made(name="Halden", tier_id=str(tier.pk), tags=["vip"])
    update_customer(customer.pk, {"tier_id": None, "tags": []}, actor=actor)
    tier.delete()
    Tag.objects.filter(name="vip").delete()
    assert latest(customer, priya) == ["removed tier Gold", "removed tag vip"]


def test_long_text_is_cut_and_put_on_one_line(priya, actor):
    CustomAttributeFactory(key="noteTxt", label="Note")
    customer = made(name="Halden")
    (sentence,) = told(customer, priya, actor, custom={"noteTxt": "First line\nsecond line " + "x" * 900})
    assert sentence == f"set Note to First line second line {'x' * 136}…"


# Lists


LISTS = [
    ({"emails": ["b@x.io", "a@x.io"]}, ["added email b@x.io"]),
    ({"emails": []}, ["removed email a@x.io"]),
    ({"emails": ["c@x.io", "b@x.io"]}, ["added emails c@x.io, b@x.io", "removed email a@x.io"]),
    ({"emails": ["A@x.io"]}, ["changed email a@x.io > A@x.io"]),
    ({"emails": [{"email": "a@x.io", "verified": True}]}, ["marked email a@x.io as verified"]),
    ({"emails": [{"email": "a@x.io", "type": "home"}]}, ["changed the type of email a@x.io Work > Home"]),
    ({"emails": [], "shared_emails": ["a@x.io"]}, ["shared email a@x.io with other customers"]),
    ({"shared_emails": ["team@x.io"]}, ["added shared email team@x.io"]),
    ({"shared_phones": []}, ["removed shared phone +4722864400"]),
    (
        {"shared_phones": [], "phones": ["+4722864400"]},
        ["made phone +4722864400 this customer’s alone"],
    ),
    ({"phones": ["+4722864401"]}, ["added phone +4722864401"]),
    ({"external_id": "B"}, ["changed main external ID A > B", "added external ID B"]),
    ({"external_ids": ["B"]}, ["added external ID B", "removed external ID A"]),
    ({"domains": ["faß.de"]}, ["added domain faß.de"]),
    ({"domains": []}, []),
    ({"tags": ["nordic", "VIP"]}, ["added tag nordic"]),
    ({"tags": []}, ["removed tag vip"]),
    ({"socials": [{"type": "linkedin", "username": "halden"}]}, ["added social profile halden (LinkedIn)"]),
    ({"facebook_ids": [{"page_id": "9", "user_id": "u"}]}, ["added Facebook ID u (page 9)"]),
    ({"urls": web("https://b.io/")}, ["removed web addresses https://a.io/, https://c.io/"]),
    ({"urls": web("https://c.io/", "https://b.io/", "https://a.io/")}, ["reordered web addresses"]),
    (
        {"locations": [{"address": "Storgata 1", "zip_code": "0155", "city_name": "Oslo", "country_code": "NO"}]},
        ["added location Storgata 1, 0155 Oslo, NO"],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), LISTS, ids=lambda value: str(value)[:60])
def test_list_is_told_by_what_came_and_went(priya, actor, changes, expected):
    customer = made(
        name="Halden", emails=["a@x.io"], shared_phones=["+4722864400"], external_id="A", tags=["vip"],
        urls=web("https://a.io/", "https://b.io/", "https://c.io/"),
    )  # fmt: skip
    assert told(customer, priya, actor, **changes) == (expected or ["created this customer"])


def test_new_order_is_told_as_one(priya, actor):
    customer = made(name="Halden", emails=["a@x.io", "b@x.io", "c@x.io"])
    assert told(customer, priya, actor, emails=["c@x.io", "a@x.io", "b@x.io"]) == ["reordered emails"]


def test_items_that_move_up_are_no_news(priya, actor):
    customer = made(name="Halden", emails=["a@x.io", "b@x.io", "c@x.io"])
    assert told(customer, priya, actor, emails=["b@x.io", "c@x.io"]) == ["removed email a@x.io"]


def test_many_values_are_counted_after_the_first_ten(priya, actor):
    customer = made(name="Halden")
    update_customer(customer.pk, {"tags": [f"tag {number:02}" for number in range(13)]}, actor=actor)
    (change,) = feed(customer, priya)[0].changes
    assert (len(change.shown), change.more) == (10, 3)


def test_flags_come_and_go_by_their_label(priya, actor):
    FlagFactory(key="custom_terms", label="Custom terms")
    customer = made(name="Halden")
    add_flag(customer.pk, "custom_terms", actor=actor)
    move_back(5)
    remove_flag(customer.pk, "custom_terms", actor=actor)
    assert [sentences(entry) for entry in feed(customer, priya)][:2] == [
        ["removed flag Custom terms"],
        ["added flag Custom terms"],
    ]


def test_row_that_came_from_another_customer_was_added(priya, actor):
    giver, customer = made(name="Giver", emails=["a@x.io"]), made(name="Halden")
    Identifier.objects.filter(customer=giver).update(customer=customer)
    assert latest(customer, priya) == ["added email a@x.io"]


# Custom attributes


def test_custom_attributes_are_told_one_by_one_by_label(priya, actor):
    for key, label in (("regionStr", "Region"), ("seatsNum", "Seats"), ("trialBool", "Trial"), ("endAt", "End")):
        CustomAttributeFactory(key=key, label=label)
    customer = made(name="Halden", custom={"regionStr": "emea", "seatsNum": 12.5})
    changes = {"regionStr": "apac", "seatsNum": None, "trialBool": False, "endAt": "2026-10-02T15:04:05Z"}
    assert told(customer, priya, actor, custom=changes) == [
        "set End to 2 Oct 2026, 15:04", "changed Region emea > apac", "removed Seats 12.5", "set Trial to No",
    ]  # fmt: skip


@pytest.mark.parametrize("is_still_there", [True, False])
def test_value_of_a_sensitive_attribute_is_for_those_who_may_edit(priya, actor, is_still_there):
    CustomAttributeFactory(key="passportStr", label="Passport", sensitive=True)
    customer = made(name="Ada", custom={"passportStr": "X1"})
    update_customer(customer.pk, {"custom": {"passportStr": "X2"}}, actor=actor)
    if not is_still_there:
        CustomAttribute.objects.all().delete()
    assert latest(customer, priya) == ["changed Passport X1 > X2"]
    assert latest(customer, UserFactory(viewer=True)) == ["changed Passport (its value is not shown to you)"]


# Spam and deletion


def test_spam_mark_is_told_once(priya, actor):
    customer = made(name="Win Big")
    mark_as_spam(customer.pk, actor=actor)
    move_back(5)
    unmark_as_spam(customer.pk, actor=actor)
    assert [sentences(entry) for entry in feed(customer, priya)] == [
        ["took the spam mark off this customer"],
        ["marked this customer as spam"],
        ["created this customer"],
    ]


def test_deletion_is_told_without_what_follows_from_it(priya, actor):
    customer = made(name="Gone", emails=["a@x.io"], domains=["gone.com"])
    delete_customer(customer.pk, actor=actor)
    assert latest(customer, priya) == ["deleted this customer"]


def test_merger_names_the_survivor(priya):
    customer, survivor = made(name="Twin"), CustomerFactory(name="Survivor")
    Customer.objects.filter(pk=customer.pk).update(
        merged_into=survivor, deleted_at=timezone.now(), deleted_by=Actor.objects.system("Tests")
    )
    assert latest(customer, priya) == ["merged this customer into Survivor"]


# Timeline


def entry_of(customer: Customer, kind: str, actor: Actor, **payload: object) -> TimelineEntry:
    return TimelineEntry.objects.create(customer=customer, actor=actor, kind=kind, payload=payload)


TIMELINE = [
    (TimelineKind.NOTE, {"text": "Call\nthem"}, "added a note", "Call\nthem"),
    (TimelineKind.INBOUND, {"text": "Hello"}, "wrote", "Hello"),
    (TimelineKind.OUTBOUND, {"text": "Hi"}, "wrote to the customer", "Hi"),
    (TimelineKind.CUSTOM_EVENT, {"title": "Order 7", "text": "Paid"}, "recorded Order 7", "Paid"),
    (TimelineKind.CUSTOM_EVENT, {}, "recorded an event", ""),
    (TimelineKind.IMPORTED, {"file": "crm.csv", "line": 1204}, "imported this customer from crm.csv (line 1,204)", ""),
    (TimelineKind.IMPORTED, {}, "imported this customer", ""),
]


@pytest.mark.parametrize(("kind", "payload", "sentence", "text"), TIMELINE)
def test_timeline_is_told_among_the_changes(priya, actor, kind, payload, sentence, text):
    customer = made(name="Halden")
    entry_of(customer, kind, actor, **payload)
    entry = feed(customer, priya)[0]
    assert (entry.who, sentences(entry), entry.text) == ("Priya Raman", [sentence], text)


def test_every_kind_of_timeline_entry_has_words_or_is_told_by_the_rows(priya, actor):
    customer = made(name="Halden")
    for kind in TimelineKind:
        entry_of(customer, kind, actor)
    told_kinds = len(TimelineKind) - len({"spam_marked", "spam_unmarked", "anonymised"})
    assert len(feed(customer, priya)) == told_kinds + 1


# Pages


def busy(actor: Actor, operations: int) -> Customer:
    """A customer with a creation and so many operations after it, of all sorts and partly at one moment."""
    customer = made(name="Busy")
    for number in range(operations):
        if number % 3 == 0:
            entry_of(customer, TimelineKind.NOTE, actor, text=f"Note {number}")
        else:
            update_customer(customer.pk, {"size": number, "tags": [f"t{number}"]}, actor=actor)
        if number % 2:
            move_back(operations - number)
    return customer


def key(entry: Entry) -> tuple[object, ...]:
    return (entry.at, entry.text, *sentences(entry))


@pytest.mark.parametrize("size", [1, 4, 7])
def test_pages_meet_without_gap_or_repetition_both_ways(priya, actor, size):
    customer = busy(actor, 17)
    whole = [key(entry) for entry in feed(customer, priya, size=100)]
    assert len(whole) == 18
    forward, pages, cursor = [], [], None
    while True:
        page = read_changes(customer.pk, cursor, size, viewer=priya)
        pages.append([key(entry) for entry in page.rows])
        forward += pages[-1]
        if page.next is None:
            break
        cursor = page.next
    assert forward == whole
    back = [pages[-1]]
    while page.previous:
        page = read_changes(customer.pk, page.previous, size, viewer=priya)
        back.insert(0, [key(entry) for entry in page.rows])
    assert back == pages


def test_difference_is_right_where_a_page_begins(priya, actor):
    customer = made(name="Halden")
    for number in (1, 2, 3):
        update_customer(customer.pk, {"size": number}, actor=actor)
        move_back(10 - number)
    page = read_changes(customer.pk, None, 1, viewer=priya)
    page = read_changes(customer.pk, page.next, 1, viewer=priya)
    assert [sentences(entry) for entry in page.rows] == [["changed size 1 > 2"]]


def test_newest_comes_first_whatever_wrote_it(priya, actor):
    customer = made(name="Halden")
    TimelineEntry.objects.create(
        customer=customer, actor=actor, kind=TimelineKind.NOTE, payload={"text": "Old"},
        at=datetime(2020, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    update_customer(customer.pk, {"domains": ["halden.com"]}, actor=actor)
    assert [sentences(entry)[0] for entry in feed(customer, priya)] == [
        "added domain halden.com",
        "created this customer",
        "added a note",
    ]


def test_same_number_of_queries_with_one_entry_and_with_many(priya, actor):
    def queries(customer: Customer) -> int:
        priya.has_perm("customers.change_customer")
        with CaptureQueriesContext(connection) as captured:
            feed(customer, priya)
        return len(captured)

    assert (queries(made(name="Quiet")), queries(busy(actor, 3)), queries(busy(actor, 9))) == (3, 3, 3)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_whoever_had_to_wait_is_told_with_what_they_changed_themselves():
    priya, noor = (Actor.objects.of(UserFactory(name=name)) for name in ("Priya Raman", "Noor Okafor"))
    customer = CustomerFactory()

    def meanwhile():
        try:
            update_customer(customer.pk, {"size": 5, "tags": ["vip"]}, actor=noor)
        finally:
            connection.close()

    with transaction.atomic():
        Customer.objects.exists()  # From here on this is the moment of Priya's change, which comes second.
        other = threading.Thread(target=meanwhile)
        other.start()
        other.join()
        update_customer(customer.pk, {"revenue": 1, "tags": ["renewal", "vip"]}, actor=priya)

    entries = sorted((entry.who, sentences(entry)) for entry in feed(customer, priya.user))
    assert entries == [
        ("Noor Okafor", ["set size to 5", "added tag vip"]),
        ("Priya Raman", ["set revenue to $1", "added tag renewal"]),
        ("Tests", ["created this customer"]),
    ]
