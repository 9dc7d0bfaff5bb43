"""Products and the movements of stock."""
