"""Users, roles, badges, PINs, and who sits at a station."""
