"""What happens to a customer after it is made: changes by staff, notes, and messages both ways."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from customers.choices import TimelineKind
from customers.demo.plan import Changes, Deed, Entry, Plan, Step

_AGENTS = ("priya", "tomas", "noor", "aiko.fernandes", "bashir.haddad", "ewa.szymczak", "kofi.mensah", "lotte.brandt")
_FLAGS = ("custom_terms", "do_not_email", "priority_line", "reference", "beta_access", "payment_overdue")
_READ_ONLY = ("beta_access", "payment_overdue")
_TIERS = ("Starter", "Growth", "Enterprise", "Strategic")

_TEXTS = {
    TimelineKind.NOTE: (
        "Call with their new head of operations. Wants to see the roadmap before the renewal.",
        "Budget is frozen until the new year; ask again in January.",
        "Security questionnaire sent back, nothing open on our side.",
        "They run two workspaces by mistake. Offered to merge them after their peak season.",
        "Prefers calls before 10:00 local time.",
        "Contract is with their lawyers.\n\nThree open points:\n- liability cap\n- data residency\n- notice period",
        "Speaks Portuguese and English; write in Portuguese.",
        "Churn risk: two of five teams have moved to a spreadsheet.",
        "Very happy with the export. Might speak at our user day 🎉",
        "Do not mention the old price list.",
    ),
    TimelineKind.INBOUND: (
        "Hello, we cannot find last month’s invoice. Could you send it again?",
        "Is there a way to give our accountant access without a seat?",
        "The import stopped at row 1,204. What does “not an apex domain” mean?",
        "Guten Tag, wir möchten den Vertrag um ein Jahr verlängern. Was ist zu tun?",
        "¿Podrían cambiar la persona de contacto? Gracias.",
        "お世話になっております。請求書の宛名を変更したいです。",
        "Can we pay by bank transfer from next quarter on?",
        "مرحباً، هل يمكن تغيير عنوان الفاتورة؟",
        "Thanks, that worked!",
    ),
    TimelineKind.OUTBOUND: (
        "Good morning, the invoice is attached. It went to your old address; that is corrected now.",
        "Yes: invite them as a viewer, that is free of charge.",
        "An apex domain is the one you registered, such as example-orchard.com without shop. in front.",
        "Gern: ich habe Ihnen das Formular geschickt. Eine Unterschrift genügt.",
        "We have moved your renewal to the first of next month, as agreed on the phone.",
        "Your new contact is set up and has an invitation in the inbox.",
    ),
}  # fmt: skip


def tell(plan: Plan, random: Random, now: datetime) -> None:
    """Give a plan a past that leads to what its input says, and the messages that go with it."""
    if random.random() < 0.15:
        _tell_changes(plan, random, now)
    if random.random() < 0.05:
        flag = random.choice(_FLAGS)
        by = "" if flag in _READ_ONLY else random.choice(_AGENTS)
        plan.steps.append(Step(_moments(plan, random, now, 1)[0], by, flag=flag, deed=Deed.FLAG))
    plan.steps.sort(key=lambda step: step.at)
    if random.random() < 0.45:
        _tell_messages(plan, random, now)


def _tell_changes(plan: Plan, random: Random, now: datetime) -> None:
    """The input says how things are now; it began differently, and steps lead from there to here."""
    final = plan.changes
    earlier = [_status_before(final, random)]
    if final["tier_name"] in _TIERS[1:] and random.random() < 0.5:
        earlier.append({"tier_name": _TIERS[_TIERS.index(final["tier_name"]) - 1]})
    if final["owner_id"] and random.random() < 0.35:
        earlier.append({"owner_id": random.choice([name for name in _AGENTS if name != final["owner_id"]])})
    if final.get("revenue", 0) > 1000 and random.random() < 0.4:
        earlier.append({"revenue": final["revenue"] * random.randint(40, 90) // 100})
    if final["tags"] and random.random() < 0.4:
        earlier.append({"tags": final["tags"][1:]})
    if final.get("phones") and random.random() < 0.4:
        earlier.append({"phones": None})
    random.shuffle(earlier)
    wanted = [{key: final.get(key) for key in change} for change in earlier if change]
    for at, changes in zip(_moments(plan, random, now, len(wanted)), wanted, strict=True):
        plan.steps.append(Step(at, random.choice(_AGENTS), changes))
    plan.changes = {**final, **{key: value for change in earlier for key, value in change.items()}}


def _status_before(final: Changes, random: Random) -> Changes:
    before = {"Active": "Onboarding", "At risk": "Active", "Paused": "Active", "Churned": "At risk"}
    return {"status_id": before[final["status_id"]]} if final["status_id"] in before else {}


def _tell_messages(plan: Plan, random: Random, now: datetime) -> None:
    kinds = random.choices(list(_TEXTS), (3, 5, 4), k=random.choice((1, 2, 2, 3, 4, 6, 9)))
    for at, kind in zip(_moments(plan, random, now, len(kinds)), kinds, strict=True):
        by = "" if kind == TimelineKind.INBOUND else random.choice(_AGENTS)
        plan.entries.append(Entry(at, by, kind, random.choice(_TEXTS[kind])))
    inbound = [entry.at for entry in plan.entries if entry.kind == TimelineKind.INBOUND]
    spoken = [entry.at for entry in plan.entries if entry.kind != TimelineKind.NOTE]
    # Only a message counts as activity, a note between colleagues does not.
    plan.changes |= {"last_activity_at": max(spoken)} if spoken else {}
    plan.changes |= {"last_customer_activity_at": max(inbound), "last_seen_at": max(inbound)} if inbound else {}


def _moments(plan: Plan, random: Random, now: datetime, count: int) -> list[datetime]:
    """So many moments between the making of the customer and now, in order."""
    first = plan.created_at + timedelta(minutes=2)
    span = max(now - timedelta(minutes=20) - first, timedelta(minutes=4))
    return sorted(first + span * random.random() for _ in range(count))
