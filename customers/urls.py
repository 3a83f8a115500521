"""The addresses of the directory."""

from django.urls import path

from customers.views.list import CustomerList

app_name = "customers"

urlpatterns = [
    path("", CustomerList.as_view(), name="list"),
]
