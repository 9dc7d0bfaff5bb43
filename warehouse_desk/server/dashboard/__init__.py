"""The Dashboard: handlers for people with a session, whose abilities are those that they have at the desk."""
