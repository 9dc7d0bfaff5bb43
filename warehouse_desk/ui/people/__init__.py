"""Users, roles and badges."""
