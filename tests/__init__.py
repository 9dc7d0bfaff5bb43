"""The tests of Warehouse Desk, one folder per layer."""
