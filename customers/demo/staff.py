"""The people of the demo company, and the words it sorts its customers by."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from core.demo_logins import DEMO_LOGINS, PASSWORD
from core.models import User
from customers.models import CustomAttribute, Flag

_LOGIN_NAMES = {
    "noor": ("Noor Okafor", "Africa/Lagos"),
    "priya": ("Priya Raman", "Europe/London"),
    "tomas": ("Tomás Vidal", "Europe/Madrid"),
    "jun": ("Jun Watanabe", "Asia/Tokyo"),
    "mads": ("Mads Holm", "Europe/Copenhagen"),
}
_COLLEAGUES = (
    "Aiko Fernandes", "Bashir Haddad", "Celeste Moreau", "Dagfinn Lie", "Ewa Szymczak", "Farah Qureshi", "Goran Petrov",
    "Hanneke Smit", "Ikram Yusuf", "Joana Teles", "Kofi Mensah", "Lotte Brandt", "Mirela Popa", "Nadia Osman",
    "Oskar Lindh", "Paloma Reyes", "Rafi Katz", "Søren Krogh", "Tamsin Boyd", "Uma Iyer",
)  # fmt: skip
LEFT = "tamsin.boyd@retainer.test"
"""Who has left the company since, and still owns customers."""

FLAGS = (
    ("beta_access", "Beta access", "Sees features before they are released. Set by the release system.", True, True),
    ("custom_terms", "Custom terms", "Has a contract of its own: ask Legal before promising anything.", False, True),
    ("do_not_email", "Do not email", "Asked not to get mail that is no answer.", False, True),
    ("payment_overdue", "Payment overdue", "An invoice is late. Set by the billing system.", True, True),
    ("priority_line", "Priority line", "Calls go straight to the second line.", False, True),
    ("reference", "Reference customer", "May be named in public.", False, True),
    ("trial_2024", "Trial of 2024", "Took part in the trial; not used any more.", False, False),
)
ATTRIBUTES: tuple[tuple[str, str, list[str], bool, bool], ...] = (
    ("marketStr", "Market", ["EMEA", "Americas", "APAC"], False, False),
    ("handoverTxt", "Handover notes", [], False, False),
    ("seatsNum", "Seats", [], False, False),
    ("selfServeBool", "Self-serve", [], False, False),
    ("renewalAt", "Renewal", [], False, False),
    ("dashboardUrl", "Dashboard", [], False, False),
    ("crmId", "CRM ID", [], False, False),
    ("industryTree", "Industry", [], False, False),
    ("taxNumberStr", "Tax number", [], True, False),
    ("legacyPlanStr", "Legacy plan", [], False, True),
)
TAGS = (
    "logistics", "eu-data", "annual-review", "api-heavy", "renewal", "expansion", "migration", "self-serve", "partner",
    "non-profit", "reseller", "slow-payer", "webinar 2026", "on-premises", "Ünïcode ✓", "early adopter 🚀",
    "needs an unusually long conversation about data residency",
)  # fmt: skip


def create_staff() -> dict[str, User]:
    """The demo logins and their colleagues, by the part of their address before the @; those there stay as they are."""
    # Slow on purpose, so it is done once for all of them.
    password = make_password(PASSWORD)
    for group, email, _ in DEMO_LOGINS:
        name, zone = _LOGIN_NAMES[email.partition("@")[0]]
        top = group == "Superuser"
        fields = {"name": name, "time_zone": zone, "password": password, "is_staff": top, "is_superuser": top}
        user, is_new = User.objects.get_or_create(email=email, defaults=fields)
        if is_new:
            user.groups.set(Group.objects.filter(name=group))
    for name in _COLLEAGUES:
        email = f"{_mailbox(name)}@retainer.test"
        User.objects.get_or_create(email=email, defaults={"name": name, "password": make_password(None)})
    # Leaves at the end, once the customers to be owned are there.
    User.objects.filter(email=LEFT).update(is_active=True)
    return {user.email.partition("@")[0]: user for user in User.objects.filter(email__endswith="@retainer.test")}


def _mailbox(name: str) -> str:
    return name.lower().replace("ø", "o").replace(" ", ".")


def create_catalogue() -> None:
    """Flags and custom attributes; those there stay as they are."""
    Flag.objects.bulk_create(
        (
            Flag(key=key, label=label, description=description, read_only=read_only, enabled=enabled)
            for key, label, description, read_only, enabled in FLAGS
        ),
        ignore_conflicts=True,
    )
    CustomAttribute.objects.bulk_create(
        (
            CustomAttribute(
                key=key, label=label, options=options, sensitive=sensitive, archived=archived, position=position
            )
            for position, (key, label, options, sensitive, archived) in enumerate(ATTRIBUTES)
        ),
        ignore_conflicts=True,
    )
