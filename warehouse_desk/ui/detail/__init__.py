"""One order in full, beside the table."""
