"""The table of Django's database cache, which counts the tries to sign in."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0002_groups")]

    operations = [
        migrations.RunSQL(
            # Unlogged: cheap to write, and nothing in it is worth keeping after a crash.
            """
            CREATE UNLOGGED TABLE cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX cache_expires ON cache (expires);
            """,
            "DROP TABLE cache",
        )
    ]
