"""Finding customers: orders, pages and search, against plain lists in Python and by every way there is."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.db.models import Exists, F, OuterRef
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.counting import BOUND, Count
from core.models import Actor, User
from core.paging import BadToken, Cursor, Page, cut
from core.text import fold
from customers.listing import reading, statements
from customers.listing.reading import Found, count, read
from customers.listing.search import Search, understood
from customers.listing.selection import Selection, Spam
from customers.listing.sorts import LAST_ID, NEWEST_FIRST, SORTS, Ordering, ordering
from customers.listing.wanted import Wanted
from customers.models import Customer, CustomerTag, SearchDocument, Tag, Tier, WorkflowStatus
from tests.factories import CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db

ORDERS = [Ordering(sort, down) for sort in SORTS.values() for down in (False, True)]
START = datetime(2026, 1, 1, tzinfo=UTC)


def everything(**options) -> Selection:
    return Selection(Customer.objects.live(), **options)


def found(typed: str, order: Ordering = NEWEST_FIRST, **options) -> list[str]:
    rows = read(everything(search=understood(typed), **options), order, None, 50).page.rows
    return [row["name"] for row in rows]


# Orders and pages, on customers with as many ties and gaps as possible.

CUSTOMERS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["Anna", "bert", "Ćelo", "Anna B"]),
            "revenue": st.sampled_from([None, 0, 5, 2**63 - 1]),
            "created": st.integers(0, 3),
            "active": st.sampled_from([None, 0, 2]),
            "owner": st.sampled_from([None, 0, 1, 2]),
            "tier": st.sampled_from([None, 0, 1]),
            "status": st.integers(0, 2),
            "state": st.sampled_from(["listed", "listed", "listed", "spam", "deleted"]),
        }
    ),
    max_size=14,
)


@pytest.fixture
def catalogue() -> dict[str, list]:
    people = [UserFactory(name=name) for name in ("Zoe", "Abe", "Abe")]
    return {"owner": people, "tier": list(Tier.objects.all()), "status": list(WorkflowStatus.objects.all())}


def stored(rows: list[dict], catalogue: dict[str, list]) -> list[Customer]:
    """Customers with exactly these values, straight into the table; the listed ones are returned."""
    Customer.objects.all().delete()
    actor = Actor.objects.system("Tests")
    customers = []
    for row in rows:
        created = START + timedelta(days=row["created"])
        mark = {"spam": "marked_as_spam", "deleted": "deleted"}.get(row["state"])
        marked = {f"{mark}_at": created, f"{mark}_by": actor} if mark else {}
        customers.append(
            Customer(
                kind="person", name=row["name"], folded_name=fold(row["name"]), revenue=row["revenue"],
                created_at=created, updated_at=created + timedelta(hours=row["status"]), created_by=actor,
                updated_by=actor,
                last_activity_at=None if row["active"] is None else START + timedelta(days=row["active"]),
                owner=None if row["owner"] is None else catalogue["owner"][row["owner"]],
                tier=None if row["tier"] is None else catalogue["tier"][row["tier"]],
                workflow_status=catalogue["status"][row["status"]], **marked,
            )
        )  # fmt: skip
    Customer.objects.bulk_create(customers)
    return [customer for customer in customers if not customer.is_spam and not customer.is_deleted]


def in_order(customers: list[Customer], order: Ordering) -> list:
    """The ids as the specification wants them: ties by id, groups with the newest first, none at the end."""
    flat = {
        "name": lambda c: c.folded_name,
        "created": lambda c: c.created_at,
        "updated": lambda c: c.updated_at,
        "revenue": lambda c: -1 if c.revenue is None else c.revenue,
        "last_activity": lambda c: c.last_activity_at or c.created_at,
    }
    groups = {
        "owner": lambda c: c.owner and (c.owner.name, c.owner.pk),
        "tier": lambda c: c.tier and (c.tier.position, c.tier.pk),
        "status": lambda c: (c.workflow_status.position, c.workflow_status.pk),
    }
    name = order.sort.name
    if name in flat:
        key = flat[name]
        return [c.pk for c in sorted(customers, key=lambda c: (key(c), c.pk), reverse=order.is_descending)]
    key = groups[name]
    newest = sorted(customers, key=lambda c: (c.created_at, c.pk), reverse=True)
    grouped = sorted((c for c in newest if key(c)), key=key, reverse=False)
    if order.is_descending:
        grouped = [c for _, c in sorted(enumerate(grouped), key=lambda pair: (key(pair[1]), -pair[0]), reverse=True)]
    return [c.pk for c in grouped + [c for c in newest if not key(c)]]


def walked(step, limit: int = 40) -> tuple[list, list]:
    """The ids met going forward to the end, and those met going back from there to the start."""
    page = step(None)
    forward = [page]
    while page.next:
        page = step(page.next)
        forward.append(page)
        assert len(forward) < limit
    backward = [page]
    while page.previous:
        page = step(page.previous)
        backward.insert(0, page)
        assert len(backward) < limit
    return tuple([row["id"] for page in pages for row in page.rows] for pages in (forward, backward))


def by_statement(build, order: Ordering, cursor: Cursor | None, size: int = 3) -> Page:
    """One page by one way of finding it, whatever `read` would have chosen."""
    rows = reading._rows(build(order, cursor, size + 1))
    names = [*(f"k{index}" for index in range(len(order.sort.keys) - 1)), "id"]
    return cut(rows, cursor, size, lambda row: [row[name] for name in names])


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=CUSTOMERS)
def test_every_order_meets_every_customer_once_in_both_directions(rows, catalogue):
    expected = stored(rows, catalogue)
    for order in ORDERS:
        forward, backward = walked(lambda cursor, order=order: read(everything(), order, cursor, 3).page)
        assert forward == backward == in_order(expected, order), str(order)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=CUSTOMERS)
def test_every_way_to_a_page_finds_the_same_rows(rows, catalogue):
    expected = stored(rows, catalogue)
    selection = everything(is_filtered=True)
    where = selection.where()
    for order in ORDERS:
        ways = [lambda o, c, n: statements.collected(where, o, c, n)]
        if order.sort.group:
            ways.append(lambda o, c, n: statements.walk(selection.where(by_group=True), o, c, n))
        else:
            ways.append(lambda o, c, n: statements.walk_window(selection.listed, where, o, c, n))
        for build in ways:
            forward, backward = walked(partial(by_statement, build, order))
            assert forward == backward == in_order(expected, order), str(order)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=CUSTOMERS)
def test_one_group_is_met_once_in_both_directions_and_counted(rows, catalogue):
    customers = stored(rows, catalogue)
    for order in (NEWEST_FIRST, Ordering(SORTS["created"], is_descending=False)):
        for column, groups in {"owner": [None, *catalogue["owner"]], "tier": [None, *catalogue["tier"]]}.items():
            for group in groups:
                members = [c for c in customers if getattr(c, column) == group]
                selection = Selection(
                    Customer.objects.live().filter(**{column: group}), is_filtered=True, is_group=True
                )
                forward, backward = walked(lambda cursor, s=selection, o=order: read(s, o, cursor, 3).page)
                assert forward == backward == in_order(members, order)
                assert read(selection, order, None, 3).count == count(selection) == Count(len(members))


def test_count_past_the_end_of_a_group_is_that_of_the_group():
    tier = Tier.objects.first()
    gold = Selection(Customer.objects.live().filter(tier=tier), is_filtered=True, is_group=True)
    CustomerFactory(tier_id=str(tier.pk))
    end = Cursor((START.isoformat(), LAST_ID))
    assert read(gold, NEWEST_FIRST, end, 3) == Found(Page([], None, Cursor(end.position, is_backward=True)), Count(1))


def test_page_goes_on_where_it_stopped_although_customers_came_and_went():
    names = [CustomerFactory(name=f"Customer {number}").name for number in range(6)]
    first = read(everything(), NEWEST_FIRST, None, 2).page
    CustomerFactory(name="Newcomer")
    Customer.objects.filter(name="Customer 4").update(deleted_at=START, deleted_by=F("created_by"))
    second = read(everything(), NEWEST_FIRST, first.next, 2).page
    assert [row["name"] for row in [*first.rows, *second.rows]] == [names[5], names[4], names[3], names[2]]


def test_order_that_does_not_exist_is_none():
    assert [ordering(text) for text in ("", "-", "email", "--name", "name;")] == [None] * 5


# Which way is taken, with the thresholds brought down to what a test can fill.


@pytest.fixture
def tight(monkeypatch):
    """A window of four rows and a bound of six hits."""
    monkeypatch.setattr(statements, "WINDOW", 4)
    monkeypatch.setattr(reading, "BOUND", 6)
    monkeypatch.setattr("core.counting.BOUND", 6)


def test_few_hits_are_counted_exactly(tight):
    for number in range(6):
        CustomerFactory(name=f"Acme {number}")
    assert read(everything(search=understood("acme")), NEWEST_FIRST, None, 2).count == Count(6)


def test_hits_past_the_bound_are_counted_as_more(tight):
    for number in range(8):
        CustomerFactory(name=f"Acme {number}")
    result = read(everything(search=understood("acme")), NEWEST_FIRST, None, 2)
    assert result.count == Count(BOUND, is_bounded=True)
    assert [row["name"] for row in result.page.rows] == ["Acme 7", "Acme 6"]


def test_many_hits_that_lie_behind_the_window_are_found_all_the_same(tight):
    for number in range(8):
        CustomerFactory(name=f"Acme {number}")
    for number in range(5):
        CustomerFactory(name=f"Newer {number}")
    result = read(everything(search=understood("acme")), NEWEST_FIRST, None, 2)
    assert [row["name"] for row in result.page.rows] == ["Acme 7", "Acme 6"]


def test_dense_filter_is_walked_to_its_last_page(tight, monkeypatch):
    monkeypatch.setattr(reading, "_DENSE", 0)
    for number in range(9):
        CustomerFactory(name=f"Acme {number}", kind="organization" if number % 2 else "person")
    people = Selection(Customer.objects.live().filter(kind="person"), is_filtered=True)
    forward, backward = walked(lambda cursor: read(people, NEWEST_FIRST, cursor, 2).page)
    assert forward == backward
    assert [Customer.objects.get(pk=pk).name for pk in forward] == ["Acme 8", "Acme 6", "Acme 4", "Acme 2", "Acme 0"]


def test_sampled_search_is_walked(monkeypatch):
    for number in range(30):
        CustomerFactory(name=f"Acme {number}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE customers_searchdocument")
    monkeypatch.setattr("customers.listing.search._DENSE", 3)
    assert understood("acme").is_dense()
    assert not understood("nobody").is_dense()
    forward, backward = walked(lambda cursor: read(everything(search=understood("acme")), NEWEST_FIRST, cursor, 4).page)
    assert forward == backward
    assert len(forward) == 30


def test_planner_has_all_its_methods_again_after_a_search():
    CustomerFactory(name="Acme")
    read(everything(search=understood("acme")), NEWEST_FIRST, None, 2)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting(m) FROM unnest(%s::text[]) AS m", [[*reading._WALKING, *reading._COLLECTING]]
        )
        assert {row[0] for row in cursor.fetchall()} == {"on"}


# Search.


def test_words_of_three_letters_are_found_anywhere_and_all_must_be_there():
    CustomerFactory(name="Northpass Air", domains=["northpass.aero"])
    CustomerFactory(name="Northwind")
    assert found("thpa") == ["Northpass Air"]
    assert found("pass north") == ["Northpass Air"]
    assert found("north") == ["Northwind", "Northpass Air"]
    assert found("northpass wind") == []


def test_one_and_two_letters_are_found_where_a_word_starts():
    CustomerFactory(name="Acme Quay")
    CustomerFactory(name="Equal")
    assert found("qu") == ["Acme Quay"]
    assert found("q") == ["Acme Quay"]


def test_single_letter_is_not_counted():
    CustomerFactory(name="Acme")
    assert read(everything(search=understood("a")), NEWEST_FIRST, None, 50).count is None
    assert read(everything(search=understood("ac")), NEWEST_FIRST, None, 50).count == Count(1)


@pytest.mark.parametrize("typed", ["wroclaw", "Wrocław", "WROCŁAW"])
def test_text_is_found_whatever_its_script_and_case(typed):
    CustomerFactory(name="Zakłady Wrocław")
    assert found(typed) == ["Zakłady Wrocław"]


def test_e_mail_domain_phone_and_external_id_are_found():
    CustomerFactory(
        name="Halden", emails=["ops@halden.io"], domains=["halden-logistics.com"], phones=["+4930726219941"],
        external_ids=["cus-777"],
    )  # fmt: skip
    CustomerFactory(name="Other")
    for typed in ("ops@halden.io", "halden-logistics.com", "+49 30 7262 19941", "(30) 7262-199", "cus-777"):
        assert found(typed) == ["Halden"], typed


@pytest.mark.parametrize("typed", ["%", "_", "100%", "a_b", "\\", "%%%", "___", "\\%", "'", '"', "--", "a%c"])
def test_signs_of_the_pattern_language_stand_for_themselves(typed):
    CustomerFactory(name="Plain abc")
    assert found(typed) == []


def test_signs_alone_are_found_at_the_start_of_a_name():
    CustomerFactory(name="!!! Records")
    CustomerFactory(name="Records !!!")
    assert found("!!!") == ["!!! Records"]


def test_signs_between_words_are_passed_over():
    CustomerFactory(name="Lumen & Oak")
    assert found("lumen & oak") == found("lumen - oak") == ["Lumen & Oak"]


def test_text_without_any_word_finds_nobody():
    CustomerFactory(name="Acme")
    assert found("\u200b") == []


def test_whole_id_finds_the_customer_even_when_it_is_spam():
    customer = CustomerFactory(name="Spammer", external_ids=["cus-9"])
    other = CustomerFactory(name="Other")
    actor = Actor.objects.system("Tests")
    Customer.objects.filter(pk=customer.pk).update(marked_as_spam_at=START, marked_as_spam_by=actor)
    spam = {"spam": Spam.INCLUDED}
    for typed in (str(customer.pk), customer.pk.hex, f"id:{customer.pk}", "ID: cus-9", str(customer.pk).upper()):
        assert found(typed, **spam) == ["Spammer"], typed
    assert found(str(other.pk), **spam) == ["Other"]
    assert found("id:cus-10", **spam) == []
    assert found("spammer") == []


def test_deleted_customer_is_not_found_even_by_its_id():
    customer = CustomerFactory()
    Customer.objects.filter(pk=customer.pk).update(deleted_at=START, deleted_by=F("created_by"))
    assert found(str(customer.pk), spam=Spam.INCLUDED) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Acme acme ACME", Search("Acme acme ACME", words=("acme",))),
        ("a b c d e f g h i j", Search("a b c d e f g h i j", words=("a", "b", "c", "d", "e", "f", "g", "h"))),
        ("2024", Search("2024", words=("2024",))),
    ],
)
def test_search_as_it_is_understood(typed, expected):
    assert understood(typed) == expected


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40))
def test_any_text_can_be_searched_for(typed):
    assert found(typed) == []


def test_name_is_found_by_each_of_its_own_words():
    name = "Ünïcode Größe Straße 東京"
    CustomerFactory(name=name)
    assert [found(word) for word in name.split()] == [[name]] * 4


def test_document_of_one_customer_answers_for_that_customer_alone():
    CustomerFactory(name="Acme One")
    CustomerFactory(name="Two")
    assert SearchDocument.objects.count() == 2
    tag = Tag.objects.create(name="vip")
    CustomerTag.objects.create(customer=Customer.objects.get(name="Two"), tag=tag)
    tagged = Customer.objects.live().filter(Exists(CustomerTag.objects.filter(customer=OuterRef("pk"), tag=tag)))
    both = read(Selection(tagged, search=understood("acme"), is_filtered=True), NEWEST_FIRST, None, 50)
    assert both.page.rows == []


# Addresses and their tokens.


def test_token_of_another_list_opens_no_page():
    viewer = UserFactory(viewer=True).pk
    state = Wanted({"tier": ("gold",)})
    token = state.at(Cursor(("x",)), viewer)
    assert token.cursor(viewer) == Cursor(("x",))
    for other in (
        Wanted({"tier": ("silver",)}, token=token.token),
        Wanted({"tier": ("gold",), "q": ("a",)}, token=token.token),
        Wanted({"tier": ("gold",)}, order=ORDERS[0], token=token.token),
        Wanted({"tier": ("gold",)}, page_size=25, token=token.token),
    ):
        with pytest.raises(BadToken):
            other.cursor(viewer)


def test_token_of_my_customers_is_mine_alone():
    mine, yours = (user.pk for user in (UserFactory(), UserFactory()))
    state = Wanted({"owner": ("me",)}).at(Cursor(("x",)), mine)
    assert state.cursor(mine) == Cursor(("x",))
    with pytest.raises(BadToken):
        state.cursor(yours)


def test_owner_order_follows_the_name_of_today():
    zoe, abe = UserFactory(name="Zoe"), UserFactory(name="Abe")
    CustomerFactory(name="Of Zoe", owner_id=str(zoe.pk))
    CustomerFactory(name="Of Abe", owner_id=str(abe.pk))
    by_owner = Ordering(SORTS["owner"], False)
    assert [row["name"] for row in read(everything(), by_owner, None, 5).page.rows] == ["Of Abe", "Of Zoe"]
    User.objects.filter(pk=abe.pk).update(name="Zz")
    assert [row["name"] for row in read(everything(), by_owner, None, 5).page.rows] == ["Of Zoe", "Of Abe"]
