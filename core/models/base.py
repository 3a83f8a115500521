"""What every record of Retainer shares."""

from django.db import models
from django.db.models.functions import UUID7


class Record(models.Model):
    """A row whose id is a UUIDv7 from the database, so that new rows stay together in the index."""

    id = models.UUIDField(primary_key=True, db_default=UUID7(), editable=False)

    class Meta:
        abstract = True
