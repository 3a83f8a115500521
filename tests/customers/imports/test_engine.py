from datetime import UTC, datetime

import pytest
import time_machine

from core.models import Actor
from core.problems import Refused
from customers.imports import engine, import_rows, open_table
from customers.models import Customer, CustomerTag, Domain, Identifier, Location, TimelineEntry, Url
from customers.rows import state_of
from tests.factories import CustomAttributeFactory, CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    def run(text, *, actor=None, batch_size=500):
        path = tmp_path / "customers.csv"
        path.write_text(text, encoding="utf-8")
        refused = []

        def refuse(row, problems):
            refused.extend((row.line, header, found.code) for header, found in problems)

        actor = actor or Actor.objects.system("Import")
        tallies = list(import_rows(open_table(path), actor=actor, refuse=refuse, batch_size=batch_size))
        tally = tallies[-1]
        assert tally.created + tally.refused == tally.read
        return tally.created, refused

    return run


def test_all_columns_become_fields(run):
    owner = UserFactory(email="owner@retainer.test")
    CustomAttributeFactory(key="seatsNum")
    CustomAttributeFactory(key="trialBool")
    assert run(
        "name,emails,phones,external_id,domains,website,urls,country_code,country,region,city,zip,address,latitude,"
        "longitude,language_code,tier,status,owner,tags,tags_add,tags_remove,revenue,size,custom.seatsNum,"
        "custom.trialBool,created_at,sentiment_polarity,sentiment_confidence,birthday,socials\n"
        "Halden,ingrid@halden.no|home|yes;ap@halden.no,+47 22 86 44 00|mobile,cus-1,https://www.haldenlog.no;halden.com,"
        "https://halden.no,https://halden.no/blog|blog,no,Norway,Oslo,Oslo,0191,Gate 16,59.91,10.75,nb_no,enterprise,"
        "AT RISK,Owner@retainer.test,a;b,c,B,1920000,640,3,yes,2024-05-01T10:00:00+02:00,1,0.87,1984-05-17,"
        "halden|linkedin\n"
    ) == (1, [])
    customer = Customer.objects.select_related("tier", "workflow_status").get()
    state = state_of(customer)
    location = {key: value for key, value in state["locations"][0].items() if value}
    assert state["emails"] == [
        {"email": "ingrid@halden.no", "type": "home", "verified": True},
        {"email": "ap@halden.no", "type": "work", "verified": False},
    ]
    assert state["phones"] == [{"phone": "+4722864400", "type": "mobile", "verified": False}]
    assert (state["external_id"], state["domains"]) == ("cus-1", ["haldenlog.no", "halden.com"])
    assert state["urls"] == [
        {"type": "blog", "url": "https://halden.no/blog"},
        {"type": "website", "url": "https://halden.no"},
    ]
    assert location | {"latitude": str(location["latitude"]), "longitude": str(location["longitude"])} == {
        "type": "work",
        "address": "Gate 16",
        "latitude": "59.91",
        "longitude": "10.75",
        "country_code": "NO",
        "country_name": "Norway",
        "region_name": "Oslo",
        "city_name": "Oslo",
        "zip_code": "0191",
    }
    assert (customer.tier.name, customer.workflow_status.name, customer.owner) == ("Enterprise", "At risk", owner)
    assert (state["tags"], state["language"], state["revenue"], state["size"]) == (["a", "c"], "nb-NO", 1920000, 640)
    assert state["custom"] == {"seatsNum": 3, "trialBool": True}
    assert customer.created_at == datetime(2024, 5, 1, 8, tzinfo=UTC)
    assert (customer.sentiment_polarity, str(customer.birthday)) == (1, "1984-05-17")
    assert state["socials"][0]["username"] == "halden"


def test_blank_cells_leave_fields_as_they_are_by_default(run):
    assert run("name,emails,domains,revenue,city,tags,website\nAcme,,,,,,\n") == (1, [])
    customer = Customer.objects.get()
    assert (customer.kind, customer.revenue) == ("person", None)
    assert [model.objects.count() for model in (Identifier, Domain, Location, CustomerTag, Url)] == [0] * 5


def test_name_and_status_cannot_be_cleared(run):
    assert run("name,status,revenue\n<clear>,<CLEAR>,<clear>\nAcme,,<clear>\n") == (
        1,
        [(2, "name", "C56"), (2, "status", "C56")],
    )


def test_problems_name_the_header_above_their_cell(run):
    assert run(
        "name,Email,website,country_code,country,status,owner,headcount,sentiment_polarity,sentiment_confidence\n"
        "Acme,none,ftp://x,QQ,Nowhere,Lost,nobody@x.com,many,2,0.5\n"
    ) == (
        0,
        [
            (2, "Email", "C7"),
            (2, "headcount", "C29"),
            (2, "website", "C30"),
            (2, "country_code", "C34"),
            (2, "sentiment_polarity", "C39"),
            (2, "status", "C24"),
            (2, "owner", "C24"),
        ],
    )


def test_row_without_a_name_is_refused(run):
    assert run("name,revenue\n,5\n") == (0, [(2, "name", "C1")])


@pytest.mark.parametrize("row", ["Acme", "Acme,acme.com,more"])
def test_ragged_row_is_refused(run, row):
    assert run(f"name,domains\n{row}\nGood,good.com\n") == (1, [(2, "", "C69")])


def test_nul_is_refused_and_the_other_rows_go_on(run):
    assert run("name\nA\0B\nGood\n") == (1, [(2, "name", "C71")])


@pytest.mark.parametrize("header", ["emails", "domains", "external_id", "socials", "tier", "owner", "tags", "id"])
def test_nul_never_reaches_a_query(run, header):
    assert run(f"name,{header}\nAcme,a\0b|twitter\n") == (0, [(2, header, "C71")])


def test_row_may_choose_the_id_of_its_customer(run):
    chosen = "01900000-0000-7000-8000-00000000AbCd"
    assert run(f"id,name\n{chosen},Acme\n,Other\n") == (2, [])
    assert str(Customer.objects.get(name="Acme").pk) == chosen.lower()


def test_id_that_is_no_uuid_is_refused(run):
    assert run("id,name\n17,Acme\n") == (0, [(2, "id", "C50")])


def test_id_of_an_earlier_row_is_refused_with_its_line(run):
    chosen = "01900000-0000-7000-8000-00000000abcd"
    assert run(f"id,name\n{chosen},Acme\n{chosen.upper()},Other\n") == (1, [(3, "id", "C57")])


def test_id_of_a_customer_that_was_there_is_refused(run):
    there = CustomerFactory()
    assert run(f"id,name\n{there.pk},Acme\n") == (0, [(2, "id", "C52")])


def test_unknown_header_stops_before_the_first_row(run):
    with pytest.raises(Refused):
        run("name,statuss\nAcme,x\n")
    assert Customer.objects.count() == 0


@pytest.mark.parametrize("batch_size", [1, 500])
@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("emails", "A@acme.com", "a@ACME.com"),
        ("phones", "+47 22864400", "+4722864400"),
        ("external_id", "cus-1", "cus-1"),
        ("domains", "acme.com", "https://www.acme.com/about"),
        ("slack_channel_id", "C0ACME0001", "C0ACME0001"),
        ("socials", "acme|twitter", "ACME|twitter"),
        ("facebook_ids", "1|2", "1|2"),
    ],
)
def test_value_of_an_earlier_row_is_refused_with_its_line(run, header, first, second, batch_size):
    text = f"name,{header}\nFirst,{first}\nSecond,{second}\n"
    assert run(text, batch_size=batch_size) == (1, [(3, header, "C57")])


def test_value_of_a_refused_row_is_free_for_the_next(run):
    assert run("name,domains,size\nFirst,acme.com,x\nSecond,acme.com,1\n") == (1, [(2, "size", "C29")])


def test_value_of_a_customer_that_was_there_is_refused_as_taken(run):
    CustomerFactory(name="Acme", domains=["acme.com"], emails=["a@acme.com"])
    assert run("name,domains,email\nOther,acme.com,a@acme.com\n") == (
        0,
        [(2, "email", "C9"), (2, "domains", "C20")],
    )


def test_second_import_of_a_file_creates_nothing(run):
    text = "name,domains\nA,a.com\nB,b.com\n"
    assert run(text) == (2, [])
    assert run(text) == (0, [(2, "domains", "C20"), (3, "domains", "C20")])
    assert Customer.objects.count() == 2


def test_created_customers_carry_the_time_the_actor_and_one_line_of_history(run):
    actor = Actor.objects.of(UserFactory())
    now = datetime(2026, 5, 1, 12, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        run("name,imported_at\nA,\nB,2020-01-01\n", actor=actor)
    assert list(Customer.objects.order_by("name").values_list("imported_at", "created_by")) == [
        (now, actor.pk),
        (datetime(2020, 1, 1, tzinfo=UTC), actor.pk),
    ]
    assert list(TimelineEntry.objects.order_by("payload__line").values_list("kind", "actor", "payload")) == [
        ("imported", actor.pk, {"file": "customers.csv", "line": 2}),
        ("imported", actor.pk, {"file": "customers.csv", "line": 3}),
    ]
    contexts = set(Customer.pgh_event_model.objects.values_list("pgh_context__actor", "pgh_label"))
    assert contexts == {(str(actor.pk), "insert")}


def test_person_who_may_not_add_tiers_names_known_ones_only(run):
    agent = Actor.objects.of(UserFactory(support_agent=True))
    assert run("name,tier\nA,Platinum\nB,growth\n", actor=agent) == (1, [(2, "tier", "C24")])


def test_lost_race_refuses_the_loser_and_keeps_the_rest_of_the_batch(run, monkeypatch):
    CustomerFactory(name="Winner", domains=["raced.com"])
    load_world = engine.load_world
    seen = []

    def blind_at_first(batch, **options):
        world = load_world(batch, **options)
        seen.append(len(batch))
        # The winner commits after the first look and before the write.
        return engine.replace(world, taken={}) if len(seen) == 1 else world

    monkeypatch.setattr(engine, "load_world", blind_at_first)
    assert run("name,domains\nA,a.com\nB,raced.com\nC,c.com\n") == (2, [(3, "domains", "C20")])
    assert seen == [3, 1, 1, 1]


def test_import_that_stops_leaves_whole_batches(tmp_path):
    path = tmp_path / "customers.csv"
    path.write_text("name\n" + "".join(f"Customer {number}\n" for number in range(10)))
    walk = import_rows(open_table(path), actor=Actor.objects.system(), refuse=lambda *_: None, batch_size=4)
    next(walk)
    walk.close()
    assert Customer.objects.count() == 4
