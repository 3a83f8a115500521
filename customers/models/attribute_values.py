"""The values of custom attributes as a filter reads them."""

from django.db import models
from django.db.models import Q

from customers.models.customer import Customer


class AttributeValue(models.Model):
    """One value of one customer, kept by triggers on `Customer.custom`, whatever writes that.

    A table of its own, so that a change of status does not write its indexes again. `text` is the start of every value;
    a number and a moment stand beside it as what they are.
    """

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="attribute_values", db_index=False, editable=False
    )
    key = models.CharField(max_length=64)
    text = models.CharField(max_length=255)
    number = models.DecimalField(null=True)
    moment = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["customer", "key"], name="attribute_value_once_per_customer"),)
        indexes = (
            models.Index(fields=["key", "text"], name="attribute_value_by_text"),
            models.Index(fields=["key", "number"], condition=Q(number__isnull=False), name="attribute_value_by_number"),
            models.Index(fields=["key", "moment"], condition=Q(moment__isnull=False), name="attribute_value_by_moment"),
        )

    def __str__(self) -> str:
        return f"{self.key}: {self.text}"
