"""Products, their stock, and the goods that came back."""
