"""What the server answers besides the documented API."""
