"""The addresses of the directory."""

from django.urls import path

from customers.views.changes import CustomerChanges
from customers.views.deletion import CustomerDelete, CustomerRestore
from customers.views.detail import CustomerDetail
from customers.views.edit import CustomerEdit, CustomerNew
from customers.views.export import CustomerExport
from customers.views.filters import FilterForm, StaffOptions, TagOptions
from customers.views.form_rows import FormRow
from customers.views.in_place import ChangeUndo, PropertyChange
from customers.views.labels import FlagChange, TagChange
from customers.views.list import CustomerCounts, CustomerList
from customers.views.lookups import LookupChoices
from customers.views.people import CustomerPeople
from customers.views.settings.addresses import ladder_addresses
from customers.views.settings.vocabulary_addresses import vocabulary_addresses
from customers.views.spam import NoSpamMark, SpamMark

app_name = "customers"

urlpatterns = [
    path("", CustomerList.as_view(), name="list"),
    path("counts/", CustomerCounts.as_view(), name="counts"),
    path("export/", CustomerExport.as_view(), name="export"),
    path("filters/", FilterForm.as_view(), name="filters"),
    path("staff/", StaffOptions.as_view(), name="staff"),
    path("tags/", TagOptions.as_view(), name="tags"),
    path("new/", CustomerNew.as_view(), name="new"),
    path("<uuid:customer_id>/", CustomerDetail.as_view(), name="detail"),
    path("<uuid:customer_id>/people/", CustomerPeople.as_view(), name="people"),
    path("<uuid:customer_id>/spam/", SpamMark.as_view(), name="spam"),
    path("<uuid:customer_id>/not-spam/", NoSpamMark.as_view(), name="not-spam"),
    *(
        path(f"<uuid:customer_id>/{key}/", PropertyChange.as_view(key=key), name=key)
        for key in ("status", "tier", "owner", "assignee", "support-status")
    ),
    path("<uuid:customer_id>/flags/", FlagChange.as_view(), name="flags-of"),
    path("<uuid:customer_id>/tags/", TagChange.as_view(), name="tags-of"),
    path("<uuid:customer_id>/undo/", ChangeUndo.as_view(), name="undo"),
    path("<uuid:customer_id>/delete/", CustomerDelete.as_view(), name="delete"),
    path("<uuid:customer_id>/restore/", CustomerRestore.as_view(), name="restore"),
    path("<uuid:customer_id>/edit/", CustomerEdit.as_view(), name="edit"),
    path("<uuid:customer_id>/changes/", CustomerChanges.as_view(), name="changes"),
    *ladder_addresses(),
    *vocabulary_addresses(),
    path("form-rows/<slug:kind>/", FormRow.as_view(), name="form-row"),
    path("lookups/<slug:name>/", LookupChoices.as_view(), name="lookup"),
]
