"""Who may do what in the directory: the rows of docs/architecture.md that are about customers."""

from django.db import migrations

from core.permissions import Role, grant

EVERYBODY = frozenset(Role)
SUPPORT = frozenset({Role.SUPPORT_AGENT, Role.ADMINISTRATOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

CATALOGUES = ("tier", "workflowstatus", "flag", "tag", "customattribute")

TABLE = {
    "view_customer": EVERYBODY,
    "add_customer": SUPPORT,
    "change_customer": SUPPORT,
    "import_customer": SUPPORT,
    "merge_customer": SUPPORT,
    "export_customer": EVERYBODY - {Role.VIEWER},
    "delete_customer": ADMINISTRATORS,
    "restore_customer": ADMINISTRATORS,
    "anonymise_customer": ADMINISTRATORS,
    **{f"view_{model}": EVERYBODY for model in CATALOGUES},
    **{f"{action}_{model}": ADMINISTRATORS for model in CATALOGUES for action in ("add", "change", "delete")},
}


def grant_permissions(apps, schema_editor):
    grant(apps, "customers", TABLE)


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0001_initial"),
        ("core", "0002_groups"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant_permissions, migrations.RunPython.noop)]
