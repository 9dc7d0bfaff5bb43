"""The database itself: connections, units of work, types, failures, prepared statements."""
