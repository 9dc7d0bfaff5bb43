"""What orders name: cities, shipping companies, delivery persons, warehouses."""
