"""Which flags and tags a customer has, since when and by whom."""

from django.db import models
from django.utils import timezone

from core.history import tracked
from core.models import Actor
from core.models.base import Record
from customers.models.catalogue import Flag, Tag
from customers.models.customer import Customer


@tracked(by="customer")
class CustomerFlag(Record):
    """A flag that is set on a customer."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="flag_links")
    flag = models.ForeignKey(Flag, on_delete=models.PROTECT, related_name="links")
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["customer", "flag"], name="customer_flag_set_once"),)

    def __str__(self) -> str:
        return str(self.flag)


@tracked(by="customer")
class CustomerTag(Record):
    """A tag on a customer."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="tag_links")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="links")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=["customer", "tag"], name="customer_tag_set_once"),)

    def __str__(self) -> str:
        return str(self.tag)
