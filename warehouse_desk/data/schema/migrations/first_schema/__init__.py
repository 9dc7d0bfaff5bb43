"""What the first schema consists of, by subject."""
