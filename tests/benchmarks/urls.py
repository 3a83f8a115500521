"""The product's addresses, and beside them what they are measured against."""

from django.urls import path

from config.urls import urlpatterns as product
from core.pages import Page
from core.permissions import SIGNED_IN
from tests.benchmarks import stock


class Floor(Page):
    """A page with nothing on it: what being signed in and having a frame cost by themselves."""

    permission_required = SIGNED_IN
    template_name = "base.html"
    title = "Floor"

    def get(self, request: object) -> object:
        """The empty frame."""
        return self.render()


urlpatterns = [path("stock/", stock.site.urls), path("floor/", Floor.as_view()), *product]
