"""Who works here and what a role may do."""
