"""How fast Retainer is, beside what people would use without it, on the same rows in the same run: `make bench`."""
