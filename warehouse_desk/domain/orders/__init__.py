"""What an order is, what may happen to it, and how it is told on the wire."""
