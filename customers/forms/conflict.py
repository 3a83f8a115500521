"""Two people who edited the same customer: what both changed, and what can be put together without asking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from customers.forms.customer import CustomerForm
from customers.forms.typed import Typed, overlaid

_CHOICE = "choice-"
THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A part that both have changed, each in another way; `before` is None when it cannot be told any more."""

    part: str
    label: str
    before: str | None
    theirs: str
    mine: str

    @property
    def name(self) -> str:
        """The name of the choice between the two."""
        return f"{_CHOICE}{self.part}"


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Both versions in one form: theirs, with everything that I changed.

    `adopted` are the labels of what only they changed, `left` the parts that I changed and that are not stored yet.
    """

    typed: Typed
    conflicts: tuple[Conflict, ...]
    adopted: tuple[str, ...]
    left: tuple[str, ...]


def reconcile(opened: CustomerForm | None, stored: CustomerForm, mine: CustomerForm) -> Reconciled:
    """Compare what the form was opened with, what is stored now and what was typed.

    Without the first nobody can tell who changed what: then everything that differs is a conflict.
    """
    differing = mine.parts_unlike(stored)
    changed_by_me = differing if opened is None else mine.parts_unlike(opened)
    changed_by_them = stored.parts_unlike(opened or mine)
    left = tuple(part for part in changed_by_me if part in differing)
    adopted = [part for part in changed_by_them if part not in changed_by_me]
    return Reconciled(
        typed=overlaid(stored.typed, mine.typed, changed_by_me),
        conflicts=tuple(_conflict(part, opened, stored, mine) for part in left if part in changed_by_them),
        adopted=tuple(stored.label_of(part) for part in adopted),
        left=left,
    )


def _conflict(part: str, opened: CustomerForm | None, stored: CustomerForm, mine: CustomerForm) -> Conflict:
    before = opened.shown(part) if opened else None
    return Conflict(part, stored.label_of(part), before, stored.shown(part), mine.shown(part))


def with_choices(opened: Typed, mine: Typed, post: Mapping[str, str]) -> Typed:
    """What was typed, with the other person's value wherever theirs was chosen; the form was opened with theirs."""
    chosen = {name.removeprefix(_CHOICE): choice for name, choice in post.items() if name.startswith(_CHOICE)}
    keep_all = post.get("keep") == THEIRS
    return overlaid(mine, opened, _theirs(chosen.items(), keep_all=keep_all))


def _theirs(choices: Iterable[tuple[str, str]], *, keep_all: bool) -> list[str]:
    return [part for part, choice in choices if keep_all or choice == THEIRS]
