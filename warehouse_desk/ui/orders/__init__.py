"""The order table: a window onto any number of orders."""
