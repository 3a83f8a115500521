"""The form of a customer: a thin door that reads what was typed, asks an operation, and says what was refused where.

It states no rule. What it makes of its inputs is the shape every door uses (`changes`), and the problems of the rules
come back to the input their path leads to.
"""

from customers.forms.catalogue import Catalogue
from customers.forms.customer import CustomerForm
from customers.forms.typed import Typed, typed_from, typed_of

__all__ = ["Catalogue", "CustomerForm", "Typed", "typed_from", "typed_of"]
