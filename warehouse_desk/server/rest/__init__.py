"""The REST API 1.0: five endpoints for programs with a bearer token."""
