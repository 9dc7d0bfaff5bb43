"""The supervisor's board."""
