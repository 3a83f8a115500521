"""What a rule is given: the attempted change, the customer as it stands, and what the database knows."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from core.problems import Holder, Path
from customers import normalise

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Door(StrEnum):
    """Where an input comes in; a few rules depend on it."""

    FORM = "form"
    API = "api"
    CSV = "csv"
    ADMIN = "admin"
    SEED = "seed"

    @property
    def is_html_form(self) -> bool:
        """Whether every field is always sent, blank ones too."""
        return self in (Door.FORM, Door.ADMIN)

    @property
    def may_backdate(self) -> bool:
        """Whether it may write `created_at` and `imported_at` of customers that exist."""
        return self in (Door.CSV, Door.SEED)


@dataclass(frozen=True, slots=True)
class CompanyFact:
    """A customer named as company: its kind, and the ids of the companies above it, nearest first."""

    kind: str
    ancestors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlagFact:
    """A flag of the catalogue."""

    read_only: bool = False
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class AttributeFact:
    """A custom attribute of the catalogue; without options any value of its type will do."""

    options: tuple[str, ...] = ()
    required_on_create: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """What the database knows about everything that an input names. Ids are text, and nothing is known by default.

    `tier_names` leads from the casefolded name to the id, `staff` from the id to whether that person may be made
    responsible (active, and staff). `taken` leads from (kind, key) to the live customer that has it: kinds are email,
    phone, external_id, social, facebook_id, domain and slack_channel, keys are those that `normalise.claims` gives.
    `has_people` is whether live people have the customer itself as their company.
    """

    tier_ids: frozenset[str] = frozenset()
    tier_names: Mapping[str, str] = field(default_factory=dict)
    may_add_tiers: bool = False
    status_ids: frozenset[str] = frozenset()
    staff: Mapping[str, bool] = field(default_factory=dict)
    companies: Mapping[str, CompanyFact] = field(default_factory=dict)
    flags: Mapping[str, FlagFact] = field(default_factory=dict)
    attributes: Mapping[str, AttributeFact] = field(default_factory=dict)
    taken: Mapping[tuple[str, str], Holder] = field(default_factory=dict)
    has_people: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to write a customer; `stored` is None on create."""

    changes: Mapping[str, object]
    stored: Mapping[str, object] | None
    world: World
    now: datetime
    door: Door = Door.FORM
    customer_id: str | None = None

    @property
    def is_create(self) -> bool:
        """Whether there is no customer yet."""
        return self.stored is None

    def before(self, key: str) -> object:
        """Give the value that is stored."""
        return (self.stored or _NOTHING).get(key)

    def after(self, key: str) -> object:
        """Give the value that would be stored once this is written."""
        return self.changes[key] if key in self.changes else self.before(key)

    def kind_after(self) -> object:
        """Give the kind of the customer once this is written (N12)."""
        return self.changes.get("kind") or self.before("kind") or normalise.kind(self.changes)

    def renews(self, key: str) -> bool:
        """Whether a value is given that is not the stored one.

        An edit form sends every field back: what was right when it was stored must not stop the rest from being
        saved, such as an owner who has left since.
        """
        value = self.changes.get(key)
        return value is not None and not is_same(value, self.before(key))

    def items(self, *keys: str) -> Iterator[tuple[Path, Mapping[str, object]]]:
        """Walk through the items of these lists that have the shape of an item."""
        for key in keys:
            for index, item in enumerate(listed(self.changes, key)):
                if isinstance(item, Mapping):
                    yield (key, index), item


def is_same(value: object, stored: object) -> bool:
    """Whether a value is the stored one; True is not 1."""
    return type(value) is type(stored) and value == stored


def listed(source: Mapping[str, object], key: str) -> list[object] | tuple[object, ...]:
    """Give the list under `key`, empty when there is none or it is no list."""
    value = source.get(key)
    return value if isinstance(value, list | tuple) else ()


def is_blank(value: object) -> bool:
    """Whether there is no value, or a text with nothing in it that could be seen."""
    if not isinstance(value, str):
        return value is None
    return all(char in _DRAWN_EMPTY or unicodedata.category(char) in _UNSEEN for char in value)


_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
# Letters and signs by their category, and yet there is nothing to see: fillers of Hangul, the blank of Braille.
_DRAWN_EMPTY = frozenset("\u115f\u1160\u2800\u3164\uffa0")
