"""N1 to N13 of the customer specification: the one spelling of each value, before any rule looks at it.

Nothing here refuses anything. A value that cannot be read is left as it came, and the rules name what is wrong.
"""

from customers.normalise.attributes import attribute_key, attribute_type
from customers.normalise.changes import catalogue_entry, customer
from customers.normalise.claims import Claim, claims, unique_keys
from customers.normalise.contact_keys import LIST_OF_KIND, contact_key
from customers.normalise.derived import completed, derived_name, kind
from customers.normalise.internet import DomainForms, EmailForms, domain, email
from customers.normalise.values import (
    DEFAULT_PAGE_SIZE,
    LARGEST_PAGE_SIZE,
    birthday,
    color,
    country,
    instant,
    is_record_id,
    language,
    name,
    page_size,
    phone,
    record_id,
    text,
)

__all__ = [
    "DEFAULT_PAGE_SIZE",
    "LARGEST_PAGE_SIZE",
    "LIST_OF_KIND",
    "Claim",
    "DomainForms",
    "EmailForms",
    "attribute_key",
    "attribute_type",
    "birthday",
    "catalogue_entry",
    "claims",
    "color",
    "completed",
    "contact_key",
    "country",
    "customer",
    "derived_name",
    "domain",
    "email",
    "instant",
    "is_record_id",
    "kind",
    "language",
    "name",
    "page_size",
    "phone",
    "record_id",
    "text",
    "unique_keys",
]
