"""What PostgreSQL does by itself when a customer is written, whatever writes it."""

import pgtrigger

# A user can be deleted, and the key to them is cleared by a statement of its own.
ASSIGNMENT_ENDS_AS_A_WHOLE = pgtrigger.Trigger(
    name="assignment_ends_as_a_whole",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("assignee_id"),
    condition=pgtrigger.Q(new__assignee=None, new__assigned_at__isnull=False),
    func="NEW.assigned_at = NULL; RETURN NEW;",
)
# At the commit, and on the row as it is then: an operation writes the customer and its ids one after the other.
MAIN_EXTERNAL_ID_IS_THEIR_OWN = pgtrigger.Trigger(
    name="main_external_id_is_their_own",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("main_external_id"),
    condition=pgtrigger.Q(new__main_external__isnull=False),
    func="""
        IF EXISTS (
            SELECT FROM customers_customer c JOIN customers_identifier i ON i.id = c.main_external_id
            WHERE c.id = NEW.id AND (i.customer_id <> c.id OR i.kind <> 'external_id' OR i.shared)
        ) THEN
            RAISE integrity_constraint_violation USING
                MESSAGE = 'the main external id is none of the own external ids of the customer',
                CONSTRAINT = 'main_external_id_is_their_own';
        END IF;
        RETURN NULL;
    """,
)
# The rows of AttributeValue, of which only those that differ are written.
_KEEP_ATTRIBUTE_VALUES = r"""
    DELETE FROM customers_attributevalue v WHERE v.customer_id = NEW.id AND NEW.custom ->> v.key IS NULL;
    INSERT INTO customers_attributevalue AS v (customer_id, key, text, number, moment)
    SELECT
        NEW.id, given.key, left(given.text, 255),
        CASE WHEN jsonb_typeof(given.value) = 'number' THEN given.value::numeric END,
        CASE WHEN given.key ~ 'At$' AND given.text ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.]\d+)?Z$'
            THEN given.text::timestamptz END
    FROM (SELECT e.key, e.value, NEW.custom ->> e.key AS text FROM jsonb_each(NEW.custom) AS e) AS given
    WHERE given.text IS NOT NULL AND length(given.key) <= 64
    ON CONFLICT (customer_id, key) DO UPDATE
        SET text = EXCLUDED.text, number = EXCLUDED.number, moment = EXCLUDED.moment
        WHERE (v.text, v.number, v.moment) IS DISTINCT FROM (EXCLUDED.text, EXCLUDED.number, EXCLUDED.moment);
    RETURN NULL;
"""
NEW_ATTRIBUTE_VALUES = pgtrigger.Trigger(
    name="new_attribute_values",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Condition("NEW.custom <> '{}'"),
    func=_KEEP_ATTRIBUTE_VALUES,
)
CHANGED_ATTRIBUTE_VALUES = pgtrigger.Trigger(
    name="changed_attribute_values",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("custom"),
    condition=pgtrigger.Condition("NEW.custom IS DISTINCT FROM OLD.custom"),
    func=_KEEP_ATTRIBUTE_VALUES,
)
