"""Twenty people at one customer in the same moment: nobody loses anything, and the history tells every step."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.http import HttpResponse

from customers.changes import read_changes
from customers.models import Customer
from tests.customers.editing import Editor, edit_url
from tests.customers.forms.filling import filled
from tests.factories import CustomerFactory, TierFactory, UserFactory, WorkflowStatusFactory

PEOPLE = 20
IN_PLACE = ("status", "tier", "owner", "assignee")
IN_ROW = {"HX-Request": "true", "HX-Target": "row-menu"}

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

type Send = Callable[[], HttpResponse]


@pytest.fixture(autouse=True)
def _a_connection_for_everybody(db) -> Iterator[None]:
    """As if the requests were spread over several processes: it is the row they wait for, not a connection."""
    pool = connection.settings_dict["OPTIONS"]["pool"]
    usual = pool["max_size"]
    connection.close()
    connection.close_pool()
    pool["max_size"] = PEOPLE + 1
    yield
    connection.close()
    connection.close_pool()
    pool["max_size"] = usual


@pytest.fixture
def people(db) -> list[Editor]:
    return [Editor(UserFactory(name=f"Agent {number:02}", support_agent=True)) for number in range(PEOPLE)]


def at_once(people: list[Editor], prepare: Callable[[Editor], Send]) -> list[HttpResponse]:
    """What everybody is answered; nobody sends before all of them are ready to."""
    together = threading.Barrier(len(people), timeout=60)

    def person(editor: Editor) -> HttpResponse:
        try:
            send = prepare(editor)
            connection.close()  # As a server does after each answer.
            together.wait()
            return send()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(person, people))


def told(customer: Customer, viewer: Editor) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Every step after the creation, oldest first: who changed what from what to what."""
    entries = list(read_changes(customer.pk, None, 100, viewer=viewer.user).rows)[-2::-1]
    return [(entry.who, [(change.words, change.was, change.now) for change in entry.changes]) for entry in entries]


def winners(people: list[Editor], answers: list[HttpResponse]) -> list[str]:
    """Who was told that it is saved; everybody else was told who was faster."""
    names = {editor.user.name for editor in people}
    saved = []
    for editor, answer in zip(people, answers, strict=True):
        if answer.status_code == 303:
            saved.append(editor.user.name)
        else:
            assert answer.status_code == 409
            faster = re.search(r"(Agent \d\d) saved this customer", answer.content.decode())
            assert faster
            assert faster[1] in names - {editor.user.name}
    return saved


def test_of_twenty_who_insist_each_step_stands_on_the_one_before(people) -> None:
    customer = CustomerFactory(short_name="nobody")

    def form(editor: Editor) -> Send:
        opened = editor.open(edit_url(customer))

        def insist() -> HttpResponse:
            answer = editor.send(edit_url(customer), opened, short_name=editor.user.name)
            if answer.status_code == 409:
                answer = editor.send(edit_url(customer), filled(answer.content.decode()))
            return answer

        return insist

    saved = winners(people, at_once(people, form))

    stored = Customer.objects.get(pk=customer.pk)
    steps = told(customer, people[0])
    assert stored.rev == 1 + len(saved)
    assert len(saved) > 1
    assert sorted(who for who, _ in steps) == sorted(saved)
    before = ["nobody", *(who for who, _ in steps)]
    assert steps == [(who, [("changed short name", was, who)]) for was, (who, _) in zip(before, steps, strict=False)]
    assert stored.short_name == before[-1]


class Insister:
    """Somebody who changes one property in the list, again when somebody else was faster, and undoes it at times."""

    def __init__(self, editor: Editor, customer: Customer, key: str, value: str, *, undoes: bool) -> None:
        self.editor, self.key, self.value, self.undoes = editor, key, value, undoes
        self.url = f"/customers/{customer.pk}/"
        self.menu = f"{self.url}{key}/"
        self.saved: list[str] = []
        self.conflicts: list[str] = []

    def ready(self) -> Send:
        """With the menu open."""
        rev = self._rev(self.editor.client.get(self.menu, headers=IN_ROW))
        return lambda: self.change(rev)

    def change(self, rev: str, tries: int = 3) -> HttpResponse:
        """Press the button, and once more over what is so by then."""
        answer = self._post(self.menu, value=self.value, rev=rev)
        if answer.status_code == 409:
            self.conflicts.append(answer.content.decode())
            return self.change(self._rev(answer), tries - 1) if tries > 1 else answer
        offer = re.search(r'name="change" value="([^"]+)"', answer.content.decode())
        self.saved += ["changed"] if offer else []
        if offer and self.undoes:
            answer = self._post(f"{self.url}undo/", change=offer[1])
            text = answer.content.decode()
            if "Change undone" in text:
                self.saved.append("undone")
            else:
                self.conflicts.append(text)
        return answer

    def _post(self, url: str, **data: str) -> HttpResponse:
        return self.editor.client.post(url, data, headers=IN_ROW)

    def _rev(self, answer: HttpResponse) -> str:
        found = re.search(r'name="rev" value="(\d+)"', answer.content.decode())
        assert found
        return found[1]


def test_of_twenty_who_change_and_undo_in_the_list_nobody_gets_an_error_and_each_step_is_told(people) -> None:
    customer = CustomerFactory()
    insisters = []
    for number, editor in enumerate(people):
        key = IN_PLACE[number % len(IN_PLACE)]
        values = {"status": WorkflowStatusFactory, "tier": TierFactory}
        value = str(values[key]().pk) if key in values else str(editor.user.pk)
        insisters.append(Insister(editor, customer, key, value, undoes=number % 3 == 0))
    ready = {insister.editor: insister.ready for insister in insisters}

    answers = at_once(people, lambda editor: ready[editor]())

    assert {answer.status_code for answer in answers} <= {200, 409}
    for text in (text for insister in insisters for text in insister.conflicts):
        assert re.search(r"Agent \d\d (set|removed|changed) [^.<]+\.", text)
    authors = sorted(insister.editor.user.name for insister in insisters for _ in insister.saved)
    steps = told(customer, people[0])
    assert Customer.objects.get(pk=customer.pk).rev == 1 + len(authors)
    assert sorted(who for who, _ in steps) == authors
    # Nobody is told with what somebody else changed: assigning a person changes the support status as well.
    may = {insister.editor.user.name: {insister.key} for insister in insisters}
    for who, changes in steps:
        assert {words.removesuffix(" to").partition(" ")[2] for words, _, _ in changes} - {"support status"} == may[who]
