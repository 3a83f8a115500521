"""Lists with a row for each entry: contact points, ids, profiles, links, places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar, cast

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from customers import choices
from customers.forms.fields import Choice, DecimalNumber, Input, Line, Tick

MOST_ROWS = 100
SPARE_ROWS = 3
"""How many empty rows a browser without JavaScript gets; of boxes, which are large, it gets one."""


class Row(forms.Form):
    """One row. `texts` are the inputs that make it more than an empty one, the first being what it is about."""

    use_required_attribute = False
    texts: ClassVar[tuple[str, ...]]

    def __init__(self, data: Mapping[str, str], *, kind: RowKind, index: int | str, number: int) -> None:
        super().__init__(data, prefix=f"{kind.key}-{index}", label_suffix="")
        self.kind = kind
        self.index = index
        self.number = number
        if not kind.is_boxed:
            for name, input_ in self.fields.items():
                input_.widget.attrs["aria-label"] = self.label_of(name)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(self.data.get(self.add_prefix(name), "").strip() for name in self.texts)

    @property
    def is_shared(self) -> bool:
        """Whether several customers use it."""
        return bool(self.cleaned_data.get("shared"))

    @property
    def is_primary(self) -> bool:
        """Whether it is the one picked as primary or main; the first one when nothing was picked."""
        return self.data.get(f"{self.kind.key}-primary", "0") == str(self.index)

    @property
    def label(self) -> str:
        """What the row is called: `Email 2`."""
        return f"{self.kind.label} {self.number}"

    @property
    def noun(self) -> str:
        """The same inside a sentence: `email 2`."""
        return f"{self.kind.noun} {self.number}"

    def label_of(self, name: str) -> str:
        """What one of its inputs is called: `Email 2`, `Email 2 type`."""
        if name == self.texts[0] and not self.kind.is_boxed:
            return self.label
        return f"{self.label} {str(self.fields[name].label).lower()}"

    def in_words(self, *more: str) -> str:
        """The row as people read it, with what else there is to say of it: `a@halden.no (Work, verified)`."""
        texts = " ".join(filter(None, map(self._said, self.texts)))
        notes = [*(self._said(name) for name in self.fields if name not in self.texts), *more]
        said = ", ".join(filter(None, notes))
        return f"{texts} ({said})" if said else texts

    def _said(self, name: str) -> str:
        input_, value = cast(Input, self.fields[name]), self[name].value()
        if isinstance(input_, Tick):
            return str(input_.label).lower() if value else ""
        return input_.in_words(value)

    def item(self) -> dict[str, object]:
        """The entry as the rules know it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "shared"}

    def name_of(self, part: object) -> str:
        """The input that a problem is about; the row's own when the rules name none that is here."""
        return part if isinstance(part, str) and part in self.fields else self.texts[0]


class _Contact(Row):
    verified = Tick("Verified")
    shared = Tick("Shared")


def _type(types: type[Any]) -> Choice:
    return Choice("Type", types.choices)


def _value(label: str, **attrs: str) -> Line:
    return Line(label, widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}))


class EmailRow(_Contact):
    """An email address."""

    texts = ("email",)
    type = _type(choices.EmailType)
    email = _value("Email", inputmode="email", spellcheck="false")
    field_order = ("type", "email")


class PhoneRow(_Contact):
    """A phone number."""

    texts = ("phone",)
    type = _type(choices.PhoneType)
    phone = _value("Phone", inputmode="tel")
    field_order = ("type", "phone")


class ExternalIdRow(_Contact):
    """What another system calls this customer."""

    texts = ("external_id",)
    external_id = _value("External ID", spellcheck="false")
    field_order = ("external_id",)


class SocialRow(_Contact):
    """A profile in a social network."""

    texts = ("username", "userid", "url")
    type = _type(choices.SocialType)
    username = _value("User name", placeholder="User name", spellcheck="false")
    userid = _value("User ID", placeholder="User ID")
    url = _value("Link", placeholder="https://", inputmode="url")
    field_order = ("type", "username", "userid", "url")


class FacebookIdRow(Row):
    """A user as one Facebook page knows them."""

    texts = ("page_id", "user_id", "name")
    page_id = _value("Page ID", placeholder="Page ID")
    user_id = _value("User ID", placeholder="User ID")
    name = _value("Name", placeholder="Name")


class UrlRow(Row):
    """A web address."""

    texts = ("url",)
    type = _type(choices.UrlType)
    url = _value("Web address", placeholder="https://", inputmode="url")


class LocationRow(Row):
    """A place."""

    texts = (
        *("name", "address", "address2", "address3", "zip_code", "city_name", "region_code", "region_name"),
        *("country_code", "country_name", "area_code", "latitude", "longitude"),
    )
    type = _type(choices.LocationType)
    name = _value("Name of the place")
    address = _value("Address")
    address2 = _value("Address, line 2")
    address3 = _value("Address, line 3")
    zip_code = _value("Postcode")
    city_name = _value("City")
    region_code = _value("Region code")
    region_name = _value("Region")
    country_code = _value("Country code", placeholder="NO")
    country_name = _value("Country")
    area_code = _value("Area code")
    latitude = DecimalNumber("Latitude")
    longitude = DecimalNumber("Longitude")


@dataclass(frozen=True, slots=True)
class RowKind:
    """A list with rows: its key among the changes, the list of shared ones beside it, and its words."""

    slug: str
    key: str
    row: type[Row]
    label: str
    legend: str
    shared_key: str = ""
    primary: str = ""
    """What the picked row is called; empty where none is picked."""
    main_key: str = ""
    """The key that names the picked entry; without it the picked entry goes first."""
    is_boxed: bool = False
    """Whether a row is a box of labelled inputs rather than one line."""

    @property
    def noun(self) -> str:
        """One entry inside a sentence: `email`, `external ID`."""
        return self.label[0].lower() + self.label[1:] if not self.label.startswith("Facebook") else self.label

    def spares(self, count: int) -> Iterator[Row]:
        """Empty rows for a browser without JavaScript, numbered after the `count` that are there."""
        return (self.row({}, kind=self, index=f"s{spare}", number=count + spare) for spare in range(1, SPARE_ROWS + 1))


ROW_KINDS: Mapping[str, RowKind] = {
    kind.key: kind
    for kind in (
        RowKind("email", "emails", EmailRow, "Email", "Emails", "shared_emails", "Primary"),
        RowKind("phone", "phones", PhoneRow, "Phone", "Phones", "shared_phones", "Primary"),
        RowKind(
            *("external-id", "external_ids", ExternalIdRow, "External ID", "External IDs"),
            shared_key="shared_external_ids",
            primary="Main",
            main_key="external_id",
        ),
        RowKind("social", "socials", SocialRow, "Profile", "Social profiles", "shared_socials"),
        RowKind("facebook-id", "facebook_ids", FacebookIdRow, "Facebook ID", "Facebook IDs"),
        RowKind("url", "urls", UrlRow, "Web address", "Web addresses"),
        RowKind("location", "locations", LocationRow, "Place", "Places", is_boxed=True),
    )
}
KINDS_BY_SLUG = {kind.slug: kind for kind in ROW_KINDS.values()}


@dataclass(slots=True)
class RowSet:
    """The rows of one list as they were typed, and what is wrong with the list as a whole."""

    kind: RowKind
    rows: list[Row]
    errors: list[str] = field(default_factory=list)
    _placed: dict[tuple[str, int], Row] = field(default_factory=dict)

    @classmethod
    def read(cls, kind: RowKind, typed: Mapping[str, str]) -> RowSet:
        """The rows of this kind; `typed` numbers them from 0 without gaps."""
        rows: list[Row] = []
        while f"{kind.key}-{len(rows)}-{kind.row.texts[0]}" in typed:
            rows.append(kind.row(typed, kind=kind, index=len(rows), number=len(rows) + 1))
        for row in rows:
            row.full_clean()
        return cls(kind, rows)

    @property
    def label(self) -> str:
        """The name of the list."""
        return self.kind.legend

    def in_words(self) -> str:
        """The rows as people read them; where there are several, which one was picked is said too."""
        filled = [row for row in self.rows if not row.is_blank]
        mark = self.kind.primary.lower() if len(filled) > 1 else ""
        return ", ".join(row.in_words(mark if row.is_primary else "") for row in filled)

    @property
    def has_errors(self) -> bool:
        """Whether anything in it was refused."""
        return bool(self.errors) or any(row.errors for row in self.rows)

    @property
    def anchor(self) -> str:
        """The id of what to look at when the list as a whole is refused."""
        return f"rows-{self.kind.slug}"

    def changes(self) -> dict[str, object]:
        """What the rows ask for, in the words of the rules."""
        filled = [row for row in self.rows if not row.is_blank]
        own = [row for row in filled if not row.is_shared]
        asked: dict[str, object] = {}
        picked = next((row for row in own if row.is_primary), None)
        if self.kind.main_key and picked:
            asked[self.kind.main_key] = picked.cleaned_data[picked.texts[0]]
        elif picked:
            own.sort(key=lambda row: row is not picked)
        asked[self.kind.key] = self._items(self.kind.key, own)
        if self.kind.shared_key:
            asked[self.kind.shared_key] = self._items(self.kind.shared_key, [row for row in filled if row.is_shared])
        return asked

    def at(self, key: str, position: int) -> Row | None:
        """The row that became this entry of this list."""
        return self._placed.get((key, position))

    @property
    def spares(self) -> SafeString:
        """Empty rows for a browser without JavaScript."""
        return _spares(self.kind, len(self.rows))

    def _items(self, key: str, rows: list[Row]) -> list[dict[str, object]]:
        self._placed |= {(key, position): row for position, row in enumerate(rows)}
        return [row.item() for row in rows]


@lru_cache(maxsize=256)
def _spares(kind: RowKind, count: int) -> SafeString:
    # The same for everybody, and most of the inputs of the page: drawn once and kept.
    return mark_safe(render_to_string("customers/form/spares.html", {"kind": kind, "spares": list(kind.spares(count))}))
