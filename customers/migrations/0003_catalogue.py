"""The statuses and tiers a new installation starts with; an administrator may rename, reorder and delete them."""

import pghistory
from django.db import migrations

# In the light tones of the stylesheet. The first status is what a new customer gets.
STATUSES = [
    ("Onboarding", "#4c8be8", "active"),
    ("Active", "#26a65a", "active"),
    ("At risk", "#da605a", "active"),
    ("Paused", "#c27b00", "inactive"),
    ("Churned", "#d56927", "inactive"),
]
TIERS = [
    ("Strategic", "#cf5f99"),
    ("Enterprise", "#9974dd"),
    ("Growth", "#4c8be8"),
    ("Starter", "#00a6b1"),
]


def fill_catalogue(apps, schema_editor):
    status = apps.get_model("customers", "WorkflowStatus")
    tier = apps.get_model("customers", "Tier")
    with pghistory.context(label="Retainer"):
        status.objects.bulk_create(
            status(name=name, color=color, category=category, position=position)
            for position, (name, color, category) in enumerate(STATUSES, start=1)
        )
        tier.objects.bulk_create(
            tier(name=name, color=color, position=position) for position, (name, color) in enumerate(TIERS, start=1)
        )


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_groups")]

    operations = [migrations.RunPython(fill_catalogue, migrations.RunPython.noop)]
