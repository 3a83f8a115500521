"""The tables of the customer directory."""

from customers.models.attribute_values import AttributeValue
from customers.models.catalogue import CustomAttribute, Flag, Tag, Tier, WorkflowStatus
from customers.models.contact_points import Domain, Identifier, Location, Url
from customers.models.customer import Customer, SearchDocument
from customers.models.labels import CustomerFlag, CustomerTag
from customers.models.timeline import TimelineEntry, TimelineInfo

__all__ = [
    "AttributeValue",
    "CustomAttribute",
    "Customer",
    "CustomerFlag",
    "CustomerTag",
    "Domain",
    "Flag",
    "Identifier",
    "Location",
    "SearchDocument",
    "Tag",
    "Tier",
    "TimelineEntry",
    "TimelineInfo",
    "Url",
    "WorkflowStatus",
]
