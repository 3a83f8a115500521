"""The settings of a measured server: those of production, and a stock Django admin beside the product."""

from config import settings as product

globals().update({name: value for name, value in vars(product).items() if name.isupper()})

ROOT_URLCONF = "tests.benchmarks.urls"
