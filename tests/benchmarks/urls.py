"""The product's addresses, and the changelist that Django gives away for the same table."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path

from config.urls import urlpatterns as product
from customers.models import Customer


class StockCustomerAdmin(admin.ModelAdmin):
    """What one writes to find, filter and page customers in the Django admin, with its own advice followed."""

    list_display = ("name", "workflow_status", "tier", "owner", "revenue", "last_activity_at")
    list_select_related = ("workflow_status", "tier", "owner")
    list_filter = ("tier", "workflow_status")
    list_per_page = 50
    search_fields = ("name", "identifiers__value", "domains__domain_ascii")
    ordering = ("-created_at", "-id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Customer]:
        """The rows that the product lists, too."""
        return Customer.objects.listed()


stock = admin.AdminSite(name="stock")
stock.register(Customer, StockCustomerAdmin)

urlpatterns = [path("stock/", stock.urls), *product]
