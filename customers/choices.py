"""The closed lists of the customer domain."""

from django.db.models import TextChoices


class CustomerKind(TextChoices):
    """What a customer is."""

    PERSON = "person", "Person"
    ORGANIZATION = "organization", "Organisation"


class SupportStatus(TextChoices):
    """Whether somebody has to do something for this customer now."""

    ACTIVE = "ACTIVE", "Active"
    IDLE = "IDLE", "Idle"
    SNOOZED = "SNOOZED", "Snoozed"


class StatusCategory(TextChoices):
    """An optional grouping of workflow statuses."""

    ACTIVE = "active", "Active"
    INACTIVE = "inactive", "Inactive"


class Gender(TextChoices):
    """As Kustomer has it."""

    MALE = "m", "Male"
    FEMALE = "f", "Female"


class IdentifierKind(TextChoices):
    """What a customer is recognised by."""

    EMAIL = "email", "Email"
    PHONE = "phone", "Phone"
    EXTERNAL_ID = "external_id", "External ID"
    SOCIAL = "social", "Social profile"
    FACEBOOK_ID = "facebook_id", "Facebook ID"


class EmailType(TextChoices):
    """Where an email address is used."""

    WORK = "work", "Work"
    HOME = "home", "Home"
    OTHER = "other", "Other"


class PhoneType(TextChoices):
    """Where a phone rings."""

    WORK = "work", "Work"
    MOBILE = "mobile", "Mobile"
    HOME = "home", "Home"
    FAX = "fax", "Fax"
    OTHER = "other", "Other"


class SocialType(TextChoices):
    """The networks a social profile can be on."""

    TWITTER = "twitter", "Twitter"
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    LINKEDIN = "linkedin", "LinkedIn"
    PINTEREST = "pinterest", "Pinterest"


class UrlType(TextChoices):
    """What a web address shows."""

    WEBSITE = "website", "Website"
    BLOG = "blog", "Blog"
    OTHER = "other", "Other"


class LocationType(TextChoices):
    """What happens at a place."""

    WORK = "work", "Work"
    HOME = "home", "Home"
    OTHER = "other", "Other"


class AttributeType(TextChoices):
    """What a custom attribute holds; the value is what its key ends in."""

    STR = "Str", "Text"
    TXT = "Txt", "Long text"
    NUM = "Num", "Number"
    BOOL = "Bool", "Yes or no"
    AT = "At", "Date and time"
    URL = "Url", "Web address"
    ID = "Id", "ID"
    TREE = "Tree", "Path"

    @property
    def takes_options(self) -> bool:
        """Whether its values may be limited to some: texts of all sorts."""
        return self not in (AttributeType.NUM, AttributeType.BOOL, AttributeType.AT)


class TimelineKind(TextChoices):
    """What no row change can tell."""

    NOTE = "note", "Note"
    CUSTOM_EVENT = "custom_event", "Event"
    INBOUND = "inbound", "Message from the customer"
    OUTBOUND = "outbound", "Message to the customer"
    SPAM_MARKED = "spam_marked", "Marked as spam"
    SPAM_UNMARKED = "spam_unmarked", "Not spam"
    MERGED = "merged", "Merged"
    UNMERGED = "unmerged", "Unmerged"
    IMPORTED = "imported", "Imported"
    ANONYMISED = "anonymised", "Anonymised"
