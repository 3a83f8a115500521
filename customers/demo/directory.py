"""All customers of the demo data, planned from one random seed: the same names and values every time."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from customers.demo.companies import domain_label, draw_company
from customers.demo.oddities import ODD_NAMES, draw_spammer
from customers.demo.people import draw_person
from customers.demo.places import Place, draw_place
from customers.demo.plan import Changes, Deed, Plan, Step
from customers.demo.showcase import showcase
from customers.demo.staff import LEFT, TAGS
from customers.demo.story import tell

SEED = 20_261
LISTED = 2_418
_SPAM_IN_LISTED = LISTED // 112
_DELETED_IN_LISTED = LISTED // 30
_UNOWNED_IN_LISTED = LISTED // 27
_OLDEST = timedelta(days=730)
_BYS = ("priya", "tomas", "noor", "aiko.fernandes", "oskar.lindh", "")

_STATUSES = (("Active", 58), ("Onboarding", 14), ("At risk", 9), ("Paused", 7), ("Churned", 12))
_TIERS = ((None, 6), ("Starter", 45), ("Growth", 30), ("Enterprise", 15), ("Strategic", 4))
_OWNERS = (
    *(("priya", 9), ("noor", 7), ("tomas", 8), ("jun", 4), (LEFT.partition("@")[0], 3)),
    *((name, 5) for name in ("aiko.fernandes", "bashir.haddad", "celeste.moreau", "dagfinn.lie", "ewa.szymczak")),
    *((name, 4) for name in ("goran.petrov", "hanneke.smit", "kofi.mensah", "lotte.brandt", "nadia.osman")),
    *((name, 3) for name in ("farah.qureshi", "joana.teles", "oskar.lindh", "paloma.reyes", "soren.krogh")),
    *((name, 2) for name in ("ikram.yusuf", "mirela.popa", "rafi.katz", "uma.iyer")),
)
_MAIL_HOSTS = ("brightpigeon-mail.com", "letterhatch.net", "inkwell-post.org", "postlark.eu")
_INDUSTRIES = ("transport.freight.road", "health.clinics", "media.books", "energy.grid", "finance.payments", "public")


def plan_directory(now: datetime, *, size: int = LISTED) -> list[Plan]:
    """Plan `size` customers that lists show, and the spam and the deleted ones that go with so many."""
    return _Directory(now).plan(size)


class _Directory:
    """Draws customers one after the other, no value that must be unique twice."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.random = Random(SEED)
        self.taken: set[str] = set()
        self.companies: list[tuple[Plan, Place]] = []

    def plan(self, size: int) -> list[Plan]:
        """The showcase first, then the others."""
        plans = showcase(self.now)[:size]
        for number in range(size - len(plans)):
            plans.append(self._customer(number))
        for number in range(size // _UNOWNED_IN_LISTED):
            # Spread over all, but never those that are told in full.
            plans[-1 - number * _UNOWNED_IN_LISTED].changes["owner_id"] = None
        for plan in plans[16:]:
            tell(plan, self.random, self.now)
        plans += [self._spam(number) for number in range(size // _SPAM_IN_LISTED)]
        plans += [self._deleted(number) for number in range(size // _DELETED_IN_LISTED)]
        return plans

    def _customer(self, number: int) -> Plan:
        if number < len(ODD_NAMES):
            return self._odd(ODD_NAMES[number])
        return self._organisation() if self.random.random() < 0.42 else self._person()

    def _odd(self, changes: Changes) -> Plan:
        plan = self._organisation() if changes["kind"] == "organization" else self._person()
        plan.changes |= changes
        return plan

    def _organisation(self) -> Plan:
        random = self.random
        place = draw_place(random)
        name = draw_company(random, place.culture)
        changes = self._handling(place) | {"kind": "organization", "name": name}
        host = self._domain(name, place)
        if random.random() < 0.86:
            changes["domains"] = [host]
            changes["urls"] = [{"type": "website", "url": f"https://{host}"}]
            changes["emails"] = [{"email": f"{random.choice(('info', 'hello', 'office'))}@{host}", "verified": True}]
            if random.random() < 0.08:
                changes["domains"].append(self._domain(f"{name} group", place))
        if random.random() < 0.78:
            changes["revenue"] = self._amount(10_000, 50_000_000)
            changes["size"] = self._amount(2, 20_000)
        if random.random() < 0.55:
            changes["phones"] = [{"phone": self._unique(lambda: place.phone_number(random)), "type": "work"}]
        if random.random() < 0.15:
            changes["slack_channel_id"] = self._unique(lambda: f"C0{random.randrange(36**6, 36**7):X}")
        places = [place, draw_place(random)] if random.random() < 0.1 else [place]
        changes["locations"] = [{"type": "work", **each.location(random)} for each in places]
        plan = Plan(changes, self._created_at(lean=0.45), random.choice(_BYS))
        self.companies.append((plan, place))
        return plan

    def _person(self) -> Plan:
        random = self.random
        employed = bool(self.companies) and random.random() < 0.68
        company, place = random.choice(self.companies) if employed else (None, draw_place(random))
        person = draw_person(random, place.culture)
        host = (company.changes.get("domains") if company else None) or [random.choice(_MAIL_HOSTS)]
        changes = self._handling(place) | {
            "kind": "person",
            "name": person.name,
            "given_name": person.given,
            "family_name": person.family,
            "emails": [{"email": self._mailbox(person.mailbox, host[0]), "verified": random.random() < 0.7}],
        }
        if company and company.changes.get("emails") and random.random() < 0.3:
            changes["shared_emails"] = [{"email": company.changes["emails"][0]["email"]}]
        if random.random() < 0.45:
            phone = self._unique(lambda: place.phone_number(random))
            changes["phones"] = [{"phone": phone, "type": random.choice(("work", "mobile", "mobile", "home"))}]
        changes |= self._private(person.mailbox, place) if not company else {}
        created_at = self._created_at(lean=2.5, after=company.created_at) if company else self._created_at(lean=0.8)
        return Plan(changes, created_at, random.choice(_BYS), company=company)

    def _private(self, mailbox: str, place: Place) -> Changes:
        """What is known of people who come on their own account."""
        random = self.random
        found: dict[str, Any] = {"locations": [{"type": "home", **place.location(random)}]}
        if random.random() < 0.3:
            found["birthday"] = (datetime(1950, 1, 1) + timedelta(days=random.randrange(20_000))).date()
            found["gender"] = random.choice("mf")
        if random.random() < 0.2:
            username = self._unique(lambda: f"{mailbox.replace('.', '_')}_{random.randrange(100, 999)}"[:30])
            found["socials"] = [{"type": random.choice(("twitter", "linkedin", "instagram")), "username": username}]
        return found

    def _handling(self, place: Place) -> Changes:
        """What both kinds have: language, status, tier, people responsible, tags, attributes, ids."""
        random = self.random
        changes: Changes = {
            "language": place.language,
            "time_zone": place.time_zone,
            "status_id": self._weighted(_STATUSES),
            "tier_name": self._weighted(_TIERS),
            "owner_id": self._weighted(_OWNERS),
            "tags": random.sample(TAGS, random.choice((0, 0, 0, 1, 1, 2, 3))),
            "custom": self._attributes(),
        }
        if random.random() < 0.6:
            changes["external_id"] = self._unique(lambda: f"cus_{random.randrange(62**4, 62**5):08x}")
        if random.random() < 0.3:
            changes["sentiment"] = {
                "polarity": random.choice((-1, 0, 0, 1, 1)),
                "confidence": random.randint(40, 99) / 100,
            }
        attention = random.random()
        if attention < 0.09:
            changes |= {"assignee_id": self._weighted(_OWNERS[:4]), "support_status": "ACTIVE"}
        elif attention < 0.13:
            until = self.now + timedelta(days=random.randint(1, 30), hours=random.randint(1, 9))
            changes |= {"support_status": "SNOOZED", "snoozed_until": until}
        return changes

    def _attributes(self) -> Changes:
        random = self.random
        known = {
            "marketStr": lambda: random.choice(("EMEA", "Americas", "APAC")),
            "seatsNum": lambda: random.randrange(1, 900),
            "selfServeBool": lambda: random.random() < 0.4,
            "renewalAt": lambda: f"2027-{random.randint(1, 12):02}-01T00:00:00Z",
            "industryTree": lambda: random.choice(_INDUSTRIES),
            "crmId": lambda: f"001{random.randrange(16**9):09x}",
        }
        return {key: draw() for key, draw in known.items() if random.random() < 0.22}

    def _spam(self, number: int) -> Plan:
        changes = draw_spammer(self.random, number)
        created_at = self._created_at(lean=0.8)
        spam_at = min(
            created_at + timedelta(hours=self.random.randint(1, 90)), self.now - timedelta(minutes=number + 1)
        )
        by = self.random.choice(("tomas", "priya", "ewa.szymczak"))
        return Plan(changes, created_at, "", steps=[Step(spam_at, by, deed=Deed.SPAM)])

    def _deleted(self, number: int) -> Plan:
        plan = self._organisation() if number % 3 == 0 else self._person()
        span = (self.now - plan.created_at) * self.random.uniform(0.2, 0.95)
        plan.steps.append(Step(plan.created_at + span, "priya", deed=Deed.DELETE))
        return plan

    def _created_at(self, *, lean: float, after: datetime | None = None) -> datetime:
        """A moment of two years; under 1 it leans to the end, as in a company that grows, over 1 to the beginning."""
        start = after or self.now - _OLDEST
        moment = start + (self.now - timedelta(minutes=7) - start) * self.random.random() ** lean
        return moment.replace(microsecond=self.random.randrange(1_000_000))

    def _amount(self, low: int, high: int) -> int:
        """Most are small, a few are huge, now and then one is nothing; two or three digits count."""
        if self.random.random() < 0.03:
            return 0
        drawn = low * (high / low) ** (self.random.random() ** 1.6)
        step = 10 ** max(len(str(int(drawn))) - 3, 0)
        return int(drawn) // step * step

    def _domain(self, name: str, place: Place) -> str:
        return self._unique(lambda: f"{domain_label(self.random, name)}.{self.random.choice(place.endings)}")

    def _mailbox(self, mailbox: str, host: str) -> str:
        numbers = iter(("", *range(2, 1000)))
        return self._unique(lambda: f"{mailbox}{next(numbers)}@{host}")

    def _unique(self, draw: Any) -> str:
        """Draw until there is a value nobody has; after a while with a number at its front, so that it ends."""
        for attempt in range(1000):
            value: str = draw()
            if attempt > 20 and "." in value and "@" not in value:
                value = f"{attempt}-{value}"
            if value.casefold() not in self.taken:
                self.taken.add(value.casefold())
                return value
        raise LookupError(f"Everything like {value} is taken: give the demo data more words.")

    def _weighted(self, choices: Any) -> Any:
        values, weights = zip(*choices, strict=True)
        return self.random.choices(values, weights)[0]
