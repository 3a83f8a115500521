"""Somebody at the admin's form of a customer: opens it, changes some of its inputs and sends all of them."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from core.models import User
from customers.models import Customer
from tests.customers.forms.filling import filled
from tests.factories import UserFactory

ADD = "/admin/customers/customer/add/"
LIST = "/admin/customers/customer/"


def change_url(customer: Customer) -> str:
    """Where a customer is changed in the admin."""
    return f"/admin/customers/customer/{customer.pk}/change/"


def delete_url(customer: Customer) -> str:
    """Where a customer is deleted in the admin."""
    return f"/admin/customers/customer/{customer.pk}/delete/"


class Desk:
    """A superuser, who has the admin's form open."""

    def __init__(self, user: User | None = None) -> None:
        self.user = user or UserFactory(superuser=True, name="Noor Aziz")
        self.client = Client()
        self.client.force_login(self.user)

    def open(self, url: str) -> dict[str, str]:
        """What the form would send if nothing was touched."""
        response = self.client.get(url)
        assert response.status_code == 200
        form = filled(response.content.decode(), form_id="customer_form")
        return {name: text for name, text in form.items() if name not in ("_continue", "_addanother")}

    def send(self, url: str, form: dict[str, Any], **typed: str) -> HttpResponse:
        """Save; `typed` are inputs by name, `-` written as `__`. A row that is typed into is there."""
        sent = form | {name.replace("__", "-"): text for name, text in typed.items()}
        for name in list(sent):
            if match := re.fullmatch(r"([a-z_]+)-([0-9]{1,4})-\w+", name):
                total = f"{match[1]}-TOTAL_FORMS"
                sent[total] = str(max(int(sent[total]), int(match[2]) + 1))
        return self.client.post(url, sent)

    def save(self, url: str, **typed: str) -> HttpResponse:
        """Open, type and save."""
        return self.send(url, self.open(url), **typed)


def errors_of(response: HttpResponse) -> dict[str, str]:
    """The inputs at which something was refused, and the words there; "" is the form as a whole."""
    context: Any = response.context  # type: ignore[attr-defined]
    form = context["adminform"].form
    found = {("" if name == "__all__" else name): " ".join(words) for name, words in form.errors.items()}
    for inline in context["inline_admin_formsets"]:
        rows = inline.formset
        found |= {rows.prefix: " ".join(rows.non_form_errors())} if rows.non_form_errors() else {}
        for row in rows.forms:
            found |= {row.add_prefix(name): " ".join(words) for name, words in row.errors.items()}
    return {place: re.sub(r"<[^>]+>", "", words) for place, words in found.items()}
