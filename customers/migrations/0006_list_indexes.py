from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_cache"),
        ("customers", "0005_complete_pairs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("deleted_at", None), models.Q(("language", ""), _negated=True)),
                fields=["language"],
                name="customer_by_language",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("deleted_at", None), ("size__isnull", False)),
                fields=["size"],
                name="customer_by_size",
            ),
        ),
    ]
