"""How a customer is reached and recognised: emails, phones, ids, social profiles, domains, URLs, places."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Lower

from core.history import tracked
from core.models.base import Record
from customers.choices import IdentifierKind, LocationType, UrlType
from customers.models.customer import Customer


@tracked(by="customer")
class Identifier(Record):
    """An email, phone, external id or social profile; it belongs to one live customer unless it is shared."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="identifiers", db_index=False)
    kind = models.CharField(max_length=12, choices=IdentifierKind)
    value = models.TextField()
    value_norm = models.TextField()
    type = models.CharField(max_length=10, blank=True)
    # '' for all but social profiles: a NULL would let duplicates past the unique index.
    type_key = models.CharField(max_length=10, blank=True, default="")
    verified = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    shared = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    # Kept by what deletes, restores or merges the customer: an index predicate cannot look at another table.
    active = models.BooleanField(default=True)
    userid = models.CharField(max_length=255, blank=True)
    url = models.CharField(max_length=2048, blank=True)
    page_id = models.CharField(max_length=255, blank=True)
    user_id = models.CharField(max_length=255, blank=True)
    name = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ("kind", "shared", "position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "type_key", "value_norm"],
                condition=Q(shared=False, active=True),
                name="identifier_belongs_to_one_live_customer",
            ),
            models.UniqueConstraint(
                fields=["customer", "kind", "type_key", "value_norm"], name="identifier_listed_once_per_customer"
            ),
            models.CheckConstraint(
                condition=~Q(kind=IdentifierKind.EMAIL)
                | Q(type__in=["home", "work", "other"], value_norm__contains="@", value_norm=Lower("value_norm")),
                name="identifier_email_well_formed",
            ),
            models.CheckConstraint(
                condition=~Q(kind=IdentifierKind.PHONE)
                | Q(type__in=["home", "work", "other", "mobile", "fax"], value_norm__regex=r"^\+[1-9][0-9]{1,14}$"),
                name="identifier_phone_is_e164",
            ),
            models.CheckConstraint(
                condition=~Q(kind=IdentifierKind.SOCIAL)
                | Q(
                    type__in=["twitter", "facebook", "instagram", "linkedin", "pinterest"],
                    type_key=models.F("type"),
                ),
                name="identifier_social_type_known",
            ),
            models.CheckConstraint(
                condition=Q(kind=IdentifierKind.SOCIAL) | Q(type_key=""), name="identifier_type_key_only_for_socials"
            ),
            models.CheckConstraint(condition=~Q(value_norm=""), name="identifier_value_present"),
            models.CheckConstraint(
                condition=Q(kind=IdentifierKind.EMAIL, value_norm__length__lte=500)
                | (~Q(kind=IdentifierKind.EMAIL) & Q(value_norm__length__lte=600)),
                name="identifier_value_length",
            ),
            models.CheckConstraint(
                condition=Q(verified=True) | Q(verified_at=None), name="identifier_verified_at_only_when_verified"
            ),
        )

    def __str__(self) -> str:
        return self.value


@tracked(by="customer")
class Domain(Record):
    """An apex domain of an organisation, in ASCII for comparing and in Unicode for showing."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="domains")
    domain_ascii = models.CharField(max_length=253)
    domain_unicode = models.CharField(max_length=253)
    position = models.PositiveIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["domain_ascii"], condition=Q(active=True), name="domain_belongs_to_one_live_customer"
            ),
            models.UniqueConstraint(fields=["customer", "domain_ascii"], name="domain_listed_once_per_customer"),
            models.CheckConstraint(
                condition=Q(domain_ascii__regex=r"^([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$"),
                name="domain_is_a_hostname",
            ),
        )

    def __str__(self) -> str:
        return self.domain_unicode


@tracked(by="customer")
class Url(Record):
    """A web address of a customer."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="urls")
    type = models.CharField(max_length=7, choices=UrlType, default=UrlType.WEBSITE)
    url = models.CharField(max_length=2048)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(condition=Q(type__in=UrlType.values), name="url_type_known"),
            models.CheckConstraint(condition=Q(url__iregex=r"^https?://[^/]"), name="url_is_http"),
        )

    def __str__(self) -> str:
        return self.url


@tracked(by="customer")
class Location(Record):
    """A place of a customer."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="locations")
    type = models.CharField(max_length=5, choices=LocationType, default=LocationType.WORK)
    name = models.CharField(max_length=255, blank=True)
    address = models.CharField(max_length=255, blank=True)
    address2 = models.CharField(max_length=255, blank=True)
    address3 = models.CharField(max_length=255, blank=True)
    latitude = models.DecimalField(null=True, blank=True)
    longitude = models.DecimalField(null=True, blank=True)
    country_code = models.CharField(max_length=2, blank=True)
    country_name = models.CharField(max_length=255, blank=True)
    region_code = models.CharField(max_length=255, blank=True)
    region_name = models.CharField(max_length=255, blank=True)
    city_name = models.CharField(max_length=255, blank=True)
    zip_code = models.CharField(max_length=255, blank=True)
    area_code = models.CharField(max_length=255, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        indexes = (models.Index(fields=["country_code", "customer"], name="location_country"),)
        constraints = (
            models.CheckConstraint(condition=Q(type__in=LocationType.values), name="location_type_known"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                    latitude__isnull=False,
                    longitude__isnull=False,
                ),
                name="location_coordinates_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(country_code="") | Q(country_code__regex=r"^[A-Z]{2}$"), name="location_country_two_letters"
            ),
        )

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.address, self.city_name, self.country_name]))


models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)
