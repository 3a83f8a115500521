"""The statements that fill a benchmark database. Every value follows from the number of the row, so runs are alike."""

WORDS = """
    CREATE TEMPORARY TABLE company_word (i int, name text, folded text, label text, ending text);
    CREATE TEMPORARY TABLE person_word (
        i int, name text, given text, family text, folded text, folded_given text, folded_family text, mailbox text
    );
    CREATE TEMPORARY TABLE place_word (
        i int, country_code text, country text, region text, city text, language text, time_zone text
    )
"""


def _roll(salt: int, sides: str) -> str:
    """An even number from 0 up to `sides`, drawn from the row's own number."""
    return f"(hashint8extended(n, {salt}) & 2147483647) %% {sides}"


_COMPANIES = "(SELECT count(*) FROM company_word)"
_PEOPLE = "(SELECT count(*) FROM person_word)"
_PLACES = "(SELECT count(*) FROM place_word)"

DRAFT = f"""
    CREATE TEMPORARY TABLE draft AS
    WITH people AS (
        SELECT array_agg(id ORDER BY email) AS ids, count(*) AS many FROM core_user WHERE is_active
    ), tiers AS (
        SELECT array_agg(id ORDER BY position) AS ids, count(*) AS many FROM customers_tier
    ), statuses AS (
        SELECT array_agg(id ORDER BY position) AS ids, count(*) AS many FROM customers_workflowstatus
    ), drawn AS MATERIALIZED (
        SELECT
            n,
            now() - (%(count)s - n + 1) * (interval '730 days' / %(count)s) AS created_at,
            {_roll(1, "100")} < 42 AS is_company,
            {_roll(2, _COMPANIES)} AS company_i,
            {_roll(3, _PEOPLE)} AS person_i,
            {_roll(4, _PLACES)} AS place_i,
            {_roll(5, "100")} AS luck,
            {_roll(6, "1000")} AS share,
            {_roll(7, "100")} AS tier_luck,
            {_roll(8, "100")} AS status_luck,
            {_roll(9, "10000")} AS owner_luck,
            {_roll(10, "100")} AS contact_luck,
            {_roll(11, "900")} AS amount,
            {_roll(12, "6")} AS magnitude
        FROM generate_series(1, %(count)s::bigint) AS n
    )
    SELECT
        drawn.n, uuidv7(created_at - clock_timestamp()) AS id, created_at, is_company, luck, contact_luck, place_i,
        CASE WHEN is_company THEN c.name ELSE p.name END AS name,
        CASE WHEN is_company THEN c.folded ELSE p.folded END AS folded,
        p.given, p.family, p.folded_given, p.folded_family,
        CASE WHEN is_company AND luck < 86 THEN c.label || '-' || to_hex(n) || '.' || c.ending END AS domain,
        CASE
            WHEN NOT is_company THEN p.mailbox || '.' || to_hex(n) || '@postlark.eu'
            WHEN luck < 86 THEN 'info@' || c.label || '-' || to_hex(n) || '.' || c.ending
        END AS email,
        CASE WHEN contact_luck < 45 THEN '+4755' || lpad(n::text, 9, '0') END AS phone,
        CASE WHEN contact_luck >= 30 THEN 'cus_' || to_hex(n + 1048576) END AS external_id,
        CASE WHEN contact_luck >= 30 THEN uuidv7(created_at - clock_timestamp()) END AS external_pk,
        CASE WHEN is_company AND luck >= 20 THEN (100 + amount) * (10 ^ magnitude)::bigint END AS revenue,
        CASE WHEN is_company AND luck >= 20 THEN 2 + amount * (1 + magnitude) END AS size,
        CASE WHEN tier_luck >= 8 THEN tiers.ids[tiers.many - (tier_luck - 8) * (tier_luck - 8) * tiers.many / 8465] END
            AS tier_id,
        statuses.ids[CASE WHEN status_luck < 60 THEN 2 ELSE 1 + status_luck %% statuses.many END] AS status_id,
        CASE WHEN owner_luck >= 900 THEN people.ids[1 + owner_luck %% people.many] END AS owner_id,
        CASE WHEN luck < 4 THEN people.ids[1 + owner_luck %% people.many] END AS assignee_id,
        CASE WHEN luck < 9 THEN 'ACTIVE' WHEN luck < 12 THEN 'SNOOZED' ELSE 'IDLE' END AS support_status,
        created_at + (now() - created_at) * (share / 1000.0) AS updated_at,
        CASE WHEN luck %% 10 < 6 THEN created_at + (now() - created_at) * ((share * 7 %% 1000) / 1000.0) END
            AS active_at,
        share < 45 AS is_spam,
        w.language, w.time_zone
    FROM drawn
    JOIN company_word c ON c.i = company_i
    JOIN person_word p ON p.i = person_i
    JOIN place_word w ON w.i = place_i
    CROSS JOIN people CROSS JOIN tiers CROSS JOIN statuses
    ORDER BY drawn.n
"""

_CUSTOMERS = """
    INSERT INTO customers_customer (
        id, kind, name, folded_name, short_name, given_name, family_name, username, main_external_id, owner_id,
        assignee_id, assigned_at, workflow_status_id, workflow_status_changed_at, support_status,
        support_status_changed_at, last_idle_at, tier_id, revenue, size, logo_url, avatar_url, language, locale,
        time_zone, custom, marked_as_spam_at, marked_as_spam_by_id, last_activity_at, managed_by, created_at,
        created_by_id, updated_at, updated_by_id, rev
    )
    SELECT
        id, CASE WHEN is_company THEN 'organization' ELSE 'person' END, name, folded, '',
        CASE WHEN is_company THEN '' ELSE given END, CASE WHEN is_company THEN '' ELSE family END, '', external_pk,
        owner_id, assignee_id, CASE WHEN assignee_id IS NOT NULL THEN created_at END, status_id, created_at,
        support_status, created_at, created_at, tier_id, revenue, size, '', '', language, '', time_zone,
        jsonb_strip_nulls(jsonb_build_object(
            'marketStr', CASE WHEN luck < 70 THEN (ARRAY['EMEA', 'Americas', 'APAC'])[1 + place_i %% 3] END,
            'seatsNum', CASE WHEN is_company THEN size END
        )),
        CASE WHEN is_spam THEN updated_at END, CASE WHEN is_spam THEN %(actor)s::uuid END, active_at, '', created_at,
        %(actor)s, updated_at, %(actor)s, 1
    FROM draft ORDER BY n
"""
_IDENTIFIERS = """
    INSERT INTO customers_identifier (
        id, customer_id, kind, value, value_norm, type, type_key, verified, verified_at, shared, position, active,
        userid, url, page_id, user_id, name
    )
    SELECT
        coalesce(pk, uuidv7()), d.id, v.kind, v.value, lower(v.value), v.type, '', v.verified,
        CASE WHEN v.verified THEN created_at END, false, 0, true, '', '', '', '', ''
    FROM draft d
    CROSS JOIN LATERAL (VALUES
        ('email', email, 'work', luck < 60, NULL::uuid),
        ('phone', phone, 'work', false, NULL),
        ('external_id', external_id, '', false, external_pk)
    ) AS v (kind, value, type, verified, pk)
    WHERE v.value IS NOT NULL ORDER BY n
"""
_DOMAINS = """
    INSERT INTO customers_domain (id, customer_id, domain_ascii, domain_unicode, position, active)
    SELECT uuidv7(), id, domain, domain, 0, true FROM draft WHERE domain IS NOT NULL ORDER BY n
"""
_LOCATIONS = """
    INSERT INTO customers_location (
        id, customer_id, type, name, address, address2, address3, country_code, country_name, region_code,
        region_name, city_name, zip_code, area_code, position
    )
    SELECT uuidv7(), id, 'work', '', '', '', '', country_code, country, '', region, city, '', '', 0
    FROM draft JOIN place_word ON place_word.i = place_i WHERE luck < 80 ORDER BY n
"""
_TAGS = """
    INSERT INTO customers_customertag (id, customer_id, tag_id, position)
    SELECT uuidv7(), d.id, t.ids[1 + (contact_luck + k * 5) %% t.many], k
    FROM draft d
    CROSS JOIN (SELECT array_agg(id ORDER BY name) AS ids, count(*) AS many FROM customers_tag) t
    CROSS JOIN generate_series(0, 1) AS k
    WHERE luck + k * 25 < 35 ORDER BY d.n
"""
_FLAGS = """
    INSERT INTO customers_customerflag (id, customer_id, flag_id, added_at, added_by_id)
    SELECT uuidv7(), d.id, f.ids[1 + contact_luck %% f.many], created_at, %(actor)s
    FROM draft d
    CROSS JOIN (SELECT array_agg(id ORDER BY key) AS ids, count(*) AS many FROM customers_flag WHERE enabled) f
    WHERE luck %% 25 = 7 ORDER BY d.n
"""
# As `rows.document` writes it: each term folded and after a space, none of them twice.
_DOCUMENTS = """
    INSERT INTO customers_searchdocument (customer_id, document)
    SELECT id, concat(
        ' ' || folded,
        CASE WHEN NOT is_company THEN ' ' || folded_given || ' ' || folded_family END,
        ' ' || email, ' ' || phone, ' ' || external_id, ' ' || domain, ' ' || id::text
    )
    FROM draft ORDER BY n
"""
# As the triggers write them, which are switched off while rows are stored.
_ATTRIBUTE_VALUES = """
    INSERT INTO customers_attributevalue (customer_id, key, text, number)
    SELECT
        c.id, e.key, c.custom ->> e.key, CASE WHEN jsonb_typeof(e.value) = 'number' THEN e.value::numeric END
    FROM customers_customer c CROSS JOIN LATERAL jsonb_each(c.custom) e
"""

STATEMENTS = {
    "customers": _CUSTOMERS,
    "values of attributes": _ATTRIBUTE_VALUES,
    "emails, phones and ids": _IDENTIFIERS,
    "domains": _DOMAINS,
    "places": _LOCATIONS,
    "tags": _TAGS,
    "flags": _FLAGS,
    "search documents": _DOCUMENTS,
}
"""What is stored, in order."""

HISTORY = """
    INSERT INTO {event} ({columns}, pgh_created_at, pgh_label, pgh_obj_id, pgh_context, pgh_context_id)
    SELECT {read}, c.created_at, 'insert', t.id, jsonb_build_object('actor', %(actor)s::text, 'label', %(label)s::text),
        c.id
    FROM {table} t JOIN draft c ON c.id = t.{customer} ORDER BY c.n
"""

FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND conrelid::regclass::text = ANY (%s)
"""
INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i
    WHERE i.indrelid::regclass::text = ANY (%s)
        AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""
