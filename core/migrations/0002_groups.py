"""The four groups; each app grants them its own permissions in a migration of its own."""

from django.db import migrations

from core.permissions import Role


def make_groups(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    for role in Role:
        groups.get_or_create(name=role.value)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
