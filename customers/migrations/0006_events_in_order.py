"""An index of the history of customers in the order in which it was written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0005_attribute_values")]

    operations = [
        migrations.AddIndex(
            model_name="customerevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="customer_events_in_order"),
        ),
    ]
