"""The HTTP server: the whole API over the services; docs/api.md says what it answers."""
