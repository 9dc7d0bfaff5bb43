"""Orders in from files, orders out to files, and steps by a file of references."""
