"""Change an order's details."""
