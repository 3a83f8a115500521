"""Everything that a form of a customer is refused for: what is typed (`-` written as `__`), where, and the words."""

from __future__ import annotations

VIOLATIONS: list[tuple[dict[str, str], str, str]] = [
    ({"name": ""}, "name", "Give the customer a name: it cannot be left empty."),
    ({"name": "x" * 256}, "name", "Shorten the name to 255 characters: it has 256."),
    ({"short_name": "x" * 101}, "short_name", "Shorten the short name to 100 characters: it has 101."),
    ({"given_name": "x" * 101}, "given_name", "Shorten the given name to 100 characters: it has 101."),
    ({"family_name": "x" * 101}, "family_name", "Shorten the family name to 100 characters: it has 101."),
    ({"username": "x" * 256}, "username", "Shorten the user name to 255 characters: it has 256."),
    ({"kind": "robot"}, "kind", "Choose one of these kinds: person, organization."),
    (
        {"emails__0__email": "jane"},
        "emails-0-email",
        "Write the whole address, for example jane@northpass.com.",
    ),
    (
        {"emails__0__email": "a@northpass.com", "emails__0__type": "fax"},
        "emails-0-type",
        "Choose one of these types: work, home, other.",
    ),
    (
        {"phones__0__phone": "22 86 44 00"},
        "phones-0-phone",
        "Start with + and a country code, for example +47 22 86 44 00.",
    ),
    (
        {"external_ids__0__external_id": "x" * 256},
        "external_ids-0-external_id",
        "Write an external ID of 1 to 255 characters as text, for example cus-1042.",
    ),
    (
        {"domains": "northpass.com, nodot"},
        "domains",
        "nodot: Write a domain such as northpass.com, without spaces and not as a number.",
    ),
    (
        {"domains": "a.northpass.com, a.northpass.com, b.northpass.org"},
        "domains",
        "a.northpass.com: Use the registered domain northpass.com instead of its part a.northpass.com. "
        "b.northpass.org: Use the registered domain northpass.org instead of its part b.northpass.org.",
    ),
    (
        {"slack_channel_id": "#general"},
        "slack_channel_id",
        "Use the channel ID from Slack, for example C0ACME0001, and not the channel's name.",
    ),
    ({"company_id": "Nobody"}, "company_id", "Choose an organisation that exists."),
    ({"owner_id": "Nobody"}, "owner_id", "Choose a staff person as owner: nobody has this ID."),
    ({"assignee_id": "Nobody"}, "assignee_id", "Choose a staff person as assignee: nobody has this ID."),
    ({"tier_id": "0197a000-0000-7000-8000-000000000001"}, "tier_id", "Choose a tier that exists."),
    ({"status_id": ""}, "status_id", "Choose a status: a customer always has one."),
    ({"status_id": "x"}, "status_id", "Choose a status that exists."),
    ({"revenue": "1.92M"}, "revenue", "Enter whole dollars, for example 1920000."),
    ({"size": "-1"}, "size", "Enter a whole number, for example 250."),
    ({"support_status": "BUSY"}, "support_status", "Choose one of these: ACTIVE, IDLE, SNOOZED."),
    ({"snoozed_until": "soon"}, "snoozed_until", "Write the time as 2026-11-19T09:41:00Z."),
    (
        {"support_status": "SNOOZED", "snoozed_until": "2001-01-01T00:00"},
        "snoozed_until",
        "Choose a time in the future to be reminded at.",
    ),
    (
        {"tags": "good, " + "x" * 61},
        "tags",
        "x" * 61 + ": Write a tag of 1 to 60 characters, for example renewal.",
    ),
    ({"birthday": "17.5.1984"}, "birthday", "Write the birthday as year-month-day, for example 1984-05-17."),
    ({"birthday": "1899-12-31"}, "birthday", "Check the year: a birthday lies between 1900-01-01 and today."),
    ({"gender": "x"}, "gender", "Use m or f, or leave it empty."),
    ({"language": "norwegian"}, "language", "Use a language tag, for example en, nb-NO or zh-Hant-TW."),
    ({"locale": "??"}, "locale", "Use a language tag, for example en, nb-NO or zh-Hant-TW."),
    ({"time_zone": "Oslo"}, "time_zone", "Use the name of a time zone, for example Europe/Oslo."),
    ({"sentiment__confidence": "0.5"}, "sentiment-polarity", "Use -1, 0 or 1 as polarity."),
    (
        {"sentiment__polarity": "1"},
        "sentiment-confidence",
        "Use a confidence from 0 to 1, for example 0.8.",
    ),
    (
        {"logo_url": "ftp://x"},
        "logo_url",
        "Write a web address that starts with https://, for example https://northpass.com.",
    ),
    (
        {"urls__0__url": "northpass.com"},
        "urls-0-url",
        "Write a web address that starts with https://, for example https://northpass.com.",
    ),
    (
        {"socials__0__type": "twitter", "socials__0__userid": "7"},
        "socials-0-username",
        "Add the user name, for example northpassair.",
    ),
    (
        {"facebook_ids__0__page_id": "7"},
        "facebook_ids-0-user_id",
        "Add the ID of the user on that Facebook page, as text.",
    ),
    (
        {"locations__0__latitude": "91", "locations__0__longitude": "0"},
        "locations-0-latitude",
        "Enter a latitude from -90 to 90, for example 59.91.",
    ),
    (
        {"locations__0__longitude": "10"},
        "locations-0-latitude",
        "Add the latitude: one number alone is no place.",
    ),
    (
        {"locations__0__country_code": "XX"},
        "locations-0-country_code",
        "Use the two-letter code of the country, for example NO or GB.",
    ),
    ({"custom__seatsNum": "many"}, "custom-seatsNum", "Enter a number, for example 1840.5."),
    ({"custom__regionStr": "mars"}, "custom-regionStr", "Choose one of these values: emea, apac."),
    ({"custom__trialBool": "maybe"}, "custom-trialBool", "Choose yes or no (true or false)."),
    ({"custom__renewalAt": "soon"}, "custom-renewalAt", "Write the time as 2026-10-02T15:04:05Z."),
    ({"custom__noteTxt": "x" * 1025}, "custom-noteTxt", "Write a text of at most 1,024 characters."),
]
"""Each breaks one rule, on the form of a customer of which nothing but the name is known."""

TAKEN: list[tuple[dict[str, str], str]] = [
    ({"emails__0__email": "A10@northpass.com"}, "emails-0-email"),
    ({"phones__0__phone": "+47 22 86 44 10"}, "phones-0-phone"),
    ({"external_ids__0__external_id": "cus-10-a"}, "external_ids-0-external_id"),
    ({"domains": "www.northpass10.com"}, "domains"),
    ({"slack_channel_id": "C0ACME0001"}, "slack_channel_id"),
    ({"socials__0__type": "linkedin", "socials__0__username": "NP10"}, "socials-0-username"),
    ({"facebook_ids__0__page_id": "p10", "facebook_ids__0__user_id": "u"}, "facebook_ids-0-user_id"),
]
"""Each takes a value of the customer that `everything()` makes."""
