"""Customers in the Django admin: the rules and the operation of the product's form behind Django's own look."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import modelform_factory
from django.http import HttpRequest
from django.urls import reverse

from core.admin.history import MOST_SHOWN, Line, RowHistory
from core.admin.lists import LongListAdmin
from core.admin.operations import OperationAdmin
from core.models import Actor
from customers.admin.draft import Sheet, inputs_of
from customers.admin.found import SEARCH_HELP
from customers.admin.inputs import CustomerInputs
from customers.admin.inputs_in_rows import ROW_INLINES, RowInline
from customers.admin.owned_inlines import OWNED_INLINES
from customers.changes import Change, Entry, read_changes
from customers.choices import CustomerKind
from customers.listing.search import understood
from customers.models import Customer
from customers.operations import delete_customer
from customers.views.revision import revision

_NAMES = ("kind", "name", "short_name", "given_name", "family_name", "username")
_HANDLING = ("owner", "assignee", "support_status", "snoozed_until")
_PERSON = ("birthday", "gender", "language", "locale", "time_zone")
_ADDRESSES = ("logo_url", "avatar_url")
_MOMENTS = ("signed_up_at", "last_seen_at", "last_activity_at", "last_customer_activity_at", "imported_at")
_AUDIT = (
    *("revision", "created_at", "created_by", "updated_at", "updated_by"),
    *("marked_as_spam_at", "marked_as_spam_by", "deleted_at", "deleted_by", "merged_into"),
    *("anonymised_at", "anonymised_by", "managed_by", *_MOMENTS),
)


class State(admin.SimpleListFilter):
    """What became of a customer."""

    title = parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The states that lists elsewhere leave out."""
        return [("listed", "Listed"), ("spam", "Spam"), ("deleted", "Deleted")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Customer]) -> QuerySet[Customer]:
        """The customers in the state that was chosen."""
        narrowed: dict[str | None, Any] = {
            "listed": lambda: queryset.filter(deleted_at=None, marked_as_spam_at=None),
            "spam": lambda: queryset.filter(deleted_at=None, marked_as_spam_at__isnull=False),
            "deleted": lambda: queryset.filter(deleted_at__isnull=False),
        }
        return narrowed[self.value()]() if self.value() in narrowed else queryset


@admin.register(Customer)
class CustomerAdmin(RowHistory, OperationAdmin, LongListAdmin):
    """A door like the others: one operation writes what was typed, or nothing is stored and the form says why."""

    form = CustomerInputs
    list_display = ("name", "kind", "workflow_status", "tier", "owner", "state", "created_at")
    list_filter = (State, "kind", "support_status", "workflow_status", "tier")
    list_select_related = ("workflow_status", "tier", "owner")
    search_fields = ("name",)
    search_help_text = SEARCH_HELP

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Customer], search_term: str
    ) -> tuple[QuerySet[Customer], bool]:
        """Who is found by the search of the directory; as company, whoever can be one."""
        if request.GET.get("field_name") == "company":
            queryset = queryset.filter(kind=CustomerKind.ORGANIZATION, deleted_at=None, marked_as_spam_at=None)
        if search_term.strip():
            queryset = understood(search_term).among(queryset)  # type: ignore[arg-type]
        return queryset, False

    def view_on_site(self, customer: Customer) -> str:
        """The customer's page."""
        return reverse("customers:detail", args=[customer.pk])

    def has_change_permission(self, request: HttpRequest, obj: Customer | None = None) -> bool:
        """Whether this person may, and the customer is live."""
        return super().has_change_permission(request, obj) and (obj is None or _is_live(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Customer | None = None) -> bool:
        """Whether this person may, and the customer is live."""
        return super().has_delete_permission(request, obj) and (obj is None or _is_live(obj))

    def why_locked(self, record: Customer) -> str:
        """C47, in the words of who has the form open."""
        if _is_live(record):
            return ""
        what = "deleted" if record.is_deleted else "anonymised"
        return f"This customer was {what}, so nothing was stored. Go back to copy what you typed."

    # What the form shows

    def get_fieldsets(self, request: HttpRequest, obj: Customer | None = None) -> Any:
        """Every input, in the order of the product's form; of a customer that cannot be changed, its columns."""
        if not self._may_write(request, obj):
            columns = (*_NAMES, "company", "slack_channel_id", "revenue", "size", "tier", "workflow_status", *_HANDLING)
            return [
                (None, {"fields": columns}),
                ("More", {"fields": (*_PERSON, *_ADDRESSES)}),
                ("Record", {"fields": _AUDIT}),
            ]
        sheet = Sheet.of(request, obj)
        names = [sent_as for sent_as, _, _ in inputs_of(sheet.form(sheet.shown))]
        flags, custom = ([name for name in names if name.startswith(prefix)] for prefix in ("flag-", "custom-"))
        groups = [
            (None, (*_NAMES, "rev" if obj else "key")),
            ("Company", ("domains", "slack_channel_id", "company_id", "revenue", "size")),
            ("Handling", ("status_id", "tier_id", "owner_id", "assignee_id", *_HANDLING[2:], "tags")),
            ("Flags", flags),
            ("Person", (*_PERSON, "sentiment-polarity", "sentiment-confidence")),
            ("Links", _ADDRESSES),
            ("Custom attributes", custom),
            ("Record", _AUDIT if obj else ()),
        ]
        return [(title, {"fields": tuple(fields)}) for title, fields in groups if fields]

    def get_readonly_fields(self, request: HttpRequest, obj: Customer | None = None) -> tuple[str, ...]:
        """Who did what and when is written by operations alone."""
        return _AUDIT

    def get_inlines(self, request: HttpRequest, obj: Customer | None) -> Any:
        """The lists, as inputs or to look at."""
        return ROW_INLINES if self._may_write(request, obj) else OWNED_INLINES

    def get_form(self, request: HttpRequest, obj: Customer | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The inputs for this request."""
        if not self._may_write(request, obj):
            return modelform_factory(Customer, fields=())
        return type(CustomerInputs.__name__, (CustomerInputs,), {"sheet": Sheet.of(request, obj)})

    def get_formset_kwargs(self, request: HttpRequest, obj: Customer, inline: Any, prefix: str) -> dict[str, Any]:
        """What a list of the customer is made from."""
        if not isinstance(inline, RowInline):
            return super().get_formset_kwargs(request, obj, inline, prefix)
        sent = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
        return {"prefix": prefix, "sheet": Sheet.of(request, None), **sent}

    def _may_write(self, request: HttpRequest, obj: Customer | None) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    @admin.display(description="state")
    def state(self, customer: Customer) -> str:
        """Whether lists elsewhere show it."""
        return "Deleted" if customer.is_deleted else "Spam" if customer.is_spam else "Listed"

    @admin.display(description="revision")
    def revision(self, customer: Customer) -> int:
        """How often the customer has been changed, and once for its creation."""
        return customer.rev

    # How it is saved

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Write everything by one operation; raises `NotSaved`, and the transaction is rolled back."""
        typed = dict(form.typed)
        for rows in formsets:
            typed |= rows.typed
        actor = Actor.objects.of(request.user)  # type: ignore[arg-type]
        sheet = Sheet.of(request, None)
        outcome = sheet.save(typed, key=form.customer_key, rev=form.revision, actor=actor)
        self.written(request, form, outcome.customer, getattr(outcome, "changed", ()))

    # How it is deleted

    def consequences(self, record: Customer) -> list[str]:
        """Nothing of a customer is lost, and what it is found by becomes free."""
        return [
            "It stays with its history, and an administrator can restore it.",
            "Its emails, phones, IDs and domains become free for other customers.",
        ]

    def delete_model(self, request: HttpRequest, obj: Customer) -> None:
        """Delete by the operation; raises `Refused`."""
        actor = Actor.objects.of(request.user)  # type: ignore[arg-type]
        delete_customer(obj.pk, actor=actor, rev=revision(request.POST.get("rev", "")))

    # What happened to it

    def lines(self, request: HttpRequest, record: Customer) -> list[Line]:
        """The newest changes with everything that belongs to a customer, in the words of its page."""
        page = read_changes(record.pk, None, MOST_SHOWN, viewer=request.user)  # type: ignore[arg-type]
        return [Line(entry.at, entry.who, _told(entry)) for entry in page.rows]


def _told(entry: Entry) -> list[str]:
    return [*map(_in_words, entry.changes), *filter(None, [", ".join(entry.start), entry.text])]


def _in_words(change: Change) -> str:
    became = f": {change.was} \u2192 {change.now}" if change.now else ""
    words = " ".join(filter(None, [change.words, ", ".join(change.values), change.after]))
    return words[:1].upper() + words[1:] + became


def _is_live(customer: Customer) -> bool:
    return customer.deleted_at is None and customer.anonymised_at is None
