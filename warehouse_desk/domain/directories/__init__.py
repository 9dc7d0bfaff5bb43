"""Cities, companies, persons and warehouses."""
