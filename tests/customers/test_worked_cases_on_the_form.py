"""The worked cases of the specification, typed into the form: what is refused is refused with the words of its rule."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from customers.forms.rows import ROW_KINDS
from customers.models import Customer
from tests.customers.editing import NEW, Editor, edit_url
from tests.customers.forms.filling import errors_at
from tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db

LINES = Path(__file__).parent.joinpath("cases.jsonl").read_text(encoding="utf-8").splitlines()
CASES = [case for line in LINES if (case := json.loads(line))["op"] in ("create", "update")]
# A form sends blank names whether or not they were meant, so that they count as absent: C1 and not C2.
OTHERWISE = {"D004": "C1"}
WORDS = {
    "C1": "Give the customer a name, for example Northpass Air.",
    "C3": "Shorten the given name to 100 characters: it has 101.",
    "C4": "Shorten the family name to 100 characters: it has 101.",
    "C6": "Give the customer a name: it cannot be left empty.",
    "C7": "Write the whole address, for example jane@northpass.com.",
    "C8": "Use an address of at most 250 characters: this one has 251.",
    "C9": "Already used by Jane Doe (opens in a new tab). An email belongs to one customer.",
    "C10": "This email is listed twice. Keep it once, either as their own or as a shared one.",
    "C11": "Choose one of these types: work, home, other.",
    "C12": "Start with + and a country code, for example +47 22 86 44 00.",
    "C13": "Already used by Jane Doe (opens in a new tab). A phone number belongs to one customer.",
    "C15": "Already used by Jane Doe (opens in a new tab). An external ID belongs to one customer.",
    "C26": "Choose a status: a customer always has one.",
}


def typed(changes: dict[str, Any]) -> dict[str, str]:
    """What somebody types to ask for these changes."""
    inputs: dict[str, str] = {}
    rows = {key: kind for kind in ROW_KINDS.values() for key in (kind.key, kind.shared_key)}
    for key, value in changes.items():
        if key not in rows:
            inputs[key] = ", ".join(value) if isinstance(value, list) else str(value or "")
            continue
        kind = rows[key]
        for number, item in enumerate(value):
            texts = {kind.row.texts[0]: item} if isinstance(item, str) else item
            shared = {"shared": "on"} if key == kind.shared_key else {}
            inputs |= {f"{kind.key}-{number}-{name}": str(text) for name, text in {**texts, **shared}.items()}
    return inputs


def given(case: dict[str, Any]) -> None:
    known = {"id", "kind", "name", "emails", "phones", "external_ids", "domains", "slack_channel_id", "external_id"}
    for customer in case["given"]:
        CustomerFactory(**{key: value for key, value in customer.items() if key in known})


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_worked_case_has_the_same_result_on_the_form(case) -> None:
    agent = Editor()
    given(case)
    changes = dict(case["input"])
    url = NEW if case["op"] == "create" else edit_url(Customer.objects.get(pk=changes.pop("id")))
    form = {name: text for name, text in agent.open(url).items() if name != "kind" or case["op"] == "update"}
    response = agent.send(url, form | typed(changes))
    code = OTHERWISE.get(case["id"], case.get("error"))
    if code is None:
        assert response.status_code == 303
        return
    html = re.sub(r"\s+", " ", response.content.decode())
    assert (response.status_code, list(errors_at(html).values())) == (422, [WORDS[code]])
