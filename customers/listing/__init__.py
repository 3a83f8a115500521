"""Finding customers: search, filters, orders, and the page of rows they add up to."""
