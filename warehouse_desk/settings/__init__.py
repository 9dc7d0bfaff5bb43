"""What a user or an installer may choose for a station."""
