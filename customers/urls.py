"""The addresses of the directory."""

from django.urls import path

from customers.views.filters import FilterForm, StaffOptions, TagOptions
from customers.views.list import CustomerCounts, CustomerList

app_name = "customers"

urlpatterns = [
    path("", CustomerList.as_view(), name="list"),
    path("counts/", CustomerCounts.as_view(), name="counts"),
    path("filters/", FilterForm.as_view(), name="filters"),
    path("staff/", StaffOptions.as_view(), name="staff"),
    path("tags/", TagOptions.as_view(), name="tags"),
]
