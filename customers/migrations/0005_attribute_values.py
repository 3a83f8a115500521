"""The values of custom attributes in a table of their own, which filters read and triggers keep."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from django.db.models.functions import Lower

# As the triggers write them.
FILL = r"""
    INSERT INTO customers_attributevalue (customer_id, key, text, number, moment)
    SELECT
        given.id, given.key, left(given.text, 255),
        CASE WHEN jsonb_typeof(given.value) = 'number' THEN given.value::numeric END,
        CASE WHEN given.key ~ 'At$' AND given.text ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.]\d+)?Z$'
            THEN given.text::timestamptz END
    FROM (
        SELECT c.id, e.key, e.value, c.custom ->> e.key AS text
        FROM customers_customer c CROSS JOIN LATERAL jsonb_each(c.custom) e WHERE c.custom <> '{}'
    ) AS given
    WHERE given.text IS NOT NULL AND length(given.key) <= 64
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0004_pairs_and_main_external_id")]

    operations = [
        migrations.AddConstraint(
            model_name="customattribute",
            constraint=models.UniqueConstraint(Lower("key"), name="custom_attribute_key_unique_in_any_case"),
        ),
        migrations.CreateModel(
            name="AttributeValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("text", models.CharField(max_length=255)),
                ("number", models.DecimalField(null=True)),
                ("moment", models.DateTimeField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attribute_values",
                        to="customers.customer",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="attributevalue",
            constraint=models.UniqueConstraint(fields=("customer", "key"), name="attribute_value_once_per_customer"),
        ),
        migrations.AddIndex(
            model_name="attributevalue",
            index=models.Index(fields=["key", "text"], name="attribute_value_by_text"),
        ),
        migrations.AddIndex(
            model_name="attributevalue",
            index=models.Index(
                condition=models.Q(("number__isnull", False)),
                fields=["key", "number"],
                name="attribute_value_by_number",
            ),
        ),
        migrations.AddIndex(
            model_name="attributevalue",
            index=models.Index(
                condition=models.Q(("moment__isnull", False)),
                fields=["key", "moment"],
                name="attribute_value_by_moment",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="customer",
            trigger=pgtrigger.compiler.Trigger(
                name="new_attribute_values",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.custom <> '{}')",
                    func="\n    DELETE FROM customers_attributevalue v WHERE v.customer_id = NEW.id AND NEW.custom ->> v.key IS NULL;\n    INSERT INTO customers_attributevalue AS v (customer_id, key, text, number, moment)\n    SELECT\n        NEW.id, given.key, left(given.text, 255),\n        CASE WHEN jsonb_typeof(given.value) = 'number' THEN given.value::numeric END,\n        CASE WHEN given.key ~ 'At$' AND given.text ~ '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d([.]\\d+)?Z$'\n            THEN given.text::timestamptz END\n    FROM (SELECT e.key, e.value, NEW.custom ->> e.key AS text FROM jsonb_each(NEW.custom) AS e) AS given\n    WHERE given.text IS NOT NULL AND length(given.key) <= 64\n    ON CONFLICT (customer_id, key) DO UPDATE\n        SET text = EXCLUDED.text, number = EXCLUDED.number, moment = EXCLUDED.moment\n        WHERE (v.text, v.number, v.moment) IS DISTINCT FROM (EXCLUDED.text, EXCLUDED.number, EXCLUDED.moment);\n    RETURN NULL;\n",
                    hash="363a6ebb06aaa85e4564cc7650d3d0ee3360b68c",
                    operation="INSERT",
                    pgid="pgtrigger_new_attribute_values_9b15c",
                    table="customers_customer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="customer",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_attribute_values",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.custom IS DISTINCT FROM OLD.custom)",
                    func="\n    DELETE FROM customers_attributevalue v WHERE v.customer_id = NEW.id AND NEW.custom ->> v.key IS NULL;\n    INSERT INTO customers_attributevalue AS v (customer_id, key, text, number, moment)\n    SELECT\n        NEW.id, given.key, left(given.text, 255),\n        CASE WHEN jsonb_typeof(given.value) = 'number' THEN given.value::numeric END,\n        CASE WHEN given.key ~ 'At$' AND given.text ~ '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d([.]\\d+)?Z$'\n            THEN given.text::timestamptz END\n    FROM (SELECT e.key, e.value, NEW.custom ->> e.key AS text FROM jsonb_each(NEW.custom) AS e) AS given\n    WHERE given.text IS NOT NULL AND length(given.key) <= 64\n    ON CONFLICT (customer_id, key) DO UPDATE\n        SET text = EXCLUDED.text, number = EXCLUDED.number, moment = EXCLUDED.moment\n        WHERE (v.text, v.number, v.moment) IS DISTINCT FROM (EXCLUDED.text, EXCLUDED.number, EXCLUDED.moment);\n    RETURN NULL;\n",
                    hash="666a99bf1a109504ce39fae89ed093510464af1f",
                    operation='UPDATE OF "custom"',
                    pgid="pgtrigger_changed_attribute_values_04f7a",
                    table="customers_customer",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
