"""What can be done: one catalogue, built into QActions."""
