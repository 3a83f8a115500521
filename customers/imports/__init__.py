"""Customers from a CSV file: read it, understand its columns, judge its rows by the rules, store those that pass.

`reading` knows files, `cells` knows cells, `columns` knows headers, `engine` knows batches, `report` knows what to
hand back. Today every row makes a new customer; matching goes between the check and the store of a batch.
"""

from customers.imports.engine import Tally, import_rows
from customers.imports.reading import Table, Unreadable, open_table
from customers.imports.report import RefusedRows

__all__ = ["RefusedRows", "Table", "Tally", "Unreadable", "import_rows", "open_table"]
