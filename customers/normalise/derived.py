"""What an input says without saying it: the derived name, the kind, and whether a contact point is verified."""

from collections.abc import Mapping

from customers.choices import CustomerKind
from customers.normalise.contact_keys import LIST_OF_KIND, contact_key
from customers.normalise.values import name

_ONLY_ORGANISATIONS = ("domains", "slack_channel_id", "size", "revenue")


def derived_name(given_name: object, family_name: object) -> str:
    """N11: the name of a person nobody named, "given family"."""
    parts = (part for part in (given_name, family_name) if isinstance(part, str))
    return name(" ".join(parts))


def kind(changes: Mapping[str, object]) -> str:
    """N12: what was said, else an organisation when anything is given that only organisations have."""
    said = changes.get("kind")
    if isinstance(said, str) and said:
        return said
    for key in _ONLY_ORGANISATIONS:
        if changes.get(key) not in (None, "", []):
            return CustomerKind.ORGANIZATION.value
    return CustomerKind.PERSON.value


def completed(changes: Mapping[str, object], stored: Mapping[str, object] | None = None) -> dict[str, object]:
    """Apply N11 to N13 to a normalised input that the rules let through, and take `main_source_id` as external id.

    `stored` is the customer as it stands, None on create. What comes back says everything that is to be written.
    """
    full = dict(changes)
    if "main_source_id" in full:
        full.setdefault("external_id", full.pop("main_source_id"))
        full.pop("main_source_id", None)
    if stored is None:
        full["kind"] = kind(full)
        full["name"] = full.get("name") or derived_name(full.get("given_name"), full.get("family_name"))
    elif "name" not in full and _name_was_derived(stored):
        full |= _renewed_name(full, stored)
    return full | _verified(full, stored or {})


def _name_was_derived(stored: Mapping[str, object]) -> bool:
    was = derived_name(stored.get("given_name"), stored.get("family_name"))
    return bool(was) and was == stored.get("name")


def _renewed_name(changes: Mapping[str, object], stored: Mapping[str, object]) -> dict[str, object]:
    """N11: derive the name again when a part of it changes; a name never becomes empty that way."""
    after = {**stored, **changes}
    renewed = derived_name(after.get("given_name"), after.get("family_name"))
    return {"name": renewed} if renewed and renewed != stored.get("name") else {}


def _verified(changes: Mapping[str, object], stored: Mapping[str, object]) -> dict[str, object]:
    """N13: `verified` left out keeps what is stored for the same value; a new or changed value is not verified."""
    lists: dict[str, object] = {}
    for identifier_kind, names in LIST_OF_KIND.items():
        known = {
            contact_key(identifier_kind, item): item.get("verified")
            for each in names
            for item in _list(stored, each)
            if isinstance(item, Mapping)
        }
        for each in names:
            if identifier_kind != "facebook_id" and isinstance(changes.get(each), list):
                lists[each] = [
                    item | {"verified": bool(known.get(contact_key(identifier_kind, item)))}
                    if isinstance(item, dict) and item.get("verified") is None
                    else item
                    for item in _list(changes, each)
                ]
    return lists


def _list(source: Mapping[str, object], key: str) -> list[object]:
    value = source.get(key)
    return value if isinstance(value, list) else []
